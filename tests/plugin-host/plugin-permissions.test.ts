/** What the process of a plugin may touch, as flags of the runtime that it runs on. */
import { expect, it } from 'vitest';
import { permissionFlags } from '../../src/plugin-host/plugin-permissions.ts';

const granted = { reads: ['/plugins/hook/'], files: ['/app/runtime.js'], writes: ['/data/hook'], net: true };
const flagsOf = (...known: string[]) =>
  permissionFlags(granted, new Set(known)).filter((flag) =>
    /^--(experimental-)?(permission|allow)/.test(flag),
  );

it('grants folders with all below them, and the program that runs it', () => {
  expect(flagsOf('--permission', '--experimental-permission')).toEqual([
    '--permission',
    '--allow-fs-read=/plugins/hook/',
    '--allow-fs-read=/plugins/hook/*',
    '--allow-fs-read=/data/hook',
    '--allow-fs-read=/data/hook/*',
    '--allow-fs-read=/app/runtime.js',
    '--allow-fs-write=/data/hook',
    '--allow-fs-write=/data/hook/*',
  ]);
});

it('names each place once where Node 20 runs, which ends over two', () => {
  expect(flagsOf('--experimental-permission')).toEqual([
    '--experimental-permission',
    '--allow-fs-read=/plugins/hook/*',
    '--allow-fs-read=/data/hook/*',
    '--allow-fs-read=/app/runtime.js',
    '--allow-fs-write=/data/hook/*',
  ]);
});

it('opens the network where the runtime has a lock for it, and has none to set where there is no model', () => {
  expect(flagsOf('--permission', '--allow-net').at(-1)).toBe('--allow-net');
  expect(flagsOf()).toEqual([]);
});
