/** All companies that a host has or sees in its Redis, each with where it is. */
import { join } from 'node:path';
import type { CompanyPlace, MoveProgress } from '../../contract/company-places.ts';
import type { Companies } from '../../coordinator/companies.ts';
import type { CompanyId } from '../../core/ids.ts';
import type { IndexedCompany } from '../../log/redis/company-index.ts';
import { isElsewhere } from '../../log/redis/move-log.ts';
import type { CompanyLogs } from './company-logs.ts';
import { readPlace } from './place-file.ts';

export interface PlacesParts {
  /** Where each company has a folder, named by its id. */
  readonly folder: string;
  readonly companies: Companies;
  readonly logs: CompanyLogs;
  /** Of which Redis the index is; null: of none. */
  readonly redis: string | null;
  readonly moves: ReadonlyMap<CompanyId, MoveProgress | null>;
}

/** By name. */
export async function listPlaces(
  indexed: readonly IndexedCompany[],
  { companies, logs, folder, redis, moves }: PlacesParts,
): Promise<CompanyPlace[]> {
  const open = await Promise.all(
    companies.all().map(async (company): Promise<CompanyPlace> => {
      const { id, name } = await company.details();
      const gone = logs.get(id)?.gone ?? null;
      const place = await readPlace(company.folder);
      const moving = moves.get(id) ?? null;
      return { id, name, place, state: gone ? 'closed' : 'open', why: gone?.message ?? null, moving };
    }),
  );
  const closed = await Promise.all(
    companies.failed.map(async ({ id, name, error }): Promise<CompanyPlace> => {
      const place = await readPlace(join(folder, id)).catch(() => null);
      return { id, name, place, state: 'closed', why: error.message, moving: null };
    }),
  );
  const here = new Set([...open, ...closed].map(({ id }) => id));
  const others = indexed
    .filter(({ id }) => !here.has(id))
    .map(({ id, name, left }): CompanyPlace => {
      const why = left && isElsewhere(left).message;
      return { id, name, place: redis, state: 'elsewhere', why, moving: null };
    });
  return [...open, ...closed, ...others].sort((a, b) => ((a.name ?? a.id) < (b.name ?? b.id) ? -1 : 1));
}
