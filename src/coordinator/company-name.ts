/** The file beside a log that says whose it is: a log that can't be read is still known by its company's name. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { writeDurably } from './durable-file.ts';

const noteSchema = z.object({ name: z.string() });

const fileOf = (companyFolder: string): string => path.join(companyFolder, 'name.json');

/** Null: nothing tells. */
export async function notedName(companyFolder: string): Promise<string | null> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(fileOf(companyFolder), 'utf8'))).name;
  } catch {
    return null;
  }
}

/** Never rejects: it only helps people, and a folder that can't be written to is told of elsewhere. */
export async function noteName(companyFolder: string, name: string): Promise<void> {
  if ((await notedName(companyFolder)) === name) return;
  const note = Buffer.from(`${JSON.stringify({ name })}\n`);
  await writeDurably(fileOf(companyFolder), note).catch(() => undefined);
}
