/** The log of a worker is read piece by piece, never through the middle of a character. */
import { appendFile, mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { WorkerId } from '../../../src/core/ids.ts';
import { createSmall, openSessionHost } from '../session-host.ts';

const text = 'aé€😀 – done\n'.repeat(50);

async function startedWorker() {
  const host = await openSessionHost();
  const company = await createSmall(host, 'Acme');
  const owner = await host.owner();
  const workerId = host.world.newId('worker');
  const memberId = (await owner.query('members', {}))[0]?.member.id;
  if (!memberId) throw new Error('the company has no members');
  const execute = company.coordinator.execute.bind(company.coordinator, { kind: 'host' } as const);
  await execute({ type: 'worker.start', workerId, memberId, launcher: 'test', runner: 'script' });
  await mkdir(company.workersFolder);
  return {
    file: path.join(company.workersFolder, `${workerId}.log`),
    read: (from: number, limit?: number) =>
      owner.query('workerLog', { workerId, from, ...(limit && { limit }) }),
    end: () => execute({ type: 'worker.end', workerId, outcome: 'stopped', reason: 'done' }),
    owner,
    id: workerId,
  };
}

it.each([1, 2, 3, 4, 5, 7, 64, 10_000])('gives the whole text in pieces of %i bytes', async (limit) => {
  const worker = await startedWorker();
  await writeFile(worker.file, text);
  await worker.end();
  let read = '';
  let next = 0;
  for (;;) {
    const piece = await worker.read(next, limit);
    expect(Buffer.byteLength(piece.text)).toBe(piece.next - next);
    expect(Buffer.byteLength(piece.text)).toBeLessThanOrEqual(Math.max(limit, 4));
    read += piece.text;
    next = piece.next;
    if (piece.ended) break;
  }
  expect(read).toBe(text);
});

it('goes on where it was when the file was put aside for a fresh one', async () => {
  const worker = await startedWorker();
  await writeFile(worker.file, 'one\ntwo\n');
  const first = await worker.read(0, 4);
  expect(first).toMatchObject({ text: 'one\n', next: 4 });
  await rename(worker.file, `${worker.file}.1`);
  await writeFile(worker.file, 'x\n');
  const rest = await worker.read(first.next);
  expect(rest).toEqual({ text: 'two\nx\n', next: 2, ended: false });
  await appendFile(worker.file, 'y\n');
  expect(await worker.read(rest.next)).toMatchObject({ text: 'y\n', next: 4 });
});

it('gives the last lines, also those from before the file was put aside', async () => {
  const worker = await startedWorker();
  const tail = (lines?: number) =>
    worker.owner.query('workerTail', { workerId: worker.id, ...(lines && { lines }) });
  expect(await tail()).toEqual({ lines: [], exitReason: null });
  const lines = Array.from({ length: 60 }, (_, n) => `line ${n}`);
  await writeFile(`${worker.file}.1`, `${lines.slice(0, 40).join('\n')}\n`);
  await writeFile(worker.file, `${lines.slice(40).join('\n')}\n`);
  await worker.end();
  expect(await tail()).toEqual({ lines: lines.slice(10), exitReason: 'done' });
  expect((await tail(2)).lines).toEqual(['line 58', 'line 59']);
});

it('waits with a character that is only half written', async () => {
  const worker = await startedWorker();
  const euro = Buffer.from('€');
  await writeFile(worker.file, Buffer.concat([Buffer.from('1 '), euro.subarray(0, 2)]));
  expect(await worker.read(0)).toEqual({ text: '1 ', next: 2, ended: false });
  await appendFile(worker.file, euro.subarray(2));
  expect(await worker.read(2)).toEqual({ text: '€', next: 5, ended: false });
});

it('ends with what is there when the worker ended within a character', async () => {
  const worker = await startedWorker();
  await writeFile(worker.file, Buffer.from([0x31, 0xe2, 0x82]));
  await worker.end();
  expect(await worker.read(0)).toEqual({ text: '1\ufffd', next: 3, ended: true });
});

it('has nothing to show for a worker that wrote nothing', async () => {
  const worker = await startedWorker();
  expect(await worker.read(0)).toEqual({ text: '', next: 0, ended: false });
  await worker.end();
  expect(await worker.read(0)).toEqual({ text: '', next: 0, ended: true });
});

it('reads no file but the log of a worker that there is', async () => {
  const { owner } = await startedWorker();
  const workerId = '../../../../etc/passwd' as WorkerId;
  await expect(owner.query('workerLog', { workerId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
