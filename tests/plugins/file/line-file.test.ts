/** The file of the channel `file`: never half a line, never larger than it may be, and on the disk when it says so. */
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LineFile } from '../../../plugins/file/line-file.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const limits = { maxBytes: 30, keep: 2 };
const linesOf = async (path: string) => (await readFile(path, 'utf8')).split('\n').slice(0, -1);

it('takes off what a killed process left of a line, however long, and goes on behind the last whole one', async () => {
  const path = join(await temporaryFolder(), 'messages.jsonl');
  for (const torn of ['{"half', 'x'.repeat(200_000), '']) {
    await writeFile(path, '{"n":1}\n');
    await appendFile(path, torn);
    const file = await LineFile.open(path, { maxBytes: 1_000_000, keep: 1 });
    await file.append('{"n":2}');
    await file.close();
    expect(await linesOf(path)).toEqual(['{"n":1}', '{"n":2}']);
  }
  await writeFile(path, 'never a whole line');
  await (await LineFile.open(path, limits)).close();
  expect(await readFile(path, 'utf8')).toBe('');
});

it('begins a new file before it grows beyond its limit, and keeps so many full ones, the newest as .1', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'messages.jsonl');
  const file = await LineFile.open(path, limits);
  for (let n = 0; n < 10; n += 1) await file.append(`{"number":${n}}`);
  await file.close();
  expect((await readdir(folder)).sort()).toEqual(['messages.jsonl', 'messages.jsonl.1', 'messages.jsonl.2']);
  const all = await Promise.all([`${path}.2`, `${path}.1`, path].map(linesOf));
  expect(all.map((lines) => lines.map((line) => JSON.parse(line).number))).toEqual([
    [4, 5],
    [6, 7],
    [8, 9],
  ]);
});

it('puts a line that is longer than the limit into a file by itself', async () => {
  const path = join(await temporaryFolder(), 'messages.jsonl');
  const file = await LineFile.open(path, limits);
  await file.append('short');
  await file.append('x'.repeat(100));
  await file.append('short again');
  await file.close();
  expect((await linesOf(`${path}.1`))[0]).toHaveLength(100);
  expect(await linesOf(path)).toEqual(['short again']);
});
