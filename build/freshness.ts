/** Whether what was built is newer than all that it was built from. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** All that the build reads. */
const sources = [
  'src',
  'plugins',
  'build/answer-schemas.ts',
  'build/type-schemas.ts',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];
/** One of each part of the build; a part that is missing was not built to its end. */
const products = [
  'out/main/index.js',
  'out/main/cli.js',
  'out/main/worker.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'out/plugin/runtime.mjs',
  'out/plugins/terminal/index.js',
  'out/api/answers.json',
];

/** Folders count, too: their time tells of files that were removed. A checkout of a new commit has new times. */
export function isFresh(folder: string): boolean {
  const built = products.map((path) => timeOf(join(folder, path)) ?? 0);
  const newest = Math.max(...sources.map((path) => newestIn(join(folder, path))));
  return Math.min(...built) > newest;
}

function newestIn(path: string): number {
  const own = timeOf(path) ?? 0;
  const entries = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(path) : [];
  return Math.max(own, ...entries.map((name) => newestIn(join(path, name))));
}

const timeOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
