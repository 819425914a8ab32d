/** A piece of a worker's log file. */
import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { requireWorker } from '../../core/require-row.ts';
import { wholeCharacters } from '../whole-characters.ts';
import type { Answer } from './query-scope.ts';

/** Never splits a character; a worker that has written nothing yet has an empty log. */
export const workerLog: Answer<'workerLog'> = async ({ company }, { workerId, from, limit }) => {
  // Asked first: what is written after it has ended is nothing, so that nothing is missed.
  const worker = await company.coordinator.read((state) => requireWorker(state, workerId));
  const hasEnded = worker.endedAt !== null;
  const file = path.join(company.workersFolder, `${worker.id}.log`);
  const rest = await beforeRotation(file, from);
  const start = rest === null ? from : 0;
  const { bytes, atEnd } = await readPiece(file, start, limit);
  const whole = hasEnded && atEnd ? bytes : wholeCharacters(bytes);
  return {
    text: (rest ?? '') + whole.toString('utf8'),
    next: start + whole.byteLength,
    ended: hasEnded && atEnd,
  };
};

/** What was not read yet of the file when it was put aside for a fresh one; null: it is the one that was read before. */
async function beforeRotation(file: string, from: number): Promise<string | null> {
  const size = await stat(file).then(
    (is) => is.size,
    () => null,
  );
  if (size === null || size >= from) return null;
  const { bytes } = await readPiece(`${file}.1`, from, longestRest);
  return bytes.toString('utf8');
}

/** Of a file that was put aside, in bytes: what whoever follows has not read is rarely more. */
const longestRest = 1024 * 1024;

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
