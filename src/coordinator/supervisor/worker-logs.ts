/** Keeps the folder of the workers' logs bounded: what nobody can ask for any more goes, and then the oldest. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What all of them take on the disk, in bytes, beside those of workers that live. */
export const usualLogBytes = 1024 * 1024 * 1024;
/** Each look reads the whole folder, so it is taken only now and then. */
export const usualLogPatience = 20;

/** `worker_….log`, and the one before it. */
const logName = /^(worker_[\w-]+)\.log(?:\.1)?$/;

export interface KeptLogs {
  /** Whether the company still knows the worker: nobody can ask for the log of another. */
  readonly isKnown: (workerId: string) => boolean;
  /** Whether it may still write. */
  readonly isLive: (workerId: string) => boolean;
}

interface LogFile {
  readonly path: string;
  readonly bytes: number;
  readonly writtenAt: number;
}

/** Removes the logs of workers that are not known, and the oldest beyond so many bytes. @returns how many files went */
export async function sweepLogs(
  folder: string,
  { isKnown, isLive }: KeptLogs,
  mostBytes = usualLogBytes,
): Promise<number> {
  const ended: LogFile[] = [];
  let removed = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const workerId = logName.exec(name)?.[1];
    if (workerId === undefined || isLive(workerId)) continue;
    const path = join(folder, name);
    if (isKnown(workerId)) {
      const found = await stat(path).catch(() => null);
      if (found?.isFile()) ended.push({ path, bytes: found.size, writtenAt: found.mtimeMs });
    } else removed += await remove(path);
  }
  let bytes = 0;
  for (const file of ended.sort((a, b) => b.writtenAt - a.writtenAt)) {
    bytes += file.bytes;
    if (bytes > mostBytes) removed += await remove(file.path);
  }
  return removed;
}

/** One that can't be removed is there at the next look. */
async function remove(path: string): Promise<number> {
  return rm(path).then(
    () => 1,
    () => 0,
  );
}
