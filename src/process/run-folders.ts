/** The temporary folders in which a worker runs its tasks, so that whoever ends the worker can remove what it left. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** No other worker, of whatever host, has the id: nothing of anybody else's is ever removed. */
const prefixOf = (workerId: string): string => `agentcoord-run-${workerId}-`;

export function makeRunFolder(workerId: string): Promise<string> {
  return mkdtemp(join(tmpdir(), prefixOf(workerId)));
}

export async function removeRunFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** For a worker that has ended: one that was killed could not do it itself. Never rejects; what stays is only litter. */
export async function removeRunFolders(workerId: string): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const own = names.filter((name) => name.startsWith(prefixOf(workerId)));
  await Promise.all(own.map((name) => removeRunFolder(join(tmpdir(), name)).catch(() => undefined)));
}
