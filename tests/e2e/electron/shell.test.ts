/** The shell around the page: tray, menu, dialogs, the window's place, a second start, the policy of the page, a quit in the middle of work. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inject, it, onTestFinished } from 'vitest';
import { projectFolder } from '../../../build/project-folder.ts';
import { runAgentcoord } from '../../cli/run-agentcoord.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { commandsIn } from '../browser/commands-in.ts';
import { foundCompany, gateThatNeedsYou, openScreen, startEpic } from '../ui/steps.ts';
import type { DesktopApp } from './open-app.ts';
import { openApp } from './open-app.ts';
import { workersOf } from './workers-of.ts';

/** What a test in the main process keeps for itself. */
interface Kept {
  tray: { tip: string; menu: Electron.Menu | null };
  /** What the page proposed to the dialog that saves. */
  proposed: string[];
}

/** There is no panel here that shows a tray: keeps what it would show. */
async function keepTray({ app }: DesktopApp): Promise<void> {
  await app.evaluate(({ Tray }) => {
    const tray: Kept['tray'] = { tip: '', menu: null };
    Object.assign(globalThis, { tray });
    Tray.prototype.setToolTip = (tip: string) => {
      tray.tip = tip;
    };
    Tray.prototype.setContextMenu = (menu: Electron.Menu | null) => {
      tray.menu = menu;
    };
  });
}

const trayLabels = ({ app }: DesktopApp) =>
  app.evaluate(() => {
    const { tray } = globalThis as unknown as Kept;
    return [tray.tip, ...(tray.menu?.items ?? []).map(({ label }) => label).filter(Boolean)];
  });

const pressTray = ({ app }: DesktopApp, label: string) =>
  app.evaluate((_, wanted) => {
    const { tray } = globalThis as unknown as Kept;
    tray.menu?.items.find((item) => item.label === wanted)?.click();
  }, label);

const pressMenu = ({ app }: DesktopApp, ...labels: string[]) =>
  app.evaluate(({ Menu }, [top, label]) => {
    const menu = Menu.getApplicationMenu()?.items.find((item) => item.label === top);
    menu?.submenu?.items.find((item) => item.label === label)?.click();
  }, labels);

