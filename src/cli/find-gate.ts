/** Finds the gate or the approval that a person means. */
import type { GateView } from '../contract/queries.ts';
import type { Coordination } from '../contract/rpc.ts';
import { called } from '../core/called.ts';
import type { Listed } from './find-named.ts';
import { refuseUnknown, theOne } from './find-named.ts';

/**
 * Among those of one name, one that waits is meant before the others; for a name of none, those that wait are listed.
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
  const kind = onlyApprovals ? 'approval' : 'gate';
  const meant = theOne(kind, key, all(called(key, candidates, (row) => row)));
  if (meant) return meant.view;
  const words = { some: `These wait:`, none: `No ${kind} waits.` };
  return refuseUnknown(kind, key, all(waiting), words);
}

const all = <Row>(rows: readonly Row[]): Listed<Row> => ({ rows, total: rows.length });
