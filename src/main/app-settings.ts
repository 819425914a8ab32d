/** What the app keeps of its own settings on this machine; what belongs to the company is in its log. */
import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const appSettingsSchema = z.object({
  /** Null: the app looks for no new versions. */
  updateFeed: z.string().nullable().default(null),
  /** The person was told that the app goes on when its window is closed. */
  knowsItLivesOn: z.boolean().default(false),
});

export type AppSettings = z.output<typeof appSettingsSchema>;

/** A file that can't be read counts as none: everything is as at first. */
export function readAppSettings(file: string): AppSettings {
  try {
    return appSettingsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return appSettingsSchema.parse({});
  }
}

/** All of it or nothing: a crash in the middle leaves what was before. */
export async function keepAppSettings(file: string, settings: AppSettings): Promise<void> {
  const next = `${file}.next`;
  await writeFile(next, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(next, file);
}
