/** The file in a company's folder that says that its log is in a Redis; without it the log is on this host alone. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolder, writeDurably } from '../../coordinator/durable-file.ts';
import { CoordError } from '../../core/error.ts';

const placeSchema = z.object({
  /** Without user and password. */
  redis: z.string(),
});

const fileIn = (companyFolder: string): string => join(companyFolder, 'shared.json');

/**
 * Null: on this host alone.
 * @throws CoordError `LOG_UNAVAILABLE` - it can't be read: then nobody may write, for the company may be elsewhere
 */
export async function readPlace(companyFolder: string): Promise<string | null> {
  const file = fileIn(companyFolder);
  try {
    return placeSchema.parse(JSON.parse(await readFile(file, 'utf8'))).redis;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new CoordError(
      'LOG_UNAVAILABLE',
      `${file} can’t be read, so nothing tells whether the log of this company is in Redis. Put it right: {"redis": "redis://host:6379"}`,
      { file },
    );
  }
}

/** Null: on this host alone. It is durable when it resolves. */
export async function notePlace(companyFolder: string, redis: string | null): Promise<void> {
  if (redis !== null) {
    await writeDurably(fileIn(companyFolder), Buffer.from(`${JSON.stringify({ redis })}\n`));
    return;
  }
  await rm(fileIn(companyFolder), { force: true });
  await syncFolder(companyFolder);
}
