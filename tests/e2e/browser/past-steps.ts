/** What a person does in the history: searches the audit, looks at the company of a moment, compares two, plays it. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** One of a few that stand side by side: the radio itself lies hidden under its label. */
export const choose = (page: Page, name: string): Promise<void> =>
  page.getByRole('radio', { name, exact: true }).click({ force: true });

/** From the present, in which an epic has been worked on and tess has spent too much. */
export async function lookBack(page: Page, screen: (name: string) => Promise<void>): Promise<void> {
  const moment = page.getByRole('slider', { name: 'Moment', exact: true });
  const audit = page.getByRole('complementary', { name: 'Show' });
  const found = audit.getByRole('list', { name: 'What happened' }).getByRole('listitem');
  const company = page.getByRole('region', { name: 'The company then' });
  await found.filter({ hasText: 'owner budget of tess set: $32' }).getByRole('button').first().click();
  await audit.getByText('32000000').first().waitFor();
  await company.getByText('The clock is slow').waitFor();

  // The audit, by each of what it is searched by; what fits nothing says so, what is no type says what there is.
  await audit.getByLabel('Words').fill('the bill came');
  await expect.poll(() => found.count()).toBe(2);
  await audit.getByLabel('Words').fill('the bill never came');
  await audit.getByText('No event fits.').waitFor();
  expect(await audit.getByRole('button', { name: /^Save all/ }).isDisabled()).toBe(true);
  await audit.getByLabel('Words').fill('');
  await audit.getByLabel('Kind of event').fill('budgets');
  await audit.getByText(/no type of event/).waitFor();
  await audit.getByLabel('Kind of event').fill('usage.settled');
  await expect.poll(() => found.count()).toBe(2);
  await audit.getByRole('button', { name: /^By|Anybody/ }).click();
  await page.getByRole('option', { name: 'owner', exact: true }).click();
  await audit.getByText('No event fits.').waitFor();
  await audit.getByRole('button', { name: /By/ }).click();
  await page.getByRole('option', { name: 'tess', exact: true }).click();
  await expect.poll(() => found.count()).toBe(2);
  await audit.getByLabel('Until').fill('2020-01-01T00:00');
  await audit.getByText('No event fits.').waitFor();
  await audit.getByLabel('Until').fill('');
  await audit.getByLabel('From').fill('2020-01-01T00:00');
  await expect.poll(() => found.count()).toBe(2);
  const download = page.waitForEvent('download');
  await audit.getByRole('button', { name: /^Save all/ }).click();
  const file = await readFile(await (await download).path(), 'utf8');
  const lines = file
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { type: 'usage.settled', actor: { name: 'tess' }, event: { money: 30_000_000 } },
    { type: 'usage.settled', actor: { name: 'tess' }, event: { money: 4_000_000 } },
  ]);

  // Of the moment of the first call: the board, the chart and the gates as they were, and nothing to be done there.
  await found.last().getByRole('button').first().click();
  await found
    .last()
    .getByRole('button', { name: /^Go to event/ })
    .click();
  await found.first().filter({ hasText: 'usage settled' }).waitFor();
  await expect.poll(() => found.count()).toBe(1);
  await choose(page, 'Work board');
  const board = page.getByRole('region', { name: 'Work board' });
  const card = board
    .getByRole('region', { name: 'Working: 1 task' })
    .getByRole('link', { name: /^Reproduce bug/ });
  await card.waitFor();
  await card.click();
  const drawer = board.getByRole('complementary', { name: 'Task' });
  await drawer.getByText('Id', { exact: true }).waitFor();
  expect(await drawer.getByRole('button').evaluateAll((all) => all.map((one) => one.ariaLabel))).toEqual([
    expect.stringMatching(/^Close/),
    expect.stringMatching(/Copy task_/),
  ]);
  expect(await card.getAttribute('draggable')).not.toBe('true');
  expect(await board.getByRole('button', { name: 'Start an epic' }).count()).toBe(0);
  await screen('history-board');
  await choose(page, 'Org chart');
  const chart = page.getByRole('region', { name: 'Org chart then' });
  await chart.getByText('tess', { exact: true }).click();
  const tess = chart.getByRole('complementary', { name: 'tess' });
  await tess.getByText('$30.00 spent').waitFor();
  expect(await chart.locator('.react-flow__node.draggable').count()).toBe(0);
  expect(await tess.getByRole('textbox').count()).toBe(0);
  await screen('history-org');
  await choose(page, 'Gates');
  await page.getByRole('region', { name: 'Gates' }).getByText('No gate waits').waitFor();

  // Two moments, each with a handle of its own.
  await choose(page, 'At a glance');
  await moment.focus();
  await page.keyboard.press('c');
  await page.keyboard.press('Home');
  await page.getByText(/^event 1 of \d+$/).waitFor();
  await page.getByText('There was no epic yet.').waitFor();
  await choose(page, 'What differs');
  await audit
    .getByRole('region', { name: 'Epics' })
    .getByRole('button', { name: /The clock is slow/ })
    .click();
  await audit.getByText('"The clock is slow"').waitFor();
  const other = page.getByRole('slider', { name: 'The moment to compare with' });
  const at = Number(await other.inputValue());
  await other.focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('button', { name: `Compared with event ${at - 1}` }).waitFor();
  await screen('history');
  await page.keyboard.press('Home');
  await audit.getByText('Nothing differs between the two.').waitFor();
  await page.getByRole('button', { name: 'Compared with event 1' }).click();
  await audit.getByText(/Compared with now/).waitFor();

  await choose(page, 'What happens');
  await choose(page, '500/s');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await company.getByText('The clock is slow').waitFor();
  await page.getByText('owner started “The clock is slow”').first().waitFor();
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();

  // From the last warning back over what one remembers: the one before it, and the beginning of the epic.
  await choose(page, 'Audit');
  for (const words of ['budget of the company nearly', 'epic created']) {
    await page.getByRole('button', { name: 'To the landmark before' }).click();
    await found.first().filter({ hasText: words }).waitFor();
  }
}
