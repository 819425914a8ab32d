/** What a command of the command line loads before it asks a host that runs: no host of its own, and no database. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectFolder } from '../../build/project-folder.ts';

const main = path.join(projectFolder, 'out', 'main');

/** All that a built file brings along by itself, or passes on, and the packages that it names. */
async function loadedBy(file: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = await readFile(file, 'utf8');
  for (const [, from = ''] of text.matchAll(/^(?:import|export)\s(?:[^'"]*?from\s*)?["']([^"']+)["']/gm)) {
    if (from.startsWith('.')) await loadedBy(path.join(path.dirname(file), from), seen);
    else seen.add(from);
  }
  return seen;
}

it('is neither a host nor what hosts alone need', async () => {
  const chunks = await readdir(path.join(main, 'chunks'));
  const session = chunks.find((name) => name.startsWith('company-session-'));
  const loaded = [...(await loadedBy(path.join(main, 'chunks', session ?? '')))].map((file) =>
    path.basename(file),
  );
  expect(loaded.some((name) => name.startsWith('client-'))).toBe(true);
  expect(loaded.filter((name) => /^open-host-|^better-sqlite3|^ioredis|^yaml$|^ink$/.test(name))).toEqual([]);
});