it('has its tray, its menu, its dialogs, and its window where it was', async () => {
  const folder = await temporaryFolder();
  const desktop = await openApp({ dataDir: path.join(folder, 'data') });
  const { app, page, complaints } = desktop;
  await keepTray(desktop);
  await foundCompany(page, 'Scale-up', 'Night Shift');
  await startEpic(page, 'launch', 'Open the doors');
  await gateThatNeedsYou(page, 'readiness_check');

  await expect
    .poll(() => trayLabels(desktop), { timeout: 20_000 })
    .toEqual([
      expect.stringMatching(/^AgentCoord: 1 \w+ needs you$/),
      'Open AgentCoord',
      expect.stringMatching(/^1 \w+ needs you$/),
      'readiness_check: Open the doors',
      ...['Pause all', 'Stop everything', 'Resume', 'Quit'],
    ]);
  await openScreen(page, 'Home');
  await pressTray(desktop, 'readiness_check: Open the doors');
  await page.getByRole('article', { name: 'readiness_check' }).waitFor();
  // Also out of another company, where there is no such gate.
  await commandsIn(desktop.dataDir)('init', '--template', 'startup', '--name', 'Day Shift');
  await page.reload();
  await page.getByRole('button', { name: /^Night Shift.*Switch the company$/ }).click();
  await page.getByRole('menuitemradio', { name: 'Day Shift' }).click();
  await page.getByRole('button', { name: /^Day Shift.*Switch the company$/ }).waitFor();
  await pressTray(desktop, 'readiness_check: Open the doors');
  await page.getByRole('article', { name: 'readiness_check' }).waitFor();
  await page.getByRole('button', { name: /^Night Shift.*Switch the company$/ }).waitFor();
  const banner = (words: string) => page.getByRole('region').filter({ hasText: words });
  await pressTray(desktop, 'Pause all');
  await banner('The company is paused.').waitFor();
  await pressTray(desktop, 'Resume');
  await banner('The company is paused.').waitFor({ state: 'hidden' });
  await pressTray(desktop, 'Stop everything');
  await banner('Everything is stopped.').waitFor();
  await pressTray(desktop, 'Resume');
  await banner('Everything is stopped.').waitFor({ state: 'hidden' });

  await pressMenu(desktop, 'File', 'Settings…');
  await page.getByRole('heading', { name: 'Appearance' }).waitFor();
  await pressMenu(desktop, 'Go', 'Org chart');
  await page.getByRole('application', { name: /^Org chart/ }).waitFor();

  // Files go where the person says in the system's dialog, whatever the page proposes.
  const picture = path.join(folder, 'chart.svg');
  const texts = path.join(folder, 'company.yaml');
  await writeFile(texts, 'name: [broken');
  await app.evaluate(
    ({ dialog }, { to, from }) => {
      const proposed: string[] = [];
      Object.assign(globalThis, { proposed });
      dialog.showSaveDialog = async (...args: unknown[]) => {
        proposed.push((args.at(-1) as Electron.SaveDialogOptions).defaultPath ?? '');
        return { canceled: false, filePath: to };
      };
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [from] });
    },
    { to: picture, from: texts },
  );
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: /SVG/ }).click();
  await page.getByText(`Saved as ${picture}`).waitFor();
  expect(await readFile(picture, 'utf8')).toContain('<svg');
  const hostile = await page.evaluate(() => {
    const bridge = (window as unknown as { agentcoord: { call(name: string, argument: unknown): unknown } })
      .agentcoord;
    const bytes = new Uint8Array([35]);
    return Promise.all([
      bridge.call('saveFile', { name: '../../../etc/cron.d/agentcoord', bytes }),
      bridge.call('saveFile', { name: 'a', bytes, path: '/etc/passwd' }),
      bridge.call('readFile', { path: '/etc/passwd' }),
      bridge.call('constructor', {}),
    ]);
  });
  expect(hostile).toMatchObject([
    { ok: true, value: { path: picture } },
    ...Array(3).fill({ ok: false, error: { code: 'BAD_INPUT' } }),
  ]);
  const proposed = await app.evaluate(() => (globalThis as unknown as Kept).proposed);
  const downloads = await app.evaluate(({ app: electron }) => electron.getPath('downloads'));
  expect(proposed).toEqual([path.join(downloads, 'Night Shift.svg'), path.join(downloads, 'agentcoord')]);
  await page.getByRole('radio', { name: 'YAML' }).click({ force: true });
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('textbox', { name: /YAML/ }).waitFor();
  await expect
    .poll(() => page.getByRole('textbox', { name: /YAML/ }).inputValue())
    .toContain('name: [broken');

  // Nothing but the page's own scripts runs in it, and nothing is fetched from elsewhere.
  const policy = await page.evaluate(async () => {
    const violated: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violated.push(effectiveDirective),
    );
    const script = document.createElement('script');
    script.textContent = 'window.intruded = true';
    document.body.append(script);
    const image = new Image();
    image.src = 'https://example.invalid/pixel.png';
    const frame = document.createElement('iframe');
    frame.src = 'https://example.invalid/';
    document.body.append(image, frame);
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const added of [script, image, frame]) added.remove();
    return { ran: 'intruded' in window, violated: [...new Set(violated)].sort() };
  });
  expect(policy).toEqual({ ran: false, violated: ['frame-src', 'img-src', 'script-src-elem'] });
  const preferences = await app.evaluate(({ webContents }) => {
    const [contents] = webContents.getAllWebContents();
    const { sandbox, contextIsolation, nodeIntegration, webviewTag } = (
      contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
    ).getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webviewTag };
  });
  expect(preferences).toEqual({
    ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
  });

  // Closed and opened again by a real second start, whose link leads on: it stands where it stood.
  const place = { x: 60, y: 40, width: 1000, height: 640 };
  await app.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
    place,
  );
  const { userData, display } = await app.evaluate(({ app: electron }) => ({
    userData: electron.getPath('userData'),
    display: process.env['DISPLAY'] ?? '',
  }));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const windows = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await expect.poll(windows, { timeout: 20_000 }).toBe(0);
  const opened = app.waitForEvent('window');
  const second = spawn(
    path.join(inject('electron').dist, 'electron'),
    ['--no-sandbox', `--user-data-dir=${userData}`, projectFolder, 'agentcoord://worker/worker_0000'],
    { env: { ...process.env, DISPLAY: display, AGENTCOORD_DATA_DIR: desktop.dataDir }, stdio: 'ignore' },
  );
  expect(await once(second, 'exit')).toEqual([0, null]);
  const again = await opened;
  await again.getByRole('heading', { name: 'Workers' }).first().waitFor();
  const bounds = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(bounds).toEqual(place);

  // A page that keeps breaking is not left blank: the person is asked, and it is loaded again.
  const asked = await app.evaluate(async ({ BrowserWindow, dialog }) => {
    const words: string[] = [];
    dialog.showMessageBox = async (...args: unknown[]) => {
      words.push((args.at(-1) as Electron.MessageBoxOptions).message);
      return { response: 0, checkboxChecked: false };
    };
    const [window] = BrowserWindow.getAllWindows();
    if (!window) throw new Error('there is no window');
    for (let time = 0; time < 4; time += 1) {
      const loaded = new Promise<void>((resolve) =>
        window.webContents.once('did-finish-load', () => resolve()),
      );
      window.webContents.forcefullyCrashRenderer();
      await loaded;
    }
    return words;
  });
  expect(asked).toEqual(['The page of the window keeps breaking']);
  // What the policy refused is told on the console.
  expect(complaints.filter((words) => !/Content Security Policy|ERR_BLOCKED_BY/.test(words))).toEqual([]);
});

