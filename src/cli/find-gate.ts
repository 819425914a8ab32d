/** Finds the gate or the approval that a person means. */
import type { GateView } from '../contract/queries.ts';
import type { Coordination } from '../contract/rpc.ts';
import { findNamed } from './find-named.ts';

/**
 * Among those of one name, one that waits is meant before the others.
 * @throws CoordError `NOT_FOUND`, `BAD_INPUT` when several fit
 */
export async function findGate(
  coordination: Coordination,
  key: string,
  { onlyApprovals = false } = {},
): Promise<GateView> {
  const gates = await coordination.query('gates', { all: true });
  const named = gates
    .filter(({ gate }) => !onlyApprovals || gate.request !== null)
    .map((view) => ({
      id: view.gate.id,
      name: view.gate.name,
      hint: `${view.gate.state}, ${view.epic ? `“${view.epic.title}”` : 'an approval'}`,
      view,
    }));
  const waiting = named.filter(({ view }) => view.gate.state === 'waiting');
  const candidates = waiting.some(({ name }) => name === key) ? waiting : named;
  return findNamed(onlyApprovals ? 'approval' : 'gate', key, candidates).view;
}
