/** Where a person's companies are kept on each platform. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { defaultDataDir } from '../../src/serve/data-directory.ts';

it.each([
  ['the variable', { AGENTCOORD_DATA_DIR: 'here', XDG_DATA_HOME: '/xdg' }, 'linux', resolve('here')],
  ['XDG_DATA_HOME', { XDG_DATA_HOME: '/xdg' }, 'linux', join('/xdg', 'agentcoord')],
  ['the home folder', {}, 'linux', join(homedir(), '.local', 'share', 'agentcoord')],
  ['the library on macOS', {}, 'darwin', join(homedir(), 'Library', 'Application Support', 'AgentCoord')],
  ['APPDATA on Windows', { APPDATA: '/roaming' }, 'win32', join('/roaming', 'AgentCoord')],
] as const)('follows %s', (_what, env, platform, expected) => {
  expect(defaultDataDir(env, platform)).toBe(expected);
});
