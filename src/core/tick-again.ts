/** Lets the time pass once more that passed at a host which was cut off: what ran out there runs out, and nothing else. */
import type { Context } from './context.ts';
import type { CompanyEvent, StoredEvent } from './event.ts';
import type { WorkerId } from './ids.ts';
import type { CompanyState } from './state.ts';
import { decideTick } from './tick.ts';
import type { EntityKey } from './touches.ts';
import { touches } from './touches.ts';

/**
 * Of the signs of life only the last are known, and rows are dated anew. So a lease may seem to have run out that was
 * renewed, and a worker that was silent may seem to have been heard of; what is due now the next tick tells.
 * @param before what the tick had led to there
 */
export function decideTickAgain(
  state: CompanyState,
  context: Context,
  before: readonly StoredEvent[],
): CompanyEvent[] {
  const then = new Set(before.flatMap(({ event }) => subjects(event)));
  const ranOut = decideTick(state, context).filter(
    (event) => event.type !== 'worker.hung' && subjects(event).some((subject) => then.has(subject)),
  );
  const hung = before.flatMap(({ event }) => (event.type === 'worker.hung' ? [event] : []));
  return [...ranOut, ...hung.filter(({ workerId }) => isStillHeardOf(state, workerId))];
}

/** The space of paths is not what ran out. */
function subjects(event: CompanyEvent): EntityKey[] {
  return touches(event).filter((entity) => entity !== 'locks');
}

function isStillHeardOf({ workers }: CompanyState, id: WorkerId): boolean {
  const worker = workers.get(id);
  return worker !== undefined && worker.endedAt === null && worker.state !== 'hung';
}
