/** Tells a person who looks elsewhere what waits for them: a notification for each gate, and its number on the app's icon. */
import { app, BrowserWindow, Notification } from 'electron';
import type { WaitingGate } from './attention.ts';
import type { AppWindow } from './window.ts';

/** More than that at once is one notification for all. */
const singly = 3;

export function notifyOf(fresh: readonly WaitingGate[], window: AppWindow): void {
  // Whoever looks at the app sees it there.
  if (fresh.length === 0 || BrowserWindow.getFocusedWindow() || !Notification.isSupported()) return;
  if (fresh.length > singly) {
    show(`${fresh.length} gates need you`, fresh.map(({ name }) => name).join(', '), '/gates', window);
    return;
  }
  for (const { id, name, about, company } of fresh) {
    show(`${name} needs you`, about === '' ? company : `${about} · ${company}`, `/gates/${id}`, window);
  }
}

export function badge(waiting: number): void {
  app.setBadgeCount(waiting);
}

function show(title: string, body: string, path: string, window: AppWindow): void {
  const notification = new Notification({
    title,
    body,
    // Where the system shows buttons in a notification; a click on it does the same everywhere.
    actions: [{ type: 'button', text: 'Look at it' }],
  });
  notification.on('click', () => window.show(path));
  notification.on('action', () => window.show(path));
  notification.show();
}
