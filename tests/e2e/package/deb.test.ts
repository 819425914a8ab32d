/** The Debian package: really built, installed with apt, driven as somebody who has just installed it would. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { buildPackages } from '../../../build/package/build-packages.ts';
import { runCommand } from '../../../build/run-command.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { photograph } from '../ui/screenshots.ts';
import { epicIn, foundCompany, gateThatNeedsYou, openScreen, startEpic } from '../ui/steps.ts';
import type { InstalledApp } from './installed-app.ts';
import { startInstalled } from './installed-app.ts';

const home = '/usr/lib/agentcoord';
const desktopEntry = '/usr/share/applications/agentcoord.desktop';
let out: string;

beforeAll(async () => {
  if (process.getuid?.() !== 0) throw new Error('Only root can install a package: run this test as root');
  if (existsSync(home))
    throw new Error('AgentCoord is installed here already: `apt-get remove agentcoord` first');
  out = await mkdtemp(path.join(tmpdir(), 'agentcoord-package-'));
  const built = await buildPackages({ targets: ['deb'], out, electronDist: inject('electron').dist });
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

async function open(folder: string, env = {}): Promise<InstalledApp> {
  const entry = await readFile(desktopEntry, 'utf8');
  const executable = entry.match(/^Exec=(\S+) %U$/m)?.[1] ?? '';
  const app = await startInstalled({ executable, folder, dataDir: path.join(folder, 'data'), env });
  onTestFinished(async () => {
    await app.quit();
  });
  await app.page.emulateMedia({ colorScheme: 'dark' });
  return app;
}

it('takes a launch to its end: first steps, a link into the running app, a signature; and keeps it over a restart', async () => {
  const folder = await temporaryFolder();
  const dataDir = path.join(folder, 'data');
  const app = await open(folder);
  await foundCompany(app.page, 'Scale-up', 'Night Shift');
  await startEpic(app.page, 'launch', 'Open the doors');
  const gate = await gateThatNeedsYou(app.page, 'readiness_check');
  const gateId = new URL(app.page.url()).hash.split('/').at(-1) ?? '';
  await photograph(app.page, 'package', 'gate');

  await openScreen(app.page, 'Home');
  expect(await app.startAgain(`agentcoord://gate/${gateId}`)).toBe(0);
  await gate.getByRole('button', { name: /^Approve/ }).waitFor();

  // Workers, the plugins' host and the command line run on the app's own runtime.
  const workers = JSON.parse(await agentcoord(dataDir, 'workers', '--json'));
  expect(workers.workers.length).toBeGreaterThan(0);
  await agentcoord(dataDir, 'approve', 'readiness_check', '--note', 'Go');
  await epicIn(app.page, 'Open the doors', 'Completed');

  expect(await app.quit()).toBe(0);
  expect(existsSync(path.join(dataDir, 'host.json'))).toBe(false);
  const again = await open(folder);
  await epicIn(again.page, 'Open the doors', 'Completed');
});

it('is locked: nobody brings code into it by its environment or by a debugger', async () => {
  const folder = await temporaryFolder();
  const mark = path.join(folder, 'mark');
  const intruder = path.join(folder, 'intruder.cjs');
  await writeFile(intruder, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, 'was here')`);
  const app = await open(folder, { NODE_OPTIONS: `--require ${intruder}` });
  await app.page.getByRole('radio', { name: /^Scale-up/ }).waitFor();
  expect(existsSync(mark)).toBe(false);
  expect(await app.page.evaluate(() => typeof globalThis.process)).toBe('undefined');
  const fuses = await runCommand('npx', [
    '--no-install',
    'electron-fuses',
    'read',
    '--app',
    `${home}/agentcoord-desktop`,
  ]);
  expect(fuses).toMatch(/EnableNodeOptionsEnvironmentVariable is Disabled/);
  expect(fuses).toMatch(/EnableNodeCliInspectArguments is Disabled/);
});

it('has its command line, its menu entry, its links and its templates', async () => {
  const folder = await temporaryFolder();
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  expect((await agentcoord(folder, '--version')).trim()).toBe(version);
  expect(await agentcoord(folder, 'init', '--template', 'scaleup')).toContain('is created in');
  expect(await readFile(desktopEntry, 'utf8')).toContain('MimeType=x-scheme-handler/agentcoord;');
  expect(existsSync('/usr/share/icons/hicolor/512x512/apps/agentcoord.png')).toBe(true);
  const demo = await agentcoord(folder, 'demo', '--workflow', 'launch', '--sign-as', 'owner');
  expect(demo).toContain('support_lead  owner (human)');
});
