/** The board where members write, the costs, and the history: on a company that has done something. */
import { expect, it } from 'vitest';
import { connectOwner } from '../../cli/owner-connection.ts';
import { seriousViolations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { openScreen } from '../ui/steps.ts';
import { commandsIn } from './commands-in.ts';
import { openServedPage } from './served-page.ts';

const usual = { width: 1440, height: 900 };

async function companyWithPast(dataDir: string): Promise<void> {
  const run = commandsIn(dataDir);
  await run('init', '--template', 'startup', '--name', 'Memory');
  await run('epic', 'create', '--workflow', 'bug', '--title', 'The clock is slow');
  await run('budget', 'set', '--money', '25');
}

/** An agent asks the owner something, by a session of its own. */
async function ask(dataDir: string): Promise<void> {
  const ada = await connectOwner(dataDir, 'Memory');
  await ada.actAs({ member: 'ada', pid: process.pid });
  const text = '@owner the wall or the tower?';
  await ada.command({ type: 'thread.start', title: 'Which clock?', text, kind: 'QUESTION' });
  ada.close();
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
  const budget = page.getByRole('dialog', { name: 'Set a budget' });
  await budget.getByLabel('Dollars, at most').fill('a lot');
  await budget.getByText('A number, such as 25 or 0.50').waitFor();
  await budget.getByLabel('Dollars, at most').fill('40');
  await budget.getByRole('button', { name: 'Set it' }).click();
  await page.getByText('$0.00 of $40.00').waitFor();
  await screen('costs');

  await openScreen(page, 'History');
  const audit = page.getByRole('button', { name: /owner budget of the company set: \$40/ }).first();
  await audit.click();
  await page.getByText('40000000').first().waitFor();
  await page.getByRole('slider').focus();
  await page.keyboard.press('Home');
  await page.getByText(/^event 1 of \d+$/).waitFor();
  await page.getByText('There was no epic yet.').waitFor();
  await page.getByRole('radio', { name: 'What differs from now' }).click({ force: true });
  await page.getByText('The clock is slow').first().waitFor();
  await screen('history');
  await page.getByRole('radio', { name: 'What happens' }).click({ force: true });
  await page.getByRole('radio', { name: '500 events/s' }).click({ force: true });
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.getByRole('region', { name: 'The company then' }).getByText('The clock is slow').waitFor();
  await page.getByText('owner started “The clock is slow”').first().waitFor();
  await screen('history-film');
  expect(complaints).toEqual([]);
});
