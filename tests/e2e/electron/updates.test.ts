/** New versions of the desktop app: off until somebody says where from, whole or not at all, and never under workers at work. */
import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { epicIn, foundCompany, openScreen, startEpic } from '../ui/steps.ts';
import { openApp } from './open-app.ts';
import { openUpdateFeed } from './update-feed.ts';
import { workersOf } from './workers-of.ts';

const newVersion = '9.9.9';

/** Leaves a mark when it is started: whether the host before it has closed its door. Then a lot of nothing. */
const program = Buffer.from(
  `#!/bin/sh\nif [ -e "$AGENTCOORD_DATA_DIR/host.json" ]; then echo open; else echo closed; fi > "$UPDATE_MARK.next"\nmv "$UPDATE_MARK.next" "$UPDATE_MARK"\nexit 0\n${'#'.repeat(4_000_000)}\n`,
);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it('fetches a new version from a feed and starts it once the workers are gone', async () => {
  const folder = await temporaryFolder();
  const feed = await openUpdateFeed(program, newVersion);
  onTestFinished(() => feed.close());
  const installed = path.join(folder, 'AgentCoord.AppImage');
  const mark = path.join(folder, 'mark');
  await writeFile(installed, 'the old version');
  await chmod(installed, 0o755);
  const { app, page, complaints } = await openApp({
    dataDir: path.join(folder, 'data'),
    env: { APPIMAGE: installed, UPDATE_MARK: mark, XDG_CACHE_HOME: path.join(folder, 'cache') },
  });
  await foundCompany(page, 'Startup', 'Garage');
  await startEpic(page, 'bug', 'The clock is wrong');
  await epicIn(page, 'The clock is wrong', 'Completed');

  await openScreen(page, 'Settings');
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Updates' }).click();
  const says = (words: string | RegExp) => page.getByRole('status').filter({ hasText: words }).waitFor();
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
  await says('Off: nobody has said');
  expect(feed.asked).toEqual([]);

  // Not without TLS, unless it is this machine.
  await page.getByLabel('Address of the feed').fill('http://downloads.example.com/agentcoord');
  await press('Keep');
  await page.getByText('has no TLS').waitFor();
  await page.getByLabel('Address of the feed').fill(feed.url);
  await press('Keep');
  await says('Nobody has looked yet.');
  expect(feed.asked).toEqual([]);
  await press('Look for a new version');
  await says('has no list of versions');

  // What the list names leads on to where there is no TLS.
  feed.mood = 'elsewhere';
  await press('Look for a new version');
  await says(`${newVersion} is there`);
  await press(`Fetch ${newVersion}`);
  await says('without TLS');

  // Another file than the list says is thrown away.
  feed.mood = 'spoilt';
  await press('Look for a new version');
  await says(`${newVersion} is there`);
  await press(`Fetch ${newVersion}`);
  await says('is being fetched');
  const progress = page.getByRole('meter', { name: 'Download' });
  const share = async () => Number(await progress.getAttribute('aria-valuenow'));
  await expect.poll(share, { timeout: 20_000 }).toBeGreaterThan(0);
  await photograph(page, 'electron', 'settings-updates', [{ width: 1440, height: 900 }]);
  expect(await violations(page)).toEqual([]);
  feed.hurry();
  await says('it was thrown away');
  expect(await readFile(installed, 'utf8')).toBe('the old version');

  feed.mood = 'good';
  await press('Look for a new version');
  await says(`${newVersion} is there`);
  await press(`Fetch ${newVersion}`);
  await says(`${newVersion} is here, whole`);
  expect(complaints).toEqual([]);

  const main = app.process();
  const workers = await workersOf(main.pid ?? 0);
  expect(workers.length).toBeGreaterThan(0);
  const exited = once(main, 'exit');
  await press('Restart to update');
  await exited;
  await expect.poll(() => readFile(mark, 'utf8').catch(() => ''), { timeout: 20_000 }).toBe('closed\n');
  expect(workers.filter(isAlive)).toEqual([]);
  expect(await readFile(installed)).toEqual(program);
});
