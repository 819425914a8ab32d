/** Finds the company that a person means by what they typed. */
import type { CompanySummary } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { CompanyId } from '../core/ids.ts';

type Listed = Pick<CompanySummary, 'id' | 'name'>;

/** A company that can't be opened. */
interface Failed {
  readonly id: CompanyId;
  /** Null: it is known by its id alone. */
  readonly name: string | null;
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
  const all = [
    ...companies.map((summary) => ({ ...summary, error: null })),
    ...failed.map((closed) => ({ ...closed, name: closed.name ?? closed.id })),
  ];
  const exact = all.filter((company) => isCalled(company, wanted));
  const starting = all.filter((company) => mayMean(wanted, company));
  const [found, ...others] = exact.length > 0 ? exact : starting;
  if (found && others.length > 0) throw ambiguousCompany(`“${wanted}” may mean`, [found, ...others]);
  if (found?.error) throw found.error;
  if (found) return found.id;
  throw new CoordError(
    'NOT_FOUND',
    all.length === 0
      ? `There is no company “${wanted}”: there is none at all yet. Create one from a template first`
      : `There is no company “${wanted}”. There are: ${listed(all)}`,
    { wanted, companies: all.map(({ id, name }) => ({ id, name })) },
  );
}

/** By its whole id or name: what a program says. */
export function isCalled({ id, name }: Listed, wanted: string): boolean {
  const text = wanted.trim().toLowerCase();
  return id === text || name.toLowerCase() === text;
}

/** By a beginning of either: what a person types. */
export function mayMean(wanted: string, { id, name }: Listed): boolean {
  const text = wanted.trim().toLowerCase();
  return id.startsWith(text) || name.toLowerCase().startsWith(text);
}

/** For what needs one company when several are there and none was named. */
export function ambiguousCompany(start: string, companies: readonly Listed[]): CoordError {
  return new CoordError(
    'COMPANY_AMBIGUOUS',
    `${start} any of these companies: ${listed(companies)}. Name one by its id or its whole name`,
    { companies: companies.map(({ id, name }) => ({ id, name })) },
  );
}

function theOnlyOne(companies: readonly CompanySummary[], failed: readonly Failed[]): CompanyId | null {
  const [only, ...others] = companies;
  if (only) return others.length === 0 ? only.id : null;
  const [broken] = failed;
  if (broken) throw broken.error;
  return null;
}

function listed(companies: readonly Listed[]): string {
  return companies.map(({ id, name }) => `${name} (${id})`).join(', ');
}
