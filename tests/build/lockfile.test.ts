/** The lockfile installs the same packages everywhere, and names no registry. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { missingPlatformPackages } from '../../build/complete-lockfile.ts';
import { projectFolder } from '../../build/project-folder.ts';

const { packages } = JSON.parse(readFileSync(path.join(projectFolder, 'package-lock.json'), 'utf8'));
const remedy = 'run `npm run lockfile`';

it('has an entry for every platform of every package', () => {
  expect(Object.keys(missingPlatformPackages(packages)), remedy).toEqual([]);
});

it('keeps npm from compiling the SQLite addon that comes compiled', () => {
  expect(packages['node_modules/better-sqlite3'].gypfile, remedy).toBe(false);
});

it.each(['.', 'tests/bench', 'tests/bench/peers/liteque'])(
  'in %s names no registry and no file of one machine',
  (folder) => {
    const lockfile = readFileSync(path.join(projectFolder, folder, 'package-lock.json'), 'utf8');
    expect(lockfile).not.toMatch(/"resolved"|https?:\/\/registry|"file:/);
  },
);

it('has an integrity hash for every package that Linux with glibc on x64 installs', () => {
  const here = { os: 'linux', cpu: 'x64', libc: 'glibc' };
  const unhashed = Object.entries<Record<string, unknown>>(packages).filter(
    ([place, locked]) =>
      place !== '' &&
      locked.integrity === undefined &&
      Object.entries(here).every(([key, value]) => [locked[key] ?? value].flat().includes(value)),
  );
  expect(unhashed.map(([place]) => place)).toEqual([]);
});

it('finds a platform package that a registry held back', () => {
  const lockfile = {
    'node_modules/tool': {
      dev: true,
      optionalDependencies: {
        'tool-linux-x64': '1.2.3',
        'tool-linux-arm64-musl': '1.2.3',
        'tool-wasm32-wasi': '1.2.3',
      },
    },
    'node_modules/tool-linux-x64': { version: '1.2.3' },
  };
  expect(missingPlatformPackages(lockfile)).toEqual({
    'node_modules/tool-linux-arm64-musl': {
      version: '1.2.3',
      dev: true,
      optional: true,
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl'],
    },
    'node_modules/tool-wasm32-wasi': { version: '1.2.3', dev: true, optional: true, cpu: ['wasm32'] },
  });
});
