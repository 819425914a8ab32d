/** The work board with 5,000 cards: only those in sight are in the page, and a filter or a live change is there at once. */
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { connectOwner } from '../../cli/owner-connection.ts';
import { runAgentcoord } from '../../cli/run-agentcoord.ts';
import { openScreen } from '../ui/steps.ts';
import { openServedPage } from './served-page.ts';

const cards = 5_000;
const atOnce = 250;
const numbers = Array.from({ length: cards }, (_none, at) => at + 1);

/** From what is typed to the frame that shows nothing else, in ms. */
const filterTook = (page: Page, text: string, left: number) =>
  page.evaluate(
    async ([words, count]) => {
      const field = document.querySelector<HTMLInputElement>(
        'main input[type=search], main input[type=text]',
      );
      if (!field) throw new Error('there is no field to search by');
      const begun = performance.now();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, words);
      field.dispatchEvent(new Event('input', { bubbles: true }));
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      while (document.querySelectorAll('[data-task]').length !== count) await frame();
      return performance.now() - begun;
    },
    [text, left] as const,
  );

it('holds 5,000 cards', async () => {
  let dataDir = '';
  const { page, complaints } = await openServedPage({
    prepare: async (folder) => {
      dataDir = folder;
      await runAgentcoord(['init', '--template', 'startup', '--name', 'Acme', '--data-dir', folder]);
    },
    args: ['--workers', '0'],
  });
  const owner = await connectOwner(dataDir, 'Acme');
  onTestFinished(() => owner.close());
  const create = (number: number) =>
    owner.command({ type: 'task.create', title: `Card ${number} of many`, roleId: 'engineer' });
  for (let at = 0; at < cards; at += atOnce) await Promise.all(numbers.slice(at, at + atOnce).map(create));

  await openScreen(page, 'Work board');
  const ready = page.getByRole('region', { name: /^Ready: 5,?000/ });
  await ready.waitFor();
  const inPage = () => page.locator('[data-task]').count();
  await expect.poll(inPage).toBeGreaterThan(5);
  expect(await inPage()).toBeLessThan(60);

  // The last of them is there as soon as somebody scrolls to it.
  const toTheEnd = () =>
    page.evaluate(() => {
      for (const cell of document.querySelectorAll('[data-cell]')) cell.scrollTop = cell.scrollHeight;
      return [...document.querySelectorAll('[data-task]')].some((card) =>
        card.textContent?.includes('Card 5000 of'),
      );
    });
  await expect.poll(toTheEnd, { timeout: 20_000 }).toBe(true);
  expect(await inPage()).toBeLessThan(60);

  const ms = await filterTook(page, 'Card 4321 of', 1);
  console.log(`a filter over ${cards} cards was on the screen after ${ms.toFixed(0)} ms`);
  await page.getByRole('link', { name: /^Card 4321 of many/ }).waitFor();
  await create(4_321);
  await expect.poll(inPage).toBe(2);
  expect(complaints).toEqual([]);
});
