/** Keeps what the person chose about notifications, in a file of this app. */
import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import type { NotificationSettings } from '../contract/notification-settings.ts';
import { notificationSettingsSchema, usualNotifications } from '../contract/notification-settings.ts';

/** What nobody kept, or what can't be read, is as usual: to tell too much is the lesser harm. */
export function readNotificationSettings(file: string): NotificationSettings {
  try {
    return notificationSettingsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return usualNotifications;
  }
}

/** All of it or nothing: a crash in the middle leaves what was kept before. */
export async function keepNotificationSettings(file: string, settings: NotificationSettings): Promise<void> {
  const next = `${file}.next`;
  await writeFile(next, JSON.stringify(settings), { mode: 0o600 });
  await rename(next, file);
}
