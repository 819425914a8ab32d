/** The first day with the desktop app, step by step: the same from a checkout and as it is installed. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { epicIn, foundCompany, openScreen } from '../ui/steps.ts';
import type { DesktopSession } from './desktop-session.ts';
import { openDesktopSession } from './desktop-session.ts';
import type { ShellStart } from './running-shell.ts';
import { startShell } from './running-shell.ts';

export interface TestedApp {
  readonly start: ShellStart;
  /** Its command line, as a person calls it. */
  agentcoord(session: DesktopSession, ...words: readonly string[]): Promise<string>;
  /** Opens a link as the system does; left out: nobody has told the system of this copy, and it is started with the link. */
  openLink?(session: DesktopSession, link: string): Promise<void>;
}

/** Each leads nowhere: the app comes to the front, and stays where it is. */
const hostileLinks = [
  'agentcoord://gate/../../etc/passwd',
  'agentcoord://gate/%2e%2e%2f%2e%2e%2fsettings',
  `agentcoord://gate/gate_${'a'.repeat(5_000)}`,
  'agentcoord://gate/gate_0123456789?decision=approve#/settings',
  'agentcoord:javascript:alert(document.cookie)',
] as const;

/**
 * First steps, the demo, a notification while no window is open, its gate, the signature; a link, hostile links, a crash of
 * the page, a clean end; and all of it still there after a restart.
 */
export async function liveFirstDay({ start, agentcoord, openLink }: TestedApp): Promise<void> {
  const session = await openDesktopSession();
  onTestFinished(() => session[Symbol.asyncDispose]());
  const app = await startShell(start, session);
  onTestFinished(async () => void (await app.quit()));
  const first = await app.page();
  await foundCompany(first, 'Scale-up', 'Night Shift');

  // A plugin in a process of its own carries what happens into a file.
  const carried = path.join(session.home, 'carried');
  const channel = ['channels', 'set', 'log', '--plugin', 'file', '--set', `folder=${carried}`];
  await agentcoord(session, ...channel);
  await agentcoord(session, 'channels', 'test', 'log');
  await first.getByRole('button', { name: 'Run the demo' }).click();
  await first.getByText('The company is at work').waitFor();
  const firstSteps = new URL(first.url()).hash;

  // Nobody looks: the company goes on, and the notification opens exactly its gate.
  await app.closeWindow();
  const told = await session.notification(/^readiness_check needs you: Open the doors · Night Shift$/m);
  expect(told).toHaveLength(1);
  await session.clickNotification();
  const second = await app.page();
  const gate = second.getByRole('article', { name: 'readiness_check' });
  await gate.getByRole('button', { name: /^Approve/ }).waitFor();
  const place = new URL(second.url()).hash;
  expect(place).toMatch(/^#\/gates\/gate_\w+$/);
  const lines = () => readFile(path.join(carried, 'messages.jsonl'), 'utf8').catch(() => '');
  await expect.poll(lines, { timeout: 30_000 }).toContain('readiness_check');

  await openScreen(second, 'Home');
  const home = second.url();
  for (const link of hostileLinks) expect(await app.startAgain(link)).toBe(0);
  // Chromium would take the running app for hung over a longer one, kill it, and take its place.
  expect(await app.startAgain(`agentcoord://gate/gate_${'a'.repeat(100_000)}`)).toBe(2);
  expect(second.url()).toBe(home);
  const link = `agentcoord://gate/${place.split('/').at(-1)}`;
  if (openLink) await openLink(session, link);
  else expect(await app.startAgain(link)).toBe(0);
  await gate.getByRole('button', { name: /^Approve/ }).waitFor();

  // The picture breaks; the company goes on, and the page comes back to where it was.
  const third = await app.crashPage();
  const again = third.getByRole('article', { name: 'readiness_check' });
  await again.getByRole('button', { name: /^Approve/ }).click();
  await epicIn(third, 'Open the doors', 'Completed');
  await third.evaluate((hash) => {
    location.hash = hash;
  }, firstSteps);
  await third.getByRole('status').filter({ hasText: 'Your first epic is done' }).waitFor();
  await third.getByRole('heading', { name: 'What now?' }).waitFor();

  // Work was done by processes on the app's own runtime, none of which outlives it.
  const { workers } = JSON.parse(await agentcoord(session, 'workers', '--json'));
  expect(workers.length).toBeGreaterThan(0);
  expect(app.complaints).toEqual([]);
  expect(await app.quit()).toBe(0);
  expect(existsSync(path.join(session.dataDir, 'host.json'))).toBe(false);
  for (const { pid } of workers) if (pid !== null) expect(() => process.kill(pid, 0)).toThrow('ESRCH');

  const later = await startShell(start, session);
  onTestFinished(async () => void (await later.quit()));
  await epicIn(await later.page(), 'Open the doors', 'Completed');
  await expect
    .poll(() => agentcoord(session, 'channels'), { timeout: 30_000 })
    .toMatch(/^log\s+file\s+ready/m);
}
