/** The board where members write, the costs, and the history: on a company that has done something. */
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { connectOwner } from '../../cli/owner-connection.ts';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { openScreen } from '../ui/steps.ts';
import { commandsIn } from './commands-in.ts';
import { choose, lookBack } from './past-steps.ts';
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

/** An agent asks the owner something for all to see, and something else between the two of them. */
async function ask(dataDir: string): Promise<void> {
  const { session } = await sessionOf('ada', dataDir);
  const text = '@owner the wall or the **tower**?';
  await session.command({ type: 'thread.start', title: 'Which clock?', text, kind: 'QUESTION' });
  const owner = (await session.query('members', {})).find(({ member }) => member.name === 'owner');
  if (owner) await session.command({ type: 'message.send', to: owner.member.id, text: 'Lunch on Friday?' });
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
    expect(await violations(page), name).toEqual([]);
  };
  await talk(page, folder, screen);

  // By the command palette, as by the sidebar.
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox').fill('clock');
  await palette.getByRole('option', { name: /^The clock is slow.*timeline$/ }).waitFor();
  await screen('palette');
  await palette.getByRole('combobox').fill('costs');
  await palette.getByRole('option', { name: /^Go to Costs/ }).waitFor();
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
  await chart('epic').getByRole('listitem', { name: 'The clock is slow: $34.00, 100% of all' }).waitFor();
  await choose(page, 'Member');
  await chart('member')
    .getByRole('listitem', { name: 'tess: $34.00, 100% of all, of $32.00, 106%' })
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
    .getByRole('row', { name: 'tess 2 18,000 6,000 $34.00 100% $32.00: used up: no further' })
    .waitFor();
  await screen('costs-table');
  await choose(page, 'Model');
  await page.getByRole('row', { name: /^opus 1 9,000 3,000 \$30\.00 50%/ }).waitFor();
  await choose(page, 'Chart');
  await choose(page, 'Money');
  await chart('model').getByRole('listitem', { name: 'haiku: $4.00, 12% of all' }).waitFor();
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

/** What reached the owner is in the inbox, stays there when it was read, and is answered where it stands. */
async function talk(page: Page, dataDir: string, screen: (name: string) => Promise<void>): Promise<void> {
  const unread = (words: string) => page.getByRole('img', { name: `${words} something unread for you` });
  const list = page.getByRole('navigation', { name: 'Threads' });
  await unread('2 threads have').waitFor();
  await openScreen(page, 'Board');
  const mention = list.getByRole('link', { name: /ada mentioned you.*Which clock\?/ });
  await mention.click();
  const thread = page.getByRole('article', { name: 'Which clock?' });
  await thread.getByText('the wall or the tower?').waitFor();
  await unread('1 thread has').waitFor();
  await mention.waitFor();
  const reply = thread.getByRole('form', { name: 'Reply in Which clock?' });
  await reply.getByLabel('Message').fill('The **tower**, I think; @be');
  await reply.getByRole('button', { name: /ben/ }).click();
  await screen('threads');
  await reply.getByLabel('Message').press('Control+Enter');
  await thread.locator('strong', { hasText: 'tower' }).nth(1).waitFor();
  const ben = await sessionOf('ben', dataDir);
  expect(await ben.session.query('inbox', {})).toMatchObject({
    messages: [{ message: { reason: 'mention', read: false, text: expect.stringContaining('@ben') } }],
    unread: 1,
  });
  ben.session.close();

  await list.getByRole('button', { name: 'Mark all as read' }).click();
  await unread('1 thread has').waitFor({ state: 'hidden' });
  await list.getByRole('link', { name: /ada wrote to you.*Lunch on Friday\?/ }).click();
  const direct = page.getByRole('article', { name: 'ada', exact: true });
  await direct.getByLabel('Message').fill('Gladly.');
  await direct.getByRole('button', { name: 'Reply' }).click();
  await direct.getByText('Gladly.').waitFor();
  await page.getByRole('button', { name: 'Direct message' }).click();
  const letter = page.getByRole('dialog', { name: 'New direct message' });
  await letter.getByRole('button', { name: /To/ }).click();
  await page.getByRole('option', { name: 'gus', exact: true }).click();
  await letter.getByLabel('Message').fill('Is the launch text ready?');
  await letter.getByLabel('Message').press('Control+Enter');
  await page
    .getByRole('article', { name: 'gus', exact: true })
    .getByText('Is the launch text ready?')
    .waitFor();

  await page.getByRole('button', { name: 'Start a thread' }).click();
  const dialog = page.getByRole('dialog', { name: 'New thread' });
  await dialog.getByLabel('Title').fill('Paint');
  await dialog.getByLabel('Message').fill('Which colour has the tower?');
  await dialog.getByRole('button', { name: 'Post' }).click();
  const paint = page.getByRole('article', { name: 'Paint' });
  await paint.getByText('Which colour has the tower?').waitFor();
  const search = page.getByLabel('Search the board');
  await search.fill('colo');
  await list.locator('mark', { hasText: 'colour' }).waitFor();
  await search.fill('sundial');
  await list.getByText('No message has all these words.').waitFor();
  await search.fill('');
  await paint.getByRole('button', { name: 'Resolve' }).click();
  await paint.getByText('Resolved by owner').waitFor();
  await page.getByRole('radio', { name: 'Resolved' }).click({ force: true });
  await list.getByRole('link', { name: /^Paint/ }).waitFor();
}