/** Answers each question of the app with the button that is wanted next; without one left, as Escape would. */
async function answerQuestions({ app }: DesktopApp, ...wanted: string[]): Promise<() => Promise<string[]>> {
  await app.evaluate(({ dialog }, labels) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = (async (...args: unknown[]) => {
      const { message, buttons = [], cancelId = 0 } = args.at(-1) as Electron.MessageBoxOptions;
      asked.push(`${message} [${buttons.join(', ')}]`);
      const response = buttons.indexOf(labels.shift() ?? '');
      return { response: response < 0 ? cancelId : response, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  }, wanted);
  return () => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
}

async function tasksIn(dataDir: string): Promise<readonly { readonly state: string }[]> {
  const { stdout } = await runAgentcoord(['tasks', '--json', '--data-dir', dataDir]);
  return JSON.parse(stdout).tasks;
}

/** Its one agent takes its time, so that a test can hold it still in the middle of a task. */
const slowCompany = `
name: Night Shift
departments:
  - name: engineering
    teams:
      - name: core
        members:
          - { name: ann, role: engineer, runner: { name: script, slow: 10s } }
`;

it('goes on without its window, asks before it quits in the middle of work, and quits once that is done', async () => {
  const folder = await temporaryFolder();
  const desktop = await openApp({ dataDir: path.join(folder, 'data') });
  const { app, dataDir } = desktop;
  await keepTray(desktop);
  const file = path.join(folder, 'company.yaml');
  await writeFile(file, slowCompany);
  const agentcoord = (...words: string[]) => runAgentcoord([...words, '--data-dir', dataDir]);
  expect(await agentcoord('init', '--template', file)).toMatchObject({ code: 0 });
  expect(await agentcoord('task', 'create', '--title', 'Mend the clock', '--role', 'engineer')).toMatchObject(
    {
      code: 0,
    },
  );
  await expect.poll(async () => (await tasksIn(dataDir))[0]?.state, { timeout: 60_000 }).toBe('leased');
  const workers = await workersOf(app.process().pid ?? 0);
  for (const pid of workers) process.kill(pid, 'SIGSTOP');
  onTestFinished(() => {
    for (const pid of workers) {
      try {
        process.kill(pid, 'SIGCONT');
      } catch {
        // It has ended, as it should.
      }
    }
  });

  // The first time the window closes, it says that the company goes on.
  const explained = await answerQuestions(desktop);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect
    .poll(explained, { timeout: 20_000 })
    .toEqual(['The company goes on working [Keep working, Quit]']);

  const quit = () => app.evaluate(({ app: electron }) => electron.quit());
  const ends = 'Quits when the work in hand is done';
  const asked = await answerQuestions(desktop, 'Don’t quit', 'Finish first, then quit', 'Go on waiting');
  await quit();
  const question = '1 task is in work [Finish first, then quit, Stop now and quit, Don’t quit]';
  await expect.poll(asked, { timeout: 20_000 }).toEqual([question]);
  // Given up: the window is there again.
  const windows = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await expect.poll(windows, { timeout: 20_000 }).toBe(1);
  expect(await trayLabels(desktop)).not.toContain(ends);
  await quit();
  await expect.poll(() => trayLabels(desktop), { timeout: 20_000 }).toContain(ends);
  await quit();
  await expect
    .poll(async () => (await asked()).at(-1), { timeout: 20_000 })
    .toBe('1 task is still in work [Go on waiting, Stop now]');

  const exited = once(app.process(), 'exit');
  for (const pid of workers) process.kill(pid, 'SIGCONT');
  expect(await exited).toEqual([0, null]);
  expect(await tasksIn(dataDir)).toMatchObject([{ title: 'Mend the clock', state: 'done' }]);
  const left = JSON.parse((await runAgentcoord(['workers', '--json', '--data-dir', dataDir])).stdout);
  expect(left.workers).toEqual([]);
});
