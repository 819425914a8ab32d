/** Where the window was, and where it may be again: on a screen that is there. Pure, but for the file it is kept in. */
import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const rectangleSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
const placeSchema = rectangleSchema.extend({ isMaximized: z.boolean() });

export type Rectangle = z.infer<typeof rectangleSchema>;
export type WindowPlace = z.infer<typeof placeSchema>;

/** So much of the title must be on a screen for a hand to get hold of it, in px. */
const grip = { width: 120, height: 40 } as const;

/** @returns null when nothing was kept, or nothing that can be read: the window then opens as at first */
export function readPlace(file: string): WindowPlace | null {
  try {
    return placeSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** All of it or nothing: a crash in the middle leaves the place before. */
export async function keepPlace(file: string, place: WindowPlace): Promise<void> {
  const next = `${file}.next`;
  await writeFile(next, JSON.stringify(place), { mode: 0o600 });
  await rename(next, file);
}

/** @param screens the parts of the screens that windows may cover */
export function isInReach({ x, y, width }: Rectangle, screens: readonly Rectangle[]): boolean {
  return screens.some(
    (screen) =>
      Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x) >= grip.width &&
      y >= screen.y &&
      y + grip.height <= screen.y + screen.height,
  );
}
