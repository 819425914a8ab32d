/** Follows what waits for the person, and shows it: on the tray, on the app's icon, as notifications. */
import { rpcVersion } from '../contract/rpc.ts';
import type { GateId } from '../core/ids.ts';
import { minutes } from '../core/units.ts';
import type { Host } from '../serve/open-host.ts';
import type { Need } from './attention.ts';
import { watchAttention } from './attention.ts';
import type { AppNotifications } from './notifications.ts';
import { badge, setupNotifications } from './notifications.ts';
import type { AppTray } from './tray.ts';
import type { AppWindow } from './window.ts';

/** @returns how its notifications are chosen */
export function setupNeedsYou(
  host: Host,
  window: AppWindow,
  tray: AppTray | null,
  signal: AbortSignal,
): AppNotifications {
  const notifications = setupNotifications({ window, setAside: (gate) => setAside(host, gate) });
  watchAttention({
    connect: (ended) => host.connect(ended),
    token: host.token,
    companies: () => host.companies.list(),
    signal,
    onChange: (needs, fresh) => {
      // What is only news waits for nobody.
      const waiting = needs.filter(({ isNews }) => !isNews);
      tray?.show(waiting);
      badge(waiting.length);
      notifications.tell(needs, fresh);
    },
    onFault: (error) => process.stderr.write(`What needs you can’t be followed: ${String(error)}\n`),
  });
  return notifications;
}

/** As the owner, for an hour. */
async function setAside(host: Host, { companyId, id }: Need): Promise<void> {
  const ended = new AbortController();
  try {
    const session = host.connect(ended.signal);
    await session.hello({
      version: rpcVersion,
      token: host.token,
      company: companyId,
      client: 'notification',
    });
    const reason = 'from a notification';
    await session.command({ type: 'gate.set_aside', gateId: id as GateId, lasting: minutes(60), reason });
  } finally {
    ended.abort();
  }
}
