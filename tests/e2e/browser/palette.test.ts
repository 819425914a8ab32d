/** The command palette does what it names: each act of a screen from another screen, and acts about one thing. */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { screenActNames } from '../../../src/renderer/app/palette/act-strings.ts';
import { screenActs } from '../../../src/renderer/app/palette/screen-acts.ts';
import type { ScreenAct } from '../../../src/renderer/lib/acts.ts';
import { violations } from '../ui/accessibility.ts';
import { commandsIn } from './commands-in.ts';
import { openServedPage } from './served-page.ts';

async function companyWithWork(dataDir: string): Promise<void> {
  const run = commandsIn(dataDir);
  await run('init', '--template', 'startup', '--name', 'Garage');
  await run('epic', 'create', '--workflow', 'bug', '--title', 'The clock is wrong');
}

const dialog = (name: string) => (page: Page) => page.getByRole('dialog', { name });
const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { name });
const fieldWithFocus = (page: Page) => page.locator('main input:focus');
const chart = (page: Page) => page.getByRole('application', { name: /^Org chart/ });
const panelShows = (name: string) => (page: Page) =>
  page.getByRole('complementary', { name: 'Panel' }).getByRole('radio', { name, checked: true });
const drafted = (page: Page) => page.getByRole('region', { name: /not applied yet$|^A draft/ });

/** What is there afterwards, of each that is offered on every screen; null: a file, which a test of its screen looks at. */
const outcomes: Partial<Record<ScreenAct, ((page: Page) => Locator) | null>> = {
  'board.find': fieldWithFocus,
  'board.reviews': (page) => page.getByRole('button', { name: 'Reviews', pressed: true }),
  'board.keep-view': dialog('Name of the view'),
  'board.rename-view': dialog('Name of the view'),
  'workers.spawn': dialog('Start workers'),
  'workers.limits': dialog('Limits of this host'),
  'threads.start': dialog('New thread'),
  'threads.direct': dialog('New direct message'),
  'costs.budget': dialog('Set a budget'),
  'channels.add': dialog('New channel'),
  'reviews.start': fieldWithFocus,
  'tokens.make': dialog('New token'),
  'tokens.withdraw': heading('Access tokens'),
  'settings.find': fieldWithFocus,
  'history.play': heading('History'),
  'history.now': heading('History'),
  'history.step': heading('History'),
  'history.landmark': heading('History'),
  'history.compare': (page) => page.getByRole('slider').nth(1),
  'plugins.install': (page) => page.getByRole('dialog'),
  'org.add-member': drafted,
  'org.add-team': drafted,
  'org.add-department': drafted,
  'org.find': fieldWithFocus,
  'org.fold': chart,
  'org.map': chart,
  'org.list': (page) => page.getByRole('treegrid', { name: 'Org chart' }),
  'org.yaml': panelShows('YAML'),
  'org.versions': panelShows('Versions'),
  'org.merge': dialog('Merge a template’s new version'),
  'org.svg': null,
  'org.png': null,
  'workflows.new': dialog('A new workflow'),
  'flow.add-step': drafted,
  'flow.add-gate': drafted,
  'flow.yaml': panelShows('YAML'),
  'flow.versions': panelShows('Versions'),
};

it('leads from anywhere to what it names', { timeout: 240_000 }, async () => {
  const { page, complaints } = await openServedPage({ prepare: companyWithWork, args: ['--workers', '0'] });
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  const choose = async (words: string, name: string) => {
    await page.keyboard.press('ControlOrMeta+k');
    const palette = page.getByRole('dialog', { name: 'Commands' });
    await palette.getByRole('combobox').fill(words);
    await palette
      .getByRole('option', { name: new RegExp(`^${name.replaceAll(/[()?.]/g, '.')}`) })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await palette.waitFor({ state: 'hidden' });
  };
  const elsewhere = (Object.keys(screenActs) as ScreenAct[]).filter((id) => screenActs[id].at !== null);
  expect(Object.keys(outcomes).sort()).toEqual([...elsewhere].sort());
  for (const id of elsewhere) {
    const outcome = outcomes[id];
    if (!outcome) continue;
    await choose(screenActNames[id], screenActNames[id]);
    await outcome(page).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }

  // About one thing, by a word of what to do and a part of its name.
  await choose('move repro', 'Move Reproduce bug');
  await dialog('Move “Reproduce bug”')(page).waitFor();
  await page.keyboard.press('Escape');
  await choose('high repro', 'Give high priority to Reproduce bug');
  const drawer = page.getByRole('complementary', { name: 'Task' });
  await drawer.getByRole('img', { name: 'Priority: High' }).first().waitFor();
  await choose('cancel repro', 'Cancel Reproduce bug');
  await page.getByRole('dialog').getByRole('textbox').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await choose('delete launch', 'Delete the workflow launch');
  await page
    .getByRole('dialog')
    .getByText(/launch/)
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
  await choose('show ada', 'Show ada in the org chart');
  await page.getByRole('complementary', { name: 'Panel' }).getByRole('heading', { name: 'ada' }).waitFor();
  await choose('discard draft', 'Discard the draft of the org chart');
  await page
    .getByRole('dialog', { name: 'Discard the draft?' })
    .getByRole('button', { name: 'Discard' })
    .press('Enter');
  await choose('duplicate', 'Duplicate what is selected');
  await page.getByRole('region', { name: '1 change not applied yet' }).waitFor();
  expect(complaints).toEqual([]);
});
