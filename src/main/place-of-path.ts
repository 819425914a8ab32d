/** A link names a thing and not its company: finds the one that has it. */
import type { Place } from '../contract/desktop-bridge.ts';
import type { CompanyState } from '../core/state.ts';
import type { Host } from '../serve/open-host.ts';

type OpenCompany = Pick<ReturnType<Host['companies']['all']>[number], 'id' | 'coordinator'>;

/** @returns null: the path leads nowhere; of no company: none has it, or it names no thing */
export async function placeOfPath(
  path: string | null,
  companies: readonly OpenCompany[],
): Promise<Place | null> {
  if (path === null) return null;
  const id = path.slice(path.lastIndexOf('/') + 1);
  for (const { id: companyId, coordinator } of companies) {
    // One that can't be asked keeps no other from being found.
    if (await coordinator.read((state) => has(state, id)).catch(() => false)) return { path, companyId };
  }
  return { path, companyId: null };
}

function has(state: CompanyState, id: string): boolean {
  const { gates, tasks, epics, threads, workers } = state;
  // Each table is asked for an id of its own kind; of another kind it has none.
  return [gates, tasks, epics, threads, workers].some((table) => table.get(id as never) !== undefined);
}
