/** Finds the company that a person means by what they typed. */
import type { CompanySummary } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { CompanyId } from '../core/ids.ts';

/** A company that can't be opened is known only by its id. */
interface Failed {
  readonly id: CompanyId;
  readonly error: CoordError;
}

/**
 * @param wanted id, name, or a beginning of either that only one has; null: the only one
 * @returns null when nothing is wanted and there is none, or more than one
 * @throws CoordError `NOT_FOUND`, `COMPANY_AMBIGUOUS`, or the error of the failed company that is meant
 */
export function findCompany(
  wanted: string | null,
  companies: readonly CompanySummary[],
  failed: readonly Failed[],
): CompanyId | null {
  if (wanted === null) return theOnlyOne(companies, failed);
  const text = wanted.trim().toLowerCase();
  const exact = companies.filter(({ id, name }) => id === text || name.toLowerCase() === text);
  const starting = companies.filter(
    ({ id, name }) => id.startsWith(text) || name.toLowerCase().startsWith(text),
  );
  const [found, ...others] = exact.length > 0 ? exact : starting;
  if (found && others.length === 0) return found.id;
  if (found) throw ambiguousCompany(`“${wanted}” may mean`, [found, ...others]);
  const broken = failed.find(({ id }) => id.startsWith(text));
  if (broken) throw broken.error;
  throw new CoordError(
    'NOT_FOUND',
    companies.length === 0
      ? `There is no company “${wanted}”: there is none at all yet. Create one from a template first`
      : `There is no company “${wanted}”. There are: ${listed(companies)}`,
    { wanted, companies },
  );
}

/** For what needs one company when several are there and none was named. */
export function ambiguousCompany(start: string, companies: readonly CompanySummary[]): CoordError {
  return new CoordError(
    'COMPANY_AMBIGUOUS',
    `${start} any of these companies: ${listed(companies)}. Name one by its id or its whole name`,
    { companies },
  );
}

function theOnlyOne(companies: readonly CompanySummary[], failed: readonly Failed[]): CompanyId | null {
  const [only, ...others] = companies;
  if (only) return others.length === 0 ? only.id : null;
  const [broken] = failed;
  if (broken) throw broken.error;
  return null;
}

function listed(companies: readonly CompanySummary[]): string {
  return companies.map(({ id, name }) => `${name} (${id})`).join(', ');
}
