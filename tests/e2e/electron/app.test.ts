/** The main job in the real desktop app: window, first steps, a launch to its gate, the signature, the end; then a clean quit. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inject, it } from 'vitest';
import { projectFolder } from '../../../build/project-folder.ts';
import { runAgentcoord } from '../../cli/run-agentcoord.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { liveFirstDay } from '../desktop/first-day.ts';
import { photograph } from '../ui/screenshots.ts';
import {
  epicIn,
  foundCompany,
  gateThatNeedsYou,
  openWorker,
  signedHash,
  signers,
  startEpic,
} from '../ui/steps.ts';
import { openApp } from './open-app.ts';

it('takes a launch from the first screen to its end, with a round of rework', async () => {
  const { page, close, dataDir, complaints } = await openApp({ dataDir: await temporaryFolder() });
  await page.getByRole('radio', { name: /^Scale-up/ }).waitFor();
  await photograph(page, 'electron', 'onboarding-template');
  await foundCompany(page, 'Scale-up', 'Night Shift');
  await startEpic(page, 'launch', 'Open the doors');

  let gate = await gateThatNeedsYou(page, 'readiness_check');
  await expect.poll(() => signers(gate).count(), { timeout: 60_000 }).toBe(2);
  const firstHash = await signedHash(gate);
  await photograph(page, 'electron', 'gate');
  await gate.getByLabel('Note').fill('Name the doors.');
  await gate.getByRole('button', { name: 'Request changes' }).click();

  await gate.getByRole('region', { name: 'Earlier rounds' }).getByText('Name the doors.').waitFor();
  gate = await gateThatNeedsYou(page, 'readiness_check');
  await expect.poll(() => signedHash(gate), { timeout: 60_000 }).not.toBe(firstHash);
  await expect.poll(() => signers(gate).count(), { timeout: 60_000 }).toBe(2);
  await gate.getByRole('button', { name: /^Approve/ }).click();
  await epicIn(page, 'Open the doors', 'Completed');
  await openWorker(page);
  await page.getByRole('log').getByText('ready: works for').first().waitFor();
  await photograph(page, 'electron', 'workers');
  expect(complaints).toEqual([]);

  const host = JSON.parse(await readFile(path.join(dataDir, 'host.json'), 'utf8'));
  await close();
  expect(() => process.kill(host.pid, 0)).toThrow('ESRCH');
  // A clean stop takes its address with it; a kill would have left it.
  await expect(readFile(path.join(dataDir, 'host.json'))).rejects.toThrow('ENOENT');
});

it('locks its window: no Node, no way out of the page, no permissions, no foreign caller', async () => {
  const { app, page } = await openApp({ dataDir: await temporaryFolder() });
  await page.getByRole('radio', { name: /^Scale-up/ }).waitFor();
  const address = page.url();
  expect(address).toMatch(/^app:\/\/agentcoord\//);

  const inside = await page.evaluate(async () => ({
    node: [typeof globalThis.process, 'require' in globalThis, 'Buffer' in globalThis],
    bridge: Object.keys(window['agentcoord' as keyof Window] as object),
    opened: window.open('https://example.invalid/') === null,
    camera: await navigator.permissions
      .query({ name: 'camera' as PermissionName })
      .then(({ state }) => state),
    fetched: await fetch('https://example.invalid/').then(
      () => 'fetched',
      () => 'refused',
    ),
    disk: await fetch('file:///etc/hostname').then(
      () => 'read',
      () => 'refused',
    ),
  }));
  expect(inside).toEqual({
    node: ['undefined', false, false],
    bridge: ['requestPort', 'onGo', 'call'],
    opened: true,
    camera: 'denied',
    fetched: 'refused',
    disk: 'refused',
  });

  await page.evaluate(() => {
    location.href = 'https://example.invalid/';
  });
  await page.waitForTimeout(500);
  expect(page.url()).toBe(address);
  const windows = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(windows).toBe(1);
});

it('gives no port and no answer to a page that is not ours', async () => {
  const { app } = await openApp({ dataDir: await temporaryFolder() });
  const answered = await app.evaluate(async ({ BrowserWindow, app: electronApp }) => {
    const preload = `${electronApp.getAppPath()}/out/preload/index.cjs`;
    const stranger = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, contextIsolation: true },
    });
    await stranger.loadURL('data:text/html,<title>Stranger</title>');
    return await stranger.webContents.executeJavaScript(`new Promise((resolve) => {
      window.addEventListener('message', () => resolve(true));
      window.agentcoord.requestPort();
      setTimeout(() => window.agentcoord.call('settings', {}).then(resolve), 1000);
    })`);
  });
  expect(answered).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
});

it('leads through the first day: the demo, a notification, a link, a crash of the page, a restart', async () => {
  const { executable, sqliteBinding } = inject('electron');
  await liveFirstDay({
    start: { command: executable, args: [projectFolder], env: { AGENTCOORD_SQLITE_BINDING: sqliteBinding } },
    agentcoord: async (session, ...words) => {
      const { code, stdout, stderr } = await runAgentcoord(words, { env: session.env });
      expect(stderr).toBe('');
      expect(code).toBe(0);
      return stdout;
    },
  });
});
