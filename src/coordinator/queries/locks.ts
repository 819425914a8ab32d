/** The file locks that are held, and when one comes free. */
import type { QueryParams } from '../../contract/queries.ts';
import { lockOn } from '../../core/lock/acquire.ts';
import type { FileLock } from '../../core/lock/lock.ts';
import { holds } from '../../core/lock/lock.ts';
import { parseScope } from '../../core/lock/path-scope.ts';
import type { CompanyState } from '../../core/state.ts';
import type { EpochMs } from '../../core/units.ts';
import type { Answer } from './query-scope.ts';
import { waitUntil } from './wait-until.ts';

/** By scope. */
export function locksInForce(state: CompanyState, { scope }: QueryParams<'locks'>, now: EpochMs): FileLock[] {
  const locks = scope === undefined ? state.locks.values() : state.index.locks.overlapping(parseScope(scope));
  return [...locks]
    .filter((lock) => holds(lock, now))
    .sort((a, b) => (a.scope === b.scope ? a.token - b.token : a.scope < b.scope ? -1 : 1));
}

/** That it is free is true for a moment only: whoever acts on it may still be refused, and asks again. */
export const lockFree: Answer<'lockFree'> = async (scope, { scope: text, wait }) => {
  const wanted = parseScope(text);
  const { coordinator } = scope.company;
  // Looking is work, and a host may have thousands who wait: only the end of the lock in the way is worth another look.
  let inTheWay: FileLock | null = null;
  const heldBy = await waitUntil(scope, {
    look: (state) => {
      inTheWay = lockOn(state, wanted, coordinator.now(), coordinator.hostAmongOthers);
      return inTheWay;
    },
    found: (lock) => lock === null,
    isNews: ({ event }) => event.type === 'lock.released' && event.lockId === inTheWay?.id,
    wait,
  });
  return { free: heldBy === null, heldBy };
};
