/** An approval at the command line: shown as a gate is, and waited for until it is decided. */
import type { ApprovalView } from '../contract/queries.ts';
import type { Coordination } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { GateId } from '../core/ids.ts';
import { seconds } from '../core/units.ts';
import { AnsweredRefusal } from './answered-refusal.ts';
import type { CompanySession } from './company-session.ts';
import { gateDocument } from './documents/gate-document.ts';
import { readNames } from './documents/names.ts';
import { gateTextWithHint } from './output/gate-text.ts';
import type { Output } from './output/output.ts';

/** How long one question waits at the host. */
const askFor = seconds(60);

/** @throws CoordError `NOT_CONNECTED` - this command holds the data directory itself, so nobody else could sign */
export function requireWaitable({ host }: CompanySession): void {
  if (host) return;
  throw new CoordError(
    'NOT_CONNECTED',
    'Nobody could answer while this command waits, since no host runs: start `agentcoord serve` first',
  );
}

export async function showApproval(
  coordination: Coordination,
  gateId: GateId,
  output: Output,
): Promise<void> {
  await answer(coordination, await coordination.query('approval', { gateId }), output);
}

/** @throws AnsweredRefusal when it is decided and not given */
export async function waitForApproval(
  { coordination }: CompanySession,
  gateId: GateId,
  output: Output,
): Promise<void> {
  let view = await coordination.query('approval', { gateId });
  if (!view.settled)
    output.note(`Waiting for the approval ${gateId}; it stays asked for if you stop waiting.`);
  while (!view.settled) view = await coordination.query('approval', { gateId, wait: askFor });
  await answer(coordination, view, output);
  if (view.gate.state !== 'open') throw new AnsweredRefusal();
}

async function answer(coordination: Coordination, view: ApprovalView, output: Output): Promise<void> {
  const approval = gateDocument(view, await readNames(coordination));
  output.answer({ approval }, () => gateTextWithHint(approval, output.style));
}
