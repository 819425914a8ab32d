/** The file by which a Linux desktop starts the app at login. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { autostartEntry, autostartFile, isThere, keepAutostart } from '../../src/main/autostart-entry.ts';
import { temporaryFolder } from '../temporary-folder.ts';

it('is written where desktops look, and taken away again', async () => {
  const file = autostartFile({ XDG_CONFIG_HOME: await temporaryFolder() });
  expect(path.basename(path.dirname(file))).toBe('autostart');
  expect(await isThere(file)).toBe(false);
  await keepAutostart(file, ['/usr/lib/agentcoord/agentcoord-desktop', '--hidden']);
  expect(await readFile(file, 'utf8')).toMatch(
    /^Exec="\/usr\/lib\/agentcoord\/agentcoord-desktop" "--hidden"$/m,
  );
  expect(await isThere(file)).toBe(true);
  await keepAutostart(file, null);
  await keepAutostart(file, null);
  expect(await isThere(file)).toBe(false);
});

it.each([
  ['a space', '/opt/Agent Coord', '"/opt/Agent Coord"'],
  ['a quote', '/opt/a"b', '"/opt/a\\\\"b"'],
  ['a dollar', '/opt/$HOME', '"/opt/\\\\$HOME"'],
  ['a percent sign', '/opt/100%', '"/opt/100%%"'],
])('takes a path with %s as it is', (_what, program, expected) => {
  expect(autostartEntry([program])).toContain(`\nExec=${expected}\n`);
});
