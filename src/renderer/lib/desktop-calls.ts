/** Asks the desktop app around the page for what only it can do. */
import type { DesktopAnswers, DesktopCall, DesktopCallName } from '../../contract/desktop-calls.ts';
import type { Outcome } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';

/** @throws CoordError `NOT_CONNECTED` - the page is in a browser; whatever the app refused */
export async function callDesktop<Name extends DesktopCallName>(
  name: Name,
  argument: DesktopCall<Name>,
): Promise<DesktopAnswers[Name]> {
  const bridge = window.agentcoord;
  if (!bridge) throw new CoordError('NOT_CONNECTED', 'This page is in a browser: there is no app around it');
  // Both ends are one build.
  const outcome = (await bridge.call(name, argument)) as Outcome;
  if (!outcome.ok) throw CoordError.fromJSON(outcome.error);
  return outcome.value as DesktopAnswers[Name];
}
