/**
 * `host.json`: where the running host of a data directory listens, and the token that opens it to its owner.
 * The lock of the directory starts the file with who holds it, and removes it.
 */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const hostFileSchema = z.object({
  pid: z.number().int().positive(),
  /** What kind of host it is, for people: `agentcoord serve`. */
  name: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  /** Path of the Unix socket, or name of the pipe. */
  socket: z.string(),
  /** Address of the UI, without the token; null when it serves none. */
  url: z.string().nullable(),
  token: z.string(),
});

export type HostFile = z.infer<typeof hostFileSchema>;

const pathIn = (dataDir: string): string => join(dataDir, 'host.json');

/**
 * Null when there is none, or when its host does not listen (yet).
 * It may be stale: only the lock tells whether a host lives.
 */
export async function readHostFile(dataDir: string): Promise<HostFile | null> {
  try {
    return hostFileSchema.parse(JSON.parse(await readFile(pathIn(dataDir), 'utf8')));
  } catch {
    return null;
  }
}

/** Readers see the old file or the new one, never a half of it. Only its owner may read it: it holds a token. */
export async function writeHostFile(dataDir: string, file: HostFile): Promise<void> {
  const written = join(dataDir, `host.json.${randomUUID()}`);
  try {
    await writeFile(written, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flush: true });
    await rename(written, pathIn(dataDir));
  } catch (error) {
    await rm(written, { force: true });
    throw error;
  }
}
