/** The packages of Linux: really built, installed or unpacked, driven as somebody who has just installed one would. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { buildPackages } from '../../../build/package/build-packages.ts';
import { manifest } from '../../../build/package/builder-settings.ts';
import { runCommand } from '../../../build/run-command.ts';
import { appImageScript } from '../../../src/main/command-target.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { openDesktopSession } from '../desktop/desktop-session.ts';
import { liveFirstDay } from '../desktop/first-day.ts';
import { startShell } from '../desktop/running-shell.ts';
import { photograph } from '../ui/screenshots.ts';

const { version } = manifest;
const home = '/usr/lib/agentcoord';
const desktopEntry = '/usr/share/applications/agentcoord.desktop';
let out: string;
let built: readonly string[];

beforeAll(async () => {
  if (process.getuid?.() !== 0) throw new Error('Only root can install a package: run this test as root');
  if (existsSync(home))
    throw new Error('AgentCoord is installed here already: `apt-get remove agentcoord` first');
  out = await mkdtemp(path.join(tmpdir(), 'agentcoord-package-'));
  const { dist } = inject('electron');
  built = await buildPackages({ targets: ['deb', 'tar.gz'], out, electronDist: dist, isQuick: true });
  const deb = built.find((file) => file.endsWith('.deb'));
  if (!deb) throw new Error(`no package was built: ${built.join(', ')}`);
  await apt('install', deb);
});

afterAll(async () => {
  if (existsSync(home)) await apt('remove', 'agentcoord');
  if (out) await rm(out, { recursive: true, force: true });
});

const apt = (verb: string, name: string) =>
  runCommand(
    'apt-get',
    [verb, '-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', name],
    {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    },
  );

/** The command line on the PATH, as a person calls it. */
const agentcoord = (dataDir: string, ...args: readonly string[]) =>
  runCommand('/usr/bin/agentcoord', [...args, '--data-dir', dataDir]);

/** As its menu entry starts it. */
async function executable(): Promise<string> {
  const entry = await readFile(desktopEntry, 'utf8');
  return entry.match(/^Exec=(\S+) %U$/m)?.[1] ?? '';
}

it('is lived with for a first day: notification, gate, link, crash, restart, a plugin, the command line', async () => {
  await liveFirstDay({
    start: { command: await executable(), args: [] },
    agentcoord: (session, ...words) => runCommand('/usr/bin/agentcoord', words, { env: session.env }),
    openLink: async ({ env }, link) => {
      // The app has told the system at its start that such links are for it.
      const query = ['query', 'default', 'x-scheme-handler/agentcoord'];
      expect((await runCommand('xdg-mime', query, { env })).trim()).toBe('agentcoord.desktop');
      // Root has no sandbox in Chromium, and the entry in the menu names no switch for that.
      await runCommand('xdg-open', [link], { env: { ...env, ELECTRON_DISABLE_SANDBOX: '1' } });
    },
  });
});

it('is locked: nobody brings code into it by its environment or by a debugger', async () => {
  const folder = await temporaryFolder();
  const mark = path.join(folder, 'mark');
  const intruder = path.join(folder, 'intruder.cjs');
  await writeFile(intruder, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, 'was here')`);
  const session = await openDesktopSession();
  onTestFinished(() => session[Symbol.asyncDispose]());
  const env = { NODE_OPTIONS: `--require ${intruder}` };
  const app = await startShell({ command: await executable(), args: [], env }, session);
  onTestFinished(async () => void (await app.quit()));
  const page = await app.page();
  await page.getByRole('radio', { name: /^Scale-up/ }).waitFor();
  expect(existsSync(mark)).toBe(false);
  expect(await page.evaluate(() => typeof globalThis.process)).toBe('undefined');
  const fuses = await runCommand('npx', [
    '--no-install',
    'electron-fuses',
    'read',
    '--app',
    `${home}/agentcoord-desktop`,
  ]);
  expect(fuses).toMatch(/EnableNodeOptionsEnvironmentVariable is Disabled/);
  expect(fuses).toMatch(/EnableNodeCliInspectArguments is Disabled/);
  expect(fuses).toMatch(/EnableCookieEncryption is Enabled/);
  expect(fuses).toMatch(/GrantFileProtocolExtraPrivileges is Disabled/);
});

it('has its command line, its menu entry, its links and its templates', async () => {
  const folder = await temporaryFolder();
  expect((await agentcoord(folder, '--version')).trim()).toBe(version);
  expect(await agentcoord(folder, 'init', '--template', 'scaleup')).toContain('is created in');
  expect(await readFile(desktopEntry, 'utf8')).toContain('MimeType=x-scheme-handler/agentcoord;');
  expect(existsSync('/usr/share/icons/hicolor/512x512/apps/agentcoord.png')).toBe(true);
  const demo = await agentcoord(folder, 'demo', '--workflow', 'launch', '--sign-as', 'owner');
  expect(demo).toContain('support_lead  owner (human)');
});

it('runs as well from the archive, wherever that is unpacked', async () => {
  const session = await openDesktopSession();
  onTestFinished(() => session[Symbol.asyncDispose]());
  const archive = built.find((file) => file.endsWith('.tar.gz')) ?? '';
  await runCommand('tar', ['-xzf', archive, '-C', session.home]);
  const folder = path.join(session.home, `agentcoord-${version}`);
  const app = await startShell({ command: path.join(folder, 'agentcoord-desktop'), args: [] }, session);
  onTestFinished(async () => void (await app.quit()));
  const page = await app.page();
  await page.getByRole('radio', { name: /^Scale-up/ }).waitFor();
  const own = path.join(folder, 'agentcoord');
  expect(await runCommand(own, ['init', '--template', 'startup'], { env: session.env })).toContain(
    'is created',
  );

  // It puts its command where a shell of this person looks.
  await page.reload();
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  await page.evaluate(() => {
    location.hash = '#/settings/company';
  });
  const command = path.join(session.home, '.local/bin/agentcoord');
  await page.getByText(`Not installed. It would be put at ${command}.`).waitFor();
  await page.getByRole('button', { name: 'Install' }).click();
  await page.getByText(`Installed: ${command}`).waitFor();
  await photograph(page, 'package', 'settings-command');
  expect(await runCommand(command, ['status'], { env: session.env })).toContain('Startup');
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Not installed.').waitFor();
  expect(existsSync(command)).toBe(false);
});

it('gives its command from an AppImage, too: by Node out of whatever it was mounted to', async () => {
  const script = path.join(await temporaryFolder(), 'agentcoord');
  await writeFile(script, appImageScript(await executable()), { mode: 0o755 });
  expect((await runCommand(script, ['--version'])).trim()).toBe(version);
});
