/** An approval at the command line: shown as a gate is, and waited for until it is decided. */
import type { ApprovalView } from '../contract/queries.ts';
import { CoordError } from '../core/error.ts';
import type { GateId } from '../core/ids.ts';
import { seconds } from '../core/units.ts';
import { AnsweredRefusal } from './answered-refusal.ts';
import type { CompanySession } from './company-session.ts';
import { gateDocument } from './documents/gate-document.ts';
import { readNames } from './documents/names.ts';
import { gateReader } from './gate-reader.ts';
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

export async function showApproval(session: CompanySession, gateId: GateId, output: Output): Promise<void> {
  await answer(session, await session.coordination.query('approval', { gateId }), output);
}

/** @throws AnsweredRefusal when it is decided and not given */
export async function waitForApproval(
  session: CompanySession,
  gateId: GateId,
  output: Output,
): Promise<void> {
  const { coordination } = session;
  let view = await coordination.query('approval', { gateId });
  if (!view.settled)
    output.note(`Waiting for the approval ${gateId}; it stays asked for if you stop waiting.`);
  while (!view.settled) view = await coordination.query('approval', { gateId, wait: askFor });
  await answer(session, view, output);
  if (view.gate.state !== 'open') throw new AnsweredRefusal();
}

async function answer(session: CompanySession, view: ApprovalView, output: Output): Promise<void> {
  const names = await readNames(session.coordination);
  const approval = gateDocument(view, names);
  output.answer({ approval }, () => gateTextWithHint(view, gateReader(session, names), output.style));
}
