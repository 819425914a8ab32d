/** What the packages of every system are told to hold is there, and what their commands call is where they call it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FileSet } from 'electron-builder';
import { expect, it } from 'vitest';
import { builderSettings, executableName } from '../../build/package/builder-settings.ts';
import { projectFolder } from '../../build/project-folder.ts';

const settings = await builderSettings({ out: '/out', icon: '/icon.png', electronDist: null });
const { productName = '', linux, mac, win } = settings;

type Files = string | FileSet | readonly (string | FileSet)[] | null | undefined;

const fileSets = (files: Files): readonly (string | FileSet)[] =>
  typeof files === 'string' || (files && 'from' in files) ? [files] : ((files ?? []) as readonly FileSet[]);

it.each([
  ['Linux', linux?.extraFiles],
  ['macOS', mac?.extraFiles],
  ['Windows', win?.extraFiles],
  ['every system', settings.files],
])('names only files for %s that are there', (_system, files) => {
  const named = fileSets(files).map((file) => (typeof file === 'string' ? file : (file.from ?? '')));
  const whole = named.filter((name) => !name.startsWith('!')).map((name) => name.replace(/\/\*\*$/, ''));
  expect(whole.length).toBeGreaterThan(0);
  expect(whole.filter((name) => !existsSync(path.join(projectFolder, name)))).toEqual([]);
});

const command = (name: string) => readFile(path.join(projectFolder, 'build/package/commands', name), 'utf8');
const program = 'resources/app/out/main/cli.js';

it('gives each system a command that calls the program as it is named there', async () => {
  expect(await command('agentcoord.sh')).toContain(`exec "$here/${executableName}" "$here/${program}" "$@"`);
  expect(linux?.executableName).toBe(executableName);
  expect(linux?.extraFiles).toContainEqual({
    from: 'build/package/commands/agentcoord.sh',
    to: 'agentcoord',
  });

  expect(await command('agentcoord-mac.sh')).toContain(
    `exec "$resources/../MacOS/${productName}" "$resources/app/out/main/cli.js" "$@"`,
  );
  // Where the app links to it from: see src/main/command-target.ts.
  expect(mac?.extraFiles).toContainEqual({
    from: 'build/package/commands/agentcoord-mac.sh',
    to: 'Resources/agentcoord',
  });

  expect(await command('agentcoord.cmd')).toContain(
    `"%~dp0${productName}.exe" "%~dp0${program.replaceAll('/', '\\')}" %*`,
  );
  expect(win?.extraFiles).toEqual([{ from: 'build/package/commands/agentcoord.cmd', to: 'agentcoord.cmd' }]);
});

it('locks the Electron of every package, and takes links of ours alone', () => {
  expect(settings.electronFuses).toMatchObject({
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    grantFileProtocolExtraPrivileges: false,
  });
  expect(settings.protocols).toEqual({ name: 'AgentCoord', schemes: ['agentcoord'] });
});
