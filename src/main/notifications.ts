/** Tells a person who looks elsewhere what waits for them: notifications that lead to it, and its number on the app's icon. */
import { join } from 'node:path';
import { app, BrowserWindow, Notification } from 'electron';
import type { NotificationSettings } from '../contract/notification-settings.ts';
import { epochMsSchema } from '../core/units.ts';
import type { Need } from './attention.ts';
import { heldKeeper, readHeld } from './kept-held.ts';
import { keepNotificationSettings, readNotificationSettings } from './kept-notification-settings.ts';
import type { ShownNotification } from './notifier.ts';
import { Notifier } from './notifier.ts';
import type { AppWindow } from './window.ts';

export interface AppNotifications {
  readonly settings: () => NotificationSettings;
  readonly change: (settings: NotificationSettings) => Promise<NotificationSettings>;
  /** Shows one that asks for nothing. @returns false: the system shows none */
  readonly tryOne: () => boolean;
  readonly tell: (waiting: readonly Need[], fresh: readonly Need[]) => void;
}

export interface NotificationsOptions {
  readonly window: AppWindow;
  /** The person does not want to be reminded of a gate for an hour. */
  readonly setAside: (gate: Need) => Promise<void>;
}

export function setupNotifications({ window, setAside }: NotificationsOptions): AppNotifications {
  const file = join(app.getPath('userData'), 'notifications.json');
  let settings = readNotificationSettings(file);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heldFile = join(app.getPath('userData'), 'held-notifications.json');
  const keepHeld = heldKeeper(heldFile);
  const now = () => epochMsSchema.parse(Date.now());
  const notifier = new Notifier({
    settings: () => settings,
    isWatched: () => BrowserWindow.getFocusedWindow() !== null,
    show: (shown) => showOne(shown, { window, setAside }),
    now,
    heldBefore: readHeld(heldFile),
    keepHeld: (keys) => {
      keepHeld(keys).catch((error: unknown) => {
        process.stderr.write(`What is held until the quiet hours end could not be kept: ${String(error)}\n`);
      });
    },
    wakeAt: (at, wake) => {
      clearTimeout(timer);
      timer = setTimeout(wake, Math.max(0, at - now()));
      timer.unref();
    },
  });
  return {
    settings: () => settings,
    change: async (next) => {
      await keepNotificationSettings(file, next);
      settings = next;
      notifier.lookAgain();
      return settings;
    },
    tryOne: () => {
      const shown = {
        title: 'This is how it looks',
        body: 'A click leads to what it is about.',
        path: '/',
        companyId: null,
        gate: null,
      };
      return showOne(shown, { window, setAside });
    },
    tell: (waiting, fresh) => notifier.tell(waiting, fresh),
  };
}

export function badge(count: number): void {
  app.setBadgeCount(count);
}

/** One that nobody holds is collected as garbage, and a click on it is heard by nobody. */
const onScreen = new Set<Notification>();

/** Nobody signs from a notification: what is signed has to be looked at. */
function showOne(shown: ShownNotification, options: NotificationsOptions): boolean {
  const { title, body, gate } = shown;
  if (!Notification.isSupported()) return false;
  const { window, setAside } = options;
  const notification = new Notification({
    title,
    body,
    // Where the system shows buttons in a notification; a click on it does the first everywhere.
    actions: [
      { type: 'button', text: 'Look at it' },
      ...(gate ? [{ type: 'button' as const, text: 'In an hour' }] : []),
    ],
  });
  onScreen.add(notification);
  notification.on('close', () => onScreen.delete(notification));
  notification.on('click', () => {
    onScreen.delete(notification);
    window.show(shown);
  });
  notification.on('action', (_event, index) => {
    onScreen.delete(notification);
    if (index === 0 || !gate) return window.show(shown);
    setAside(gate).catch((error: unknown) => {
      process.stderr.write(`${gate.name} could not be set aside: ${String(error)}\n`);
      window.show(shown);
    });
  });
  notification.show();
  return true;
}
