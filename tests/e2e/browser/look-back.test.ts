/** The board where members write, the costs, and the history: on a company that has done something. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { connectOwner } from '../../cli/owner-connection.ts';
import { seriousViolations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { openScreen } from '../ui/steps.ts';
import { commandsIn } from './commands-in.ts';
import { openServedPage } from './served-page.ts';

const company = 'Memory';
const usual = { width: 1440, height: 900 };

async function companyWithPast(dataDir: string): Promise<void> {
  const run = commandsIn(dataDir);
  await run('init', '--template', 'startup', '--name', company);
  await run('epic', 'create', '--workflow', 'bug', '--title', 'The clock is slow');
  await run('budget', 'set', '--money', '25');
}

/** A session of an agent. */
async function sessionOf(member: string, dataDir: string) {
  const session = await connectOwner(dataDir, company);
  onTestFinished(() => session.close());
  const acting = await session.actAs({ member, pid: process.pid });
  return { ...acting, session };
}

/** An agent asks the owner something. */
async function ask(dataDir: string): Promise<void> {
  const { session } = await sessionOf('ada', dataDir);
  const text = '@owner the wall or the tower?';
  await session.command({ type: 'thread.start', title: 'Which clock?', text, kind: 'QUESTION' });
  session.close();
}

/** An agent takes the task of the epic and makes a call to a model under it. */
async function spend(dataDir: string, model: string, dollars: number): Promise<void> {
  const { session, workerId } = await sessionOf('tess', dataDir);
  const money = dollars * 1_000_000;
  const claim = await session.command({ type: 'task.claim', workerId });
  const claimed = claim.events.find(({ event }) => event.type === 'task.claimed');
  if (claimed?.event.type !== 'task.claimed') throw new Error('there was no task to claim');
  const held = { taskId: claimed.event.taskId, token: claimed.seq };
  const call = { type: 'usage.reserve', ...held, model, tokens: 12_000, money } as const;
  const { events } = await session.command(call);
  for (const { event } of events) {
    if (event.type !== 'usage.reserved') continue;
    const { id: reservationId } = event.reservation;
    await session.command({ type: 'usage.settle', reservationId, tokensIn: 9_000, tokensOut: 3_000, money });
  }
  await session.command({ type: 'task.release', ...held, reason: 'the bill came' });
  session.close();
}

const choose = (page: Page, name: string) =>
  page.getByRole('radio', { name, exact: true }).click({ force: true });

it('writes, counts and looks back', { timeout: 240_000 }, async () => {
  let folder = '';
  const { page, complaints } = await openServedPage({
    prepare: async (dataDir) => {
      folder = dataDir;
      await companyWithPast(dataDir);
    },
    args: ['--workers', '0'],
  });
  await ask(folder);
  const screen = async (name: string) => {
    await photograph(page, 'browser', name, [usual]);
    expect(await seriousViolations(page), name).toEqual([]);
  };
  await page.getByRole('img', { name: '1 thread has something unread for you' }).waitFor();
  await openScreen(page, 'Board');
  await page.getByRole('link', { name: /^Which clock\?/ }).click();
  const thread = page.getByRole('article', { name: 'Which clock?' });
  await thread.getByText('the wall or the tower?').waitFor();
  await page.getByRole('img', { name: /unread for you/ }).waitFor({ state: 'hidden' });
  const reply = thread.getByRole('form', { name: 'Reply in Which clock?' });
  await reply.getByLabel('Message').fill('The **tower**, I think; @be');
  await reply.getByRole('button', { name: /ben/ }).click();
  await screen('threads');
  await reply.getByLabel('Message').press('Control+Enter');
  await thread.locator('strong', { hasText: 'tower' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByLabel('Search the board').fill('tow');
  await page.getByRole('navigation', { name: 'Threads' }).getByText('tower').first().waitFor();
  await page.getByLabel('Search the board').fill('');
  await thread.getByRole('button', { name: 'Resolve' }).click();
  await thread.getByText('Resolved by owner').waitFor();

  // By the command palette, as by the sidebar.
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('searchbox').fill('clock');
  await palette.getByRole('option', { name: /^The clock is slow.*timeline$/ }).waitFor();
  await screen('palette');
  await palette.getByRole('searchbox').fill('costs');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('Nothing has been spent').waitFor();
  await page.getByText('$0.00 of $25.00').waitFor();
  await page.getByRole('button', { name: 'Set a budget' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set a budget' });
  await expect.poll(() => dialog.getByLabel('Dollars, at most').inputValue()).toBe('25');
  await dialog.getByLabel('Dollars, at most').fill('a lot');
  await dialog.getByText('A number, such as 25 or 0.50').waitFor();
  await dialog.getByLabel('Dollars, at most').fill('40');
  await dialog.getByRole('button', { name: 'Set it' }).click();
  await page.getByText('$0.00 of $40.00').waitFor();

  // What is spent meanwhile comes by itself: the company is told, tess is stopped.
  await spend(folder, 'opus', 30);
  await spend(folder, 'haiku', 4);
  await commandsIn(folder)('budget', 'set', '--member', 'tess', '--money', '32');
  const chart = (by: string) => page.getByRole('list', { name: `What was spent, by ${by}` });
  await chart('epic').getByRole('listitem', { name: 'The clock is slow: $34.00, 100 % of all' }).waitFor();
  await choose(page, 'Member');
  await chart('member')
    .getByRole('listitem', { name: 'tess: $34.00, 100 % of all, of $32.00, 106 %' })
    .waitFor();
  await chart('member')
    .getByRole('meter', { name: /^tess: \$34\.00/ })
    .waitFor();
  const budgets = page.getByRole('region', { name: 'Budgets' });
  await budgets.getByRole('listitem', { name: 'Memory: nearly used up' }).getByText('$6.00 left').waitFor();
  const used = budgets.getByRole('listitem', { name: 'tess: used up: no further call is made' });
  await used.getByText('$2.00 over').waitFor();
  await used.getByText('warns at $25.60').waitFor();
  await used.getByText('stops at $32.00').waitFor();
  await screen('costs');
  await choose(page, 'Tokens');
  await chart('member').getByText('24K tokens').waitFor();
  await choose(page, 'Table');
  const table = page.getByRole('table', { name: 'What was spent, by member' });
  await table
    .getByRole('row', { name: 'tess 2 18,000 6,000 $34.00 100 % $32.00: used up: no further' })
    .waitFor();
  await screen('costs-table');
  await choose(page, 'Model');
  await page.getByRole('row', { name: /^opus 1 9,000 3,000 \$30\.00 50 %/ }).waitFor();
  await choose(page, 'Chart');
  await choose(page, 'Money');
  await chart('model').getByRole('listitem', { name: 'haiku: $4.00, 12 % of all' }).waitFor();
  await choose(page, 'Day');
  await chart('day')
    .getByRole('listitem', { name: /: \$34\.00, 2 calls$/ })
    .waitFor();
  await page.getByRole('img', { name: '$34.00 by now, of $40.00' }).waitFor();
  await screen('costs-days');

  await openScreen(page, 'History');
  await lookBack(page, screen);
  expect(complaints).toEqual([]);
});

/** From the present, in which an epic has been worked on and tess has spent too much. */
async function lookBack(page: Page, screen: (name: string) => Promise<void>): Promise<void> {
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
  await page.getByRole('button', { name: 'To the landmark before' }).click();
  await page.getByRole('button', { name: 'To the landmark before' }).click();
}
