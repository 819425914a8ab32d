/** A build is skipped only when nothing has changed since the last one. */
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isFresh } from '../../build/freshness.ts';
import { temporaryFolder } from '../temporary-folder.ts';

let folder: string;

const products = [
  'main/index.js',
  'main/cli.js',
  'main/worker.js',
  'preload/index.cjs',
  'renderer/index.html',
  'plugin/runtime.mjs',
  'plugins/terminal/index.js',
  'api/answers.json',
];

async function write(file: string, second: number): Promise<void> {
  const whole = path.join(folder, file);
  await mkdir(path.dirname(whole), { recursive: true });
  await writeFile(whole, '');
  await utimes(whole, second, second);
}

async function build(second: number): Promise<void> {
  for (const product of products) await write(`out/${product}`, second);
}

/** A project of one source, built after it was written. */
async function project(): Promise<void> {
  folder = await temporaryFolder();
  await write('src/core/a.ts', 1_000);
  await write('package.json', 1_000);
  for (const each of ['src/core', 'src']) await utimes(path.join(folder, each), 1_000, 1_000);
  await build(2_000);
}

it('is fresh when all of it is newer than every source', async () => {
  await project();
  expect(isFresh(folder)).toBe(true);
});

it.each([
  ['a source was changed', () => write('src/core/a.ts', 3_000)],
  ['a source was removed', () => rm(path.join(folder, 'src/core/a.ts'))],
  ['a dependency was changed', () => write('package.json', 3_000)],
  ['it was never built', () => rm(path.join(folder, 'out'), { recursive: true })],
  ['a part of it is missing', () => rm(path.join(folder, 'out/main/worker.js'))],
])('is not when %s', async (_what, change) => {
  await project();
  await change();
  expect(isFresh(folder)).toBe(false);
});
