/** The work board with thousands of cards: how long a filter takes, and the frames while the company is busy. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Coordination } from '../../src/contract/rpc.ts';
import type { TaskId } from '../../src/core/ids.ts';
import { median } from '../bench/statistics.ts';
import type { Frames } from './frames.ts';
import { framesWhile } from './frames.ts';

export interface BoardFigures {
  /** From what is typed to the frame that shows no other card; the median of several. */
  readonly filterMs: number;
  /** While events come. */
  readonly live: Frames;
  /** How many there were. */
  readonly eventsPerSecond: number;
}

const cards = 5_000;
const atOnce = 250;
const filters = 7;
const liveMs = 5_000;
const wantedPerSecond = 200;
const everyMs = 50;

/** @param page of the company, on any other screen; @param owner of it */
export async function measureBoard(page: Page, owner: Pick<Coordination, 'command'>): Promise<BoardFigures> {
  const ids: TaskId[] = [];
  for (let at = 0; at < cards; at += atOnce) {
    const created = Array.from({ length: atOnce }, (_none, more) => createCard(owner, at + more + 1));
    ids.push(...(await Promise.all(created)));
  }
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: /^Work board/ })
    .click();
  await page.locator('[data-task]').first().waitFor();
  await page.waitForTimeout(1_000);
  const took: number[] = [];
  for (let n = 0; n < filters; n += 1) took.push(await filterTook(page, `Card ${1_111 + n * 500} of`));
  await page.getByRole('searchbox').fill('');
  await page.waitForTimeout(1_000);
  let events = 0;
  const live = await framesWhile(page, liveMs, async () => {
    const ended = performance.now() + liveMs;
    for (let n = 0; performance.now() < ended; n += 1) {
      const began = performance.now();
      const some = Array.from(
        { length: (wantedPerSecond * everyMs) / 1_000 },
        (_none, more) => n * 10 + more,
      );
      await Promise.all(some.map((one) => changeCard(owner, ids[one % ids.length] as TaskId, one)));
      events += some.length;
      await pause(Math.max(0, everyMs - (performance.now() - began)));
    }
  });
  return { filterMs: median(took), live, eventsPerSecond: events / (liveMs / 1_000) };
}

async function createCard(owner: Pick<Coordination, 'command'>, number: number): Promise<TaskId> {
  const title = `Card ${number} of many`;
  const { events } = await owner.command({ type: 'task.create', title, roleId: 'engineer' as never });
  const [created] = events;
  if (created?.event.type !== 'task.created') throw new Error('no task was created');
  return created.event.task.id;
}

/** Each changes what its card shows. */
async function changeCard(owner: Pick<Coordination, 'command'>, taskId: TaskId, turn: number): Promise<void> {
  const priorities = ['HIGH', 'LOW', 'URGENT', 'NORMAL'] as const;
  const priority = priorities[Math.floor(turn / cards) % priorities.length] ?? 'HIGH';
  await owner.command({ type: 'task.prioritize', taskId, priority });
}

function filterTook(page: Page, text: string): Promise<number> {
  return page.evaluate(async (words) => {
    const field = document.querySelector<HTMLInputElement>('main input[type=search], main input[type=text]');
    if (!field) throw new Error('there is no field to search by');
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const type = (value: string) => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    type('');
    while (document.querySelectorAll('[data-task]').length < 5) await frame();
    await frame();
    const begun = performance.now();
    type(words);
    while (document.querySelectorAll('[data-task]').length !== 1) await frame();
    return performance.now() - begun;
  }, text);
}
