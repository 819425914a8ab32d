/** The main job in the real desktop app: window, first steps, a launch to its gate, the signature, the end; then a clean quit. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { photograph } from '../ui/screenshots.ts';
import {
  epicIn,
  foundCompany,
  gateThatNeedsYou,
  openScreen,
  openWorker,
  signedHash,
  signers,
  startEpic,
} from '../ui/steps.ts';
import type { DesktopApp } from './open-app.ts';
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

it('runs a bug to its end with agents alone, and shows it again after a restart', async () => {
  const dataDir = await temporaryFolder();
  const first = await openApp({ dataDir });
  await foundCompany(first.page, 'Startup', 'Garage');
  await startEpic(first.page, 'bug', 'The clock is wrong');
  await epicIn(first.page, 'The clock is wrong', 'Completed');
  await first.close();
  const { page } = await openApp({ dataDir });
  await epicIn(page, 'The clock is wrong', 'Completed');
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

/** There is no desktop here that shows notifications: keeps those that the app would show, and nobody looks at the app. */
async function keepNotifications({ app }: DesktopApp): Promise<void> {
  await app.evaluate(({ BrowserWindow, Notification }) => {
    const shown: Electron.Notification[] = [];
    Object.assign(globalThis, { shown });
    Object.assign(Notification, { isSupported: () => true });
    Object.assign(BrowserWindow, { getFocusedWindow: () => null });
    Notification.prototype.show = function keep(this: Electron.Notification) {
      shown.push(this);
    };
  });
}

it('leads from the first start over the demo to its gate, from a notification, a link and a second start, and outlives its page and its window', async () => {
  const desktop = await openApp({ dataDir: await temporaryFolder() });
  const { app, page, complaints } = desktop;
  await keepNotifications(desktop);
  await foundCompany(page, 'Scale-up', 'Night Shift');
  await page.getByRole('button', { name: 'Run the demo' }).click();
  await page.getByRole('status').filter({ hasText: 'A gate needs you' }).waitFor({ timeout: 60_000 });
  const firstSteps = new URL(page.url()).hash;
  const gate = await gateThatNeedsYou(page, 'readiness_check');
  const gateId = new URL(page.url()).hash.split('/').at(-1) ?? '';
  const start = (link: string) =>
    app.evaluate(({ app: electron }, word) => {
      electron.emit('second-instance', {}, ['agentcoord', word], '/');
    }, link);

  await openScreen(page, 'Home');
  const notified = await app.evaluate(async () => {
    const { shown } = globalThis as unknown as { shown: Electron.Notification[] };
    while (shown.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    shown[0]?.emit('click');
    return shown.map(({ title, body }) => `${title}: ${body}`);
  });
  expect(notified).toEqual(['readiness_check needs you: Open the doors · Night Shift']);
  await gate.getByRole('button', { name: /^Approve/ }).waitFor();

  await openScreen(page, 'Home');
  await start('agentcoord://gate/../../etc/passwd');
  await page.getByRole('heading', { name: 'Night Shift' }).waitFor();
  await start(`agentcoord://gate/${gateId}`);
  await gate.getByRole('button', { name: /^Approve/ }).waitFor();

  // The picture breaks; the company goes on, and the page comes back to it by itself.
  await app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const [window] = BrowserWindow.getAllWindows();
        window?.webContents.once('did-finish-load', () => resolve());
        window?.webContents.forcefullyCrashRenderer();
      }),
  );

  // Without a window the company runs on; a second start, as the tray, opens one again.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const windows = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await expect.poll(windows, { timeout: 20_000 }).toBe(0);
  const opened = app.waitForEvent('window');
  await start(`agentcoord://gate/${gateId}`);
  const second = await opened;
  const approved = second.getByRole('article', { name: 'readiness_check' });
  await approved.getByRole('button', { name: /^Approve/ }).click();
  await epicIn(second, 'Open the doors', 'Completed');
  await second.evaluate((hash) => {
    location.hash = hash;
  }, firstSteps);
  await second.getByRole('status').filter({ hasText: 'Your first epic is done' }).waitFor();
  await second.getByRole('heading', { name: 'What now?' }).waitFor();
  expect(complaints).toEqual([]);
});
