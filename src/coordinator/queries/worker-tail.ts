/** The last lines of a worker's log, also where they began in the file before it was rotated. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { requireWorker } from '../../core/require-row.ts';
import type { Answer } from './query-scope.ts';

/** No line is worth more than this, in bytes; so much of the end of the log is looked at for each. */
const perLine = 1_024;

export const workerTail: Answer<'workerTail'> = async ({ company }, { workerId, lines }) => {
  const worker = await company.coordinator.read((state) => requireWorker(state, workerId));
  const file = path.join(company.workersFolder, `${worker.id}.log`);
  const wanted = lines * perLine;
  const end = await endOf(file, wanted);
  const before = end.length < wanted ? await endOf(`${file}.1`, wanted - end.length) : Buffer.alloc(0);
  const text = Buffer.concat([before, end]).toString('utf8');
  const all = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  return { lines: text === '' ? [] : all.slice(-lines), exitReason: worker.exitReason };
};

async function endOf(file: string, bytes: number): Promise<Buffer> {
  const handle = await open(file, 'r').catch(() => null);
  if (!handle) return Buffer.alloc(0);
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - bytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
