/** A host whose Redis does not answer: the page says so on every screen, and afterwards what no longer fits is decided there. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { CommandInput } from '../../../src/core/command.ts';
import { violations } from '../ui/accessibility.ts';
import type { Size } from '../ui/screenshots.ts';
import { photograph } from '../ui/screenshots.ts';
import { openScreen } from '../ui/steps.ts';
import type { Owner, SharedCompany } from './shared-company.ts';
import { openSharedCompany } from './shared-company.ts';

const sizes: readonly [Size, ...Size[]] = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
  { width: 390, height: 844 },
];

/** How far the page reaches beyond its window, in pixels. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.scrollingElement.scrollWidth - innerWidth');

async function look(page: Page, name: string): Promise<void> {
  await photograph(page, 'hosts', name, sizes);
  expect(await violations(page), name).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await overflow(page), name).toBeLessThanOrEqual(0);
  await page.setViewportSize(sizes[0]);
}

async function createTask(owner: Owner, title: string): Promise<string> {
  // Nobody in a startup can do it: it stays where it is.
  const { events } = await owner.command({ type: 'task.create', title, roleId: 'sre' });
  const created = events.find(({ event }) => event.type === 'task.created')?.event;
  if (created?.type !== 'task.created') throw new Error(`${title} was not created`);
  return created.task.id;
}

const hire = (name: string): CommandInput => ({
  type: 'member.add',
  teamId: null,
  member: { name, role: 'engineer' },
});

async function isThere(owner: Owner, taskId: string): Promise<void> {
  const ids = async () => (await owner.query('tasks', {})).map(({ task }) => String(task.id));
  await expect.poll(ids, { timeout: 10_000 }).toContain(taskId);
}

/** Each does what the other can't see: of three things that are done here, two will not fit. */
async function workApart({ page, line, here, there }: SharedCompany): Promise<void> {
  const taskId = await createTask(here, 'Move the archive');
  await isThere(there, taskId);
  line.hang();
  await page.getByText('Redis hasn’t answered since').waitFor({ timeout: 10_000 });
  await here.command({ type: 'task.prioritize', taskId, priority: 'URGENT' });
  await here.command(hire('zoe'));
  await createTask(here, 'Write it down');
  await there.command({ type: 'task.cancel', taskId, reason: 'The archive stays where it is' });
  await there.command(hire('zoe'));
}

it('says that it is cut off, and lets a person decide what no longer fits', {
  timeout: 240_000,
}, async () => {
  const company = await openSharedCompany();
  const { page, line, here, there, complaints } = company;
  const lost = page.getByText('The connection to the host is lost.');
  for (const [where, role] of [
    ['here', 'engineer'],
    ['there', 'designer'],
  ] as const) {
    await (await company.newSession(where)).actAs({ role, pid: process.pid });
  }
  await openScreen(page, 'Workers');
  const hosts = page.getByRole('region', { name: 'Hosts' });
  await hosts.getByText('this one').waitFor();
  expect(await hosts.getByRole('listitem').count()).toBe(2);
  expect(await hosts.getByText('1 worker', { exact: false }).count()).toBe(2);
  await look(page, 'hosts');

  await workApart(company);
  const banner = page.getByRole('region').filter({ hasText: 'Work goes on here.' });
  await banner.getByText(/\d+ events wait to be shared/).waitFor();
  await banner.getByText('Only tasks of this host are taken.').waitFor();
  await look(page, 'cut-off');
  await openScreen(page, 'Conflicts');
  await page.getByRole('heading', { name: 'No conflict waits' }).waitFor();
  await look(page, 'conflicts-empty');
  // Who opens the page now sees the same.
  await page.reload();
  await banner.getByText(/\d+ events wait to be shared/).waitFor();
  await openScreen(page, 'Home');

  line.mend();
  const back = page.getByRole('region').filter({ hasText: 'Back with the other hosts after' });
  await back.getByText('2 things that no longer fit').waitFor({ timeout: 30_000 });
  expect(await lost.count()).toBe(0);
  expect(await page.getByText('The connection is back.').count()).toBe(0);
  await back.getByRole('link', { name: 'Look at them' }).click();
  await page.getByRole('img', { name: '2 conflicts wait' }).waitFor();
  const list = page.getByRole('navigation', { name: 'Conflicts' });
  await list.getByRole('link', { name: /Change the priority of a task/ }).click();
  const priority = page.getByRole('article', { name: 'Change the priority of a task' });
  await priority.getByText('Move the archive').first().waitFor();
  expect(await priority.locator('pre').first().textContent()).toContain('"priority": "URGENT"');
  await look(page, 'conflict');

  // It still does not fit: the refusal stays in place, and the reason is asked there.
  await priority.getByRole('button', { name: 'Apply again' }).click();
  await priority
    .getByRole('alert')
    .getByText(/still does not fit/)
    .waitFor();
  await look(page, 'conflict-refused');
  await page.locator('body').click({ position: { x: 4, y: 4 } });
  await page.keyboard.press('d');
  await page.keyboard.type('The archive stays');
  await look(page, 'conflict-drop');
  await page.keyboard.press('Enter');
  await priority.getByText('Dropped', { exact: true }).waitFor();
  await page.getByRole('img', { name: '1 conflict waits' }).waitFor();

  // What was in the way is gone, so the other one fits now.
  const [zoe] = (await there.query('members', {})).filter(({ member }) => member.name === 'zoe');
  if (!zoe) throw new Error('zoe was not hired');
  await there.command({ type: 'member.remove', memberId: zoe.member.id });
  const isGone = async () =>
    (await here.query('members', {})).some(({ member }) => member.id === zoe.member.id);
  await expect.poll(isGone).toBe(false);
  await openScreen(page, 'Conflicts');
  await list.getByRole('link', { name: /Add this member.*zoe/ }).click();
  await page.getByRole('article', { name: 'Add this member' }).waitFor();
  await page.keyboard.press('a');
  await page.getByText('Applied again', { exact: true }).waitFor();
  await page.getByRole('radio', { name: /^Resolved/ }).click({ force: true });
  await list.getByRole('link').nth(1).waitFor();
  await look(page, 'conflicts-resolved');
  const isShown = (n: number) => list.getByRole('link').nth(n).getAttribute('aria-current');
  await page.keyboard.press('j');
  await expect.poll(() => isShown(1)).toBe('true');
  expect(await list.locator('[data-item]:focus').getAttribute('aria-current')).toBe('true');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect.poll(() => isShown(0)).toBe('true');
  const names = async () => (await there.query('members', {})).map(({ member }) => member.name);
  await expect.poll(names).toContain('zoe');
  expect(complaints).toEqual([]);
});
