/** Asks roles for an approval in the name of the member, and waits for the answer while the run goes on. */
import type { Coordination } from '../contract/rpc.ts';
import type { Approve } from '../contract/runner.ts';
import type { RoleId } from '../core/ids.ts';
import { seconds } from '../core/units.ts';

/** How long one question waits at the host. */
const askFor = seconds(30);

/** @param signal ends the waiting; the question is then taken back */
export function approvals(host: Pick<Coordination, 'command' | 'query'>, signal: AbortSignal): Approve {
  return async ({ title, context, roles }) => {
    signal.throwIfAborted();
    const wish = { title, context, roles: roles as Record<RoleId, number> };
    const { events } = await host.command({ type: 'approval.request', ...wish });
    const asked = events.find(({ event }) => event.type === 'approval.requested')?.event;
    if (asked?.type !== 'approval.requested') throw new Error('an approval was asked for, and is not there');
    const gateId = asked.gate.id;
    let view = await host.query('approval', { gateId });
    while (!view.settled && !signal.aborted) {
      view = await host.query('approval', { gateId, wait: askFor });
    }
    if (!view.settled) await host.command({ type: 'approval.cancel', gateId }).catch(() => undefined);
    signal.throwIfAborted();
    return view.gate.state === 'open';
  };
}
