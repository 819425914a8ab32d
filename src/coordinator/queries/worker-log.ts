/** A piece of a worker's log file. */
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { requireWorker } from '../../core/require-row.ts';
import { wholeCharacters } from '../whole-characters.ts';
import type { Answer } from './query-scope.ts';

/** Never splits a character; a worker that has written nothing yet has an empty log. */
export const workerLog: Answer<'workerLog'> = async ({ company }, { workerId, from, limit }) => {
  // Asked first: what is written after it has ended is nothing, so that nothing is missed.
  const worker = await company.coordinator.read((state) => requireWorker(state, workerId));
  const hasEnded = worker.endedAt !== null;
  const { bytes, atEnd } = await readPiece(path.join(company.workersFolder, `${worker.id}.log`), from, limit);
  const whole = hasEnded && atEnd ? bytes : wholeCharacters(bytes);
  return {
    text: whole.toString('utf8'),
    next: from + whole.byteLength,
    ended: hasEnded && atEnd,
  };
};

async function readPiece(
  file: string,
  from: number,
  limit: number,
): Promise<{ bytes: Buffer; atEnd: boolean }> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch {
    return { bytes: Buffer.alloc(0), atEnd: true };
  }
  try {
    // A few bytes more than asked for: enough for one whole character, and to see whether there is more.
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(limit + 4), 0, limit + 4, from);
    return { bytes: buffer.subarray(0, Math.min(bytesRead, Math.max(limit, 4))), atEnd: bytesRead <= limit };
  } finally {
    await handle.close();
  }
}
