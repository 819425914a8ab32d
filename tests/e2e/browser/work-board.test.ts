/** The work board by hand: cards are carried, refused with a reason, taken, handed in, selected, moved by keys. */
import type { Locator, Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { connectOwner } from '../../cli/owner-connection.ts';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { askForScreen, openScreen } from '../ui/steps.ts';
import { commandsIn, companyFrom } from './commands-in.ts';
import { openServedPage } from './served-page.ts';

const narrow = { width: 390, height: 844 };
const usual = { width: 1440, height: 900 };

/** Nobody works but the person at the page: what a card does, hands did. */
async function companyWithWork(dataDir: string): Promise<void> {
  const run = commandsIn(dataDir);
  await run('init', '--template', 'scaleup', '--name', 'Handmade');
  await run(
    'epic',
    'create',
    '--workflow',
    'feature',
    '--title',
    'Dark mode',
    '--description',
    'For the night',
  );
  await run('epic', 'create', '--workflow', 'bug', '--title', 'The sign-up button does nothing');
  await run('epic', 'create', '--workflow', 'launch', '--title', 'Ship the beta');
}

it('lets a person do the work by hand', { timeout: 240_000 }, async () => {
  const { page, complaints } = await openServedPage({ prepare: companyWithWork, args: ['--workers', '0'] });
  const screen = async (name: string) => {
    await photograph(page, 'browser', name, [usual]);
    expect(await violations(page), name).toEqual([]);
  };
  await openScreen(page, 'Work board');
  const ready = column(page, 'Ready');
  const working = column(page, 'Working');
  const done = column(page, 'Done');
  const prd = (place: Locator) => place.getByRole('link', { name: /^Write PRD/ });

  // What waits for another step can't be taken, and says why under the pointer.
  const mocks = column(page, 'Waiting').getByRole('link', { name: /^Create design mocks/ });
  await carry(page, mocks, working);
  await page.getByText('Not yet: waits for “Write PRD”').first().waitFor();
  await photograph(page, 'browser', 'board-refused', [usual]);
  await page.mouse.up();
  await mocks.waitFor();

  await carry(page, prd(ready), working);
  await page.getByRole('status').getByText('Take it', { exact: true }).waitFor();
  await photograph(page, 'browser', 'board-carry', [usual]);
  await page.mouse.up();
  await prd(working).waitFor();

  // Handing in asks for what was made.
  await carry(page, prd(working), done);
  await page.mouse.up();
  const dialog = page.getByRole('dialog', { name: 'Hand in “Write PRD”' });
  await dialog.getByLabel('What you made, in words').fill('# Dark mode\n\nEverything is dark.');
  await dialog.getByLabel('Files', { exact: true }).setInputFiles({
    name: 'colours.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('name,value\nground,#05070f\n'),
  });
  await dialog.getByText('colours.csv').waitFor();
  await screen('board-hand-in');
  await dialog.getByRole('button', { name: 'Hand in', exact: true }).click();
  await prd(column(page, 'At a gate')).waitFor();

  // By the keyboard alone: every place says what it would mean to go there.
  await ready.getByRole('link', { name: /^Reproduce bug/ }).focus();
  await page.keyboard.press('m');
  const move = page.getByRole('dialog', { name: 'Move “Reproduce bug”' });
  await move.getByRole('button', { name: /^Working Take it/ }).waitFor();
  await move.getByText('A task waits by itself, when something holds it.').waitFor();
  await screen('board-move');
  await move.getByRole('button', { name: /^Working Take it/ }).focus();
  await page.keyboard.press('Enter');
  await working.getByRole('link', { name: /^Reproduce bug/ }).waitFor();

  // Several at once.
  await ready.getByRole('link', { name: /^Create launch plan/ }).focus();
  await page.keyboard.press('x');
  await column(page, 'Waiting')
    .getByRole('link', { name: /^Fix bug/ })
    .click({ modifiers: ['Control'] });
  const bar = page.getByRole('region', { name: '2 cards selected' });
  await screen('board-selected');
  await choose(page, bar, 'Priority', 'Low');
  await page.getByText('2 tasks changed.').waitFor();
  await bar.waitFor({ state: 'hidden' });

  // Kept for one who may take one of the two: the other stays, and says why.
  await ready.getByRole('link', { name: /^Create launch plan/ }).focus();
  await page.keyboard.press('x');
  await working.getByRole('link', { name: /^Reproduce bug/ }).click({ modifiers: ['Control'] });
  await choose(page, bar, 'Keep for', 'pablo');
  await page.getByText('1 task changed.').waitFor();
  await page.getByText(/^1 was refused: /).waitFor();

  // A view of its own: by role, an epic a lane, with a limit.
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Keep as a view of its own…' }).click();
  await page.getByLabel('Name of the view').last().fill('By role');
  await page.keyboard.press('Enter');
  await choose(page, page, 'Columns', 'Columns: role');
  await choose(page, page, 'Lanes', 'Lanes: epic');
  await page.getByRole('region', { name: /^Dark mode: / }).waitFor();
  await page.getByRole('heading', { name: 'qa_eng' }).hover();
  await page.getByRole('button', { name: 'Limit of qa_eng' }).click();
  await page.getByRole('menuitem', { name: 'At most 2', exact: true }).click();
  await page.getByTitle('4 of at most 2').waitFor();
  await screen('board-lanes');
  await page.reload();
  await page.getByTitle('4 of at most 2').waitFor();
  await page.setViewportSize(narrow);
  await photograph(page, 'browser', 'board-narrow', [narrow]);
  await page.setViewportSize(usual);

  await choose(page, page, 'Views of the board', 'All work');
  await prd(column(page, 'At a gate')).waitFor();
  await page.getByRole('searchbox').fill('nothing like this');
  await page.getByText('No card fits').waitFor();
  await screen('board-nothing');
  await page.getByRole('button', { name: 'Show everything' }).click();
  await prd(column(page, 'At a gate')).waitFor();

  // Where the time of one epic went.
  await choose(page, page, 'Show the tasks of', 'Dark mode');
  await page.getByRole('link', { name: 'Timeline' }).click();
  const rows = page.getByRole('region', { name: 'Where the time of “Dark mode” went' });
  await rows.getByRole('img', { name: /^at gates: / }).waitFor();
  await rows.getByRole('img', { name: /^Attempt 1, owner: / }).waitFor();
  await screen('timeline');
  await page.getByRole('radio', { name: 'Steps' }).click({ force: true });
  await page.getByRole('list', { name: 'Steps and gates of feature' }).waitFor();
  expect(complaints).toEqual([]);
});

it('has thousands of cards, of which only those in sight are in the page, and leads the keys to all of them', async () => {
  const { page, dataDir, complaints } = await openServedPage({
    prepare: companyFrom('startup', '--name', 'Big'),
    args: ['--workers', '0'],
  });
  const owner = await connectOwner(dataDir, 'Big');
  onTestFinished(() => owner.close());
  const roles = ['engineer', 'pm', 'em', 'designer', 'qa_eng'];
  const create = (n: number) =>
    owner.command({ type: 'task.create', title: `Card ${n}`, roleId: roles[n % roles.length] ?? null });
  for (let n = 0; n < 5_000; n += 500) {
    await Promise.all(Array.from({ length: 500 }, (_, more) => create(n + more)));
  }
  await openScreen(page, 'Work board');
  const ready = column(page, 'Ready');
  await ready.getByText('5,000 tasks', { exact: false }).waitFor({ state: 'attached' });
  const cards = page.locator('[data-task]');
  const place = () =>
    page.evaluate(() => {
      const item = document.activeElement?.closest('li');
      return [item?.getAttribute('aria-posinset'), item?.getAttribute('aria-setsize')];
    });
  await expect.poll(() => cards.count()).toBeGreaterThan(5);
  expect(await cards.count()).toBeLessThan(60);
  await page.keyboard.press('ArrowDown');
  await expect.poll(place).toEqual(['1', '5000']);
  for (let n = 2; n <= 60; n += 1) {
    await page.keyboard.press('ArrowDown');
    await expect.poll(place).toEqual([String(n), '5000']);
  }
  expect(await cards.count()).toBeLessThan(100);
  // The card that had the focus is far away then, and the keys go on from it.
  await ready.locator('[data-cell]').evaluate((cell) => cell.scrollTo({ top: cell.scrollHeight }));
  await ready.locator('[aria-posinset="5000"]').waitFor();
  expect(await cards.count()).toBeLessThan(60);
  await page.keyboard.press('ArrowUp');
  await expect.poll(place).toEqual(['59', '5000']);
  await choose(page, page, 'Lanes', 'Lanes: role');
  await page.getByRole('region', { name: /^designer: / }).waitFor();
  expect(await cards.count()).toBeLessThan(100);
  // A lane that is not in sight is not in the page; the keys lead there all the same.
  const last = page.getByRole('region', { name: /^qa_eng: / });
  expect(await last.count()).toBe(0);
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  await page
    .getByRole('region', { name: /^designer: / })
    .locator('[data-task]')
    .first()
    .focus();
  for (const role of ['em', 'engineer', 'pm', 'qa_eng']) {
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused).toMatch(new RegExp(`${role}\\b`));
  }
  await last.waitFor();
  expect(await cards.count()).toBeLessThan(100);
  await page.getByRole('searchbox').fill('card 4321');
  await expect.poll(() => cards.count()).toBe(1);
  // What happens meanwhile is there at once, if it is looked for.
  await create(4_321);
  await expect.poll(() => cards.count()).toBe(2);

  // A view keeps its words and its priority, over a look at another view and a reload.
  await page.getByRole('searchbox').fill('card 99');
  await choose(page, page, 'Any priority', 'Normal');
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Keep as a view of its own…' }).click();
  await page.getByLabel('Name of the view').last().fill('Nines');
  await page.keyboard.press('Enter');
  await choose(page, page, 'Views of the board', 'All work');
  await page.getByRole('searchbox').fill('');
  await choose(page, page, 'Views of the board', 'Nines');
  await page.reload();
  await page.getByRole('searchbox').waitFor();
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('card 99');
  await page.getByRole('button', { name: /^Normal/ }).waitFor();

  // Any number is a limit, and a card that would go beyond it is told so while it is carried.
  await choose(page, page, 'Lanes', 'No lanes');
  await page.getByRole('heading', { name: 'Working' }).hover();
  await page.getByRole('button', { name: 'Limit of Working' }).click();
  await page.getByRole('menuitem', { name: 'Another number …' }).click();
  await page.getByRole('spinbutton', { name: 'Limit of Working' }).fill('1');
  await page.getByRole('spinbutton', { name: 'Limit of Working' }).press('Enter');
  await page.getByTitle('0 of at most 1').waitFor();
  const { events } = await create(9_999);
  const [made] = events.flatMap(({ event }) => (event.type === 'task.created' ? [event.task.id] : []));
  await owner.command({ type: 'task.claim', taskId: made ?? null });
  await page.getByTitle('1 of at most 1').waitFor();
  await carry(page, ready.locator('[data-task]').first(), column(page, 'Working'));
  await page.getByRole('status').getByText('2 of at most 1').waitFor();
  await page.mouse.up();
  // It is gone from where it was, so that the first one is another.
  await page.getByTitle('2 of at most 1').waitFor();

  // Several are cancelled at once, when that is said twice and why.
  await ready.locator('[data-task]').first().focus();
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  const bar = page.getByRole('region', { name: '2 cards selected' });
  await bar.getByRole('button', { name: 'Cancel…' }).click();
  const sure = page.getByRole('dialog', { name: 'Cancel 2 tasks?' });
  await sure.getByLabel('Why').fill('there are enough');
  await sure.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByText('2 tasks changed.').waitFor();
  await bar.waitFor({ state: 'detached' });
  const cancelled = async () =>
    (await owner.query('tasks', {})).filter(({ task }) => task.state === 'cancelled').length;
  await expect.poll(cancelled).toBe(2);

  // What can't be a name leads to no screen, and to no failure either.
  for (const [address, what] of [
    ['/workflows/Bad Name', 'There is no such page'],
    ['/gates/nothing', 'There is no such gate'],
  ] as const) {
    await page.evaluate((hash) => location.assign(`#${encodeURI(hash)}`), address);
    await page.getByRole('heading', { name: what }).waitFor();
  }
  expect(complaints).toEqual([]);

  // A screen whose code is on its way says so; one whose code never comes leaves the rest usable.
  await page.reload();
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/org-screen.*\.js$/, async (route) => {
    await released;
    await route.continue();
  });
  await page.route(/workflows-screen.*\.js$/, (route) => route.abort());
  await askForScreen(page, 'Org chart');
  await page
    .getByRole('main')
    .getByRole('status', { name: /^Loading/ })
    .waitFor();
  release();
  await page.getByRole('application', { name: /^Org chart/ }).waitFor();
  await askForScreen(page, 'Workflows');
  await page.getByRole('main').getByRole('alert').waitFor();

  // A screen that breaks while it is drawn says what broke, comes back when asked, and leaves the rest usable.
  const torn =
    "export function Settings() { if (!globalThis.isMended) throw new Error('it is torn'); return 'Whole again'; }";
  await page.route(/\/settings-[^/]*\.js$/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: torn }),
  );
  await askForScreen(page, 'Settings');
  await page.getByRole('heading', { name: 'This screen broke' }).waitFor();
  const broken = page.getByRole('main').getByRole('alert').filter({ hasText: 'A fault of ours.' });
  await broken.getByText('it is torn').waitFor();
  expect(await violations(page)).toEqual([]);
  await broken.getByRole('button', { name: 'Show it again' }).click();
  await broken.getByText('it is torn').waitFor();
  await page.evaluate(() => Object.assign(globalThis, { isMended: true }));
  await broken.getByRole('button', { name: 'Show it again' }).click();
  await page.getByText('Whole again').waitFor();
  await openScreen(page, 'Work board');
  await page.getByRole('heading', { name: 'Work board' }).waitFor();
});

function column(page: Page, name: string): Locator {
  return page.getByRole('region', { name: new RegExp(`^${name}: `) });
}

/** Carries a card over a place and holds it there. */
async function carry(page: Page, card: Locator, place: Locator): Promise<void> {
  await card.hover();
  await page.mouse.down();
  const box = await place.boundingBox();
  if (!box) throw new Error('the place is not on the screen');
  // The second step is over the place already, which then hears of the card.
  await page.mouse.move(box.x + box.width / 2, box.y + 120, { steps: 6 });
  await page.mouse.move(box.x + box.width / 2 + 2, box.y + 122, { steps: 2 });
}

async function choose(page: Page, within: Page | Locator, select: string, option: string): Promise<void> {
  await within.getByRole('button', { name: new RegExp(`${select}$`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}
