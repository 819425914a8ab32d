/** Finds the operation that a request asks for. */
import { CoordError } from '../../core/error.ts';
import { nearestName, suggestion } from '../../core/nearest-name.ts';
import type { Operation } from './operations.ts';
import { operations } from './operations.ts';

export const apiPrefix = '/api/v1';

export interface Found {
  readonly operation: Operation;
  /** Null: it is about the host. */
  readonly company: string | null;
}

/** What may be asked for at a path, by its method. */
type Offers = ReadonlyMap<string, Operation>;

const hostPaths = new Map<string, Map<string, Operation>>();
const companyPaths = new Map<string, Map<string, Operation>>();
const ofCompany = '/companies/{company}';

for (const operation of operations) {
  const isOfCompany = operation.path.startsWith(ofCompany);
  const paths = isOfCompany ? companyPaths : hostPaths;
  const path = isOfCompany ? operation.path.slice(ofCompany.length) : operation.path;
  paths.set(path, (paths.get(path) ?? new Map<string, Operation>()).set(operation.method, operation));
}

export type Match = Found | { readonly allowed: readonly string[] };

/**
 * @param path of the request, below the prefix
 * @returns the methods that there are, when it is asked by another one
 * @throws CoordError `NOT_FOUND` - with what was probably meant; `BAD_INPUT` - it is not well encoded
 */
export function matchOperation(method: string, path: string): Match {
  const inCompany = companyIn(path);
  const [offers, company] = inCompany
    ? [companyPaths.get(inCompany.rest), inCompany.company]
    : [hostPaths.get(path), null];
  if (!offers) throw noSuchPath(path, inCompany?.rest ?? path, inCompany ? companyPaths : hostPaths);
  const operation = offers.get(method);
  return operation ? { operation, company } : { allowed: [...offers.keys()] };
}

/** Null: the path is about the host. */
export function companyIn(path: string): { readonly company: string; readonly rest: string } | null {
  const [, encoded, rest] = /^\/companies\/([^/]+)(\/.*)$/.exec(path) ?? [];
  if (encoded === undefined || rest === undefined) return null;
  try {
    return { company: decodeURIComponent(encoded), rest };
  } catch {
    throw new CoordError('BAD_INPUT', `The company in ${path} is not encoded as a part of a URL is`);
  }
}

/** For what is neither of the API nor one of the host's own addresses. @param own those, such as `/health` */
export function nothingAt(path: string, own: readonly string[]): CoordError {
  const near = nearestName(path, own);
  const hint = near === null ? `the API begins at ${apiPrefix}.` : `did you mean \`${near}\`?`;
  return noPath(path, hint);
}

/** @param asked as it stands in the request, below the prefix @param path the part of it that is looked for */
function noSuchPath(asked: string, path: string, offers: ReadonlyMap<string, Offers>): CoordError {
  const isBare = path === '' || path === '/';
  const hint = isBare
    ? `ask for what is below it, such as ${apiPrefix}/companies.`
    : hintFor(path, [...offers.keys()]);
  return noPath(`${apiPrefix}${asked}`, hint);
}

function noPath(path: string, hint: string | null): CoordError {
  const shown = path.slice(0, 200);
  return new CoordError(
    'NOT_FOUND',
    `There is nothing at ${shown}${hint === null ? '.' : `: ${hint}`} /openapi.json lists all that there is`,
    { path: shown },
  );
}

/** By the last part of the path when what stands before it is known, else by the first. */
function hintFor(path: string, known: readonly string[]): string | null {
  const [, folder = '', name = ''] = /^(\/[^/]+\/)([^/]+)$/.exec(path) ?? [];
  const there = known.filter((each) => folder !== '' && each.startsWith(folder));
  if (there.length > 0) {
    const names = there.map((each) => each.slice(folder.length));
    const said = suggestion(name, names);
    return said.endsWith('?') ? said : `${said}.`;
  }
  const [, first = '', rest = ''] = /^\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  const near = nearestName(first, new Set(known.map((each) => each.split('/')[1] ?? '')));
  return near === null ? null : `did you mean \`/${near}${rest}\`?`;
}
