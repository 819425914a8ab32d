/** How an approval outside workflows stands: answers as soon as it is decided, for whoever waits for it. */
import type { ApprovalView } from '../../contract/queries.ts';
import { CoordError } from '../../core/error.ts';
import type { GateId } from '../../core/ids.ts';
import { requireGate } from '../../core/require-row.ts';
import type { CompanyState } from '../../core/state.ts';
import { gateView } from './gates.ts';
import type { Answer } from './query-scope.ts';
import { waitUntil } from './wait-until.ts';

/** A veto is not the end: somebody who may arbitrate rules on it first. */
export const approval: Answer<'approval'> = (scope, { gateId, wait }) =>
  waitUntil(scope, {
    look: (state) => approvalView(state, gateId),
    found: ({ settled }) => settled,
    isNews: ({ event }) => 'gateId' in event && event.gateId === gateId,
    wait,
  });

/** @throws CoordError `NOT_FOUND`; `BAD_INPUT` - it is a gate of a workflow, which may be asked again and again */
function approvalView(state: CompanyState, gateId: GateId): ApprovalView {
  const gate = requireGate(state, gateId);
  if (!gate.request) {
    throw new CoordError(
      'BAD_INPUT',
      `${gate.name} is a gate of a workflow, not an approval; ask for \`gate\``,
      {
        gateId,
      },
    );
  }
  const settled = gate.state === 'open' || gate.state === 'rejected' || gate.state === 'cancelled';
  return { settled, ...gateView(state, gate) };
}
