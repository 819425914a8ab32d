/** Follows what waits for the person, and shows it: on the tray, on the app's icon, as notifications. */
import type { Host } from '../serve/open-host.ts';
import { watchAttention } from './attention.ts';
import { badge, notifyOf } from './notifications.ts';
import type { AppTray } from './tray.ts';
import type { AppWindow } from './window.ts';

export function setupNeedsYou(
  host: Host,
  window: AppWindow,
  tray: AppTray | null,
  signal: AbortSignal,
): void {
  watchAttention({
    connect: (ended) => host.connect(ended),
    token: host.token,
    companies: () => host.companies.list(),
    signal,
    onChange: (waiting, fresh) => {
      tray?.show(waiting);
      badge(waiting.length);
      notifyOf(fresh, window);
    },
    onFault: (error) => process.stderr.write(`What needs you can’t be followed: ${String(error)}\n`),
  });
}
