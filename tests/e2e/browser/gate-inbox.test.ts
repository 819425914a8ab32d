/** The inbox of gates: time that runs out, passing on, setting aside, and several like gates under one note. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { announced, loadHome, openScreen, tabTo } from '../ui/steps.ts';
import { commandsIn } from './commands-in.ts';
import { openServedPage } from './served-page.ts';

const workflow = `name: polish
version: 1
priority: NORMAL
steps:
  - id: work
    title: Polish it
    role: engineer
    gates:
      - { name: shine, position: after, requires: { em: 1 }, human_required: true, timeout: 2h }
`;

const prepare = async (dataDir: string) => {
  const run = commandsIn(dataDir);
  const file = path.join(dataDir, 'polish.yaml');
  await run('init', '--template', 'scaleup', '--name', 'Night Shift');
  await writeFile(file, workflow);
  await run('workflow', 'set', file);
  await run('member', 'add', 'hera', '--role', 'em', '--kind', 'human');
  for (const title of ['Lamps', 'Doors']) await polish(dataDir, title);
};

const polish = (dataDir: string, title: string) =>
  commandsIn(dataDir)('epic', 'create', '--workflow', 'polish', '--title', title);

it('lets a person pass gates on, set them aside, and sign those together that they have opened', async () => {
  const { page, complaints, dataDir } = await openServedPage({ prepare });
  await openScreen(page, 'Gates');
  const group = (name: string) => page.getByRole('region', { name, exact: true }).getByRole('link');
  await expect.poll(() => group('Needs you').count(), { timeout: 60_000 }).toBe(2);
  // Whoever does not see what comes now hears of it.
  await polish(dataDir, 'Floor');
  await expect
    .poll(() => announced(page, 'polite'), { timeout: 60_000 })
    .toMatch(/shine asks you to sign as em|[23] gates ask you to sign/);
  await expect.poll(() => group('Needs you').count(), { timeout: 60_000 }).toBe(3);
  await group('Needs you').first().click();
  const gate = page.getByRole('article', { name: 'shine' });

  const time = gate.getByRole('region', { name: 'Time left' });
  await time
    .getByRole('timer')
    .getByText(/^1 h 5\d min$/)
    .waitFor();
  await time.getByText('If nobody signs by then, vp_eng is asked in the place of em.').waitFor();
  await gate.getByRole('region', { name: 'What it came to' }).getByText('Attempts').waitFor();
  expect(await violations(page)).toEqual([]);
  await photograph(page, 'browser', 'gate-inbox');

  await gate.getByRole('button', { name: 'Set aside' }).click();
  const aside = page.getByRole('dialog', { name: 'Set shine aside' });
  expect(await aside.getByRole('button', { name: 'Set aside' }).isDisabled()).toBe(true);
  await aside.getByLabel('Why').fill('The light is bad.');
  expect(await violations(page)).toEqual([]);
  // The dialog hides the page from those who do not see it, but not what is said.
  const isHidden = page
    .locator('[data-live-announcer]')
    .evaluate((one) => one.closest('[inert], [aria-hidden=true]') !== null);
  expect(await isHidden).toBe(false);
  await aside.getByRole('button', { name: 'Set aside' }).click();
  await gate.getByText(/^You have set it aside; back in 5\d min\.: The light is bad\.$/).waitFor();
  expect(await group('Needs you').count()).toBe(2);
  expect(await group('Set aside by you').count()).toBe(1);
  await gate.getByRole('button', { name: 'Take it up' }).click();
  await expect.poll(() => group('Needs you').count()).toBe(3);

  await gate.getByRole('button', { name: 'Pass on' }).click();
  const pass = page.getByRole('dialog', { name: 'Pass shine on' });
  await pass.getByLabel('What they should know').fill('You know lamps.');
  await photograph(page, 'browser', 'gate-pass-on');
  expect(await violations(page)).toEqual([]);
  await pass.getByRole('button', { name: 'Ask hera' }).click();
  await gate.getByText('owner asked hera to sign as em.').waitFor();
  await gate.getByRole('region', { name: 'Sign-offs' }).getByText('owner asked hera').waitFor();
  await expect.poll(() => group('Others are asked').count()).toBe(1);
  await gate.getByRole('button', { name: 'Take back' }).click();
  await expect.poll(() => group('Needs you').count()).toBe(3);

  // Two were opened. The third is listed, can't be chosen, and says why.
  await group('Needs you').nth(1).click();
  await page.getByRole('button', { name: 'Sign 3 like shine' }).click();
  const together = page.getByRole('dialog', { name: 'Several of shine' });
  expect(await together.getByRole('checkbox', { disabled: true }).count()).toBe(1);
  await together.getByRole('link', { name: /^Not opened yet: look first at / }).waitFor();
  await together.getByLabel('Note for each of them').fill('Shiny.');
  expect(await violations(page)).toEqual([]);
  await photograph(page, 'browser', 'gates-together');
  await together.getByRole('button', { name: 'Approve 2' }).click();
  await together.getByText('2 decided.').waitFor();
  await together.getByRole('button', { name: 'Close' }).last().click();
  await expect.poll(() => group('Needs you').count()).toBe(1);

  // The last one by the keyboard alone, from the load of the page: the inbox, the gate, what is signed, a note, the signature.
  await loadHome(page);
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  // The screen has the focus, so that the way into it is short.
  await tabTo(page, group('Needs you'), 6);
  await page.keyboard.press('Enter');
  await tabTo(page, gate.getByRole('button', { name: 'Copy the SHA-256 that is signed' }));
  await gate
    .getByRole('region', { name: 'What is signed' })
    .getByRole('article')
    .or(gate.getByRole('tab'))
    .first()
    .waitFor();
  await tabTo(page, gate.getByLabel('Note'));
  await page.keyboard.type('Shiny, too.');
  await tabTo(page, gate.getByRole('button', { name: /^Approve/ }));
  await page.keyboard.press('Enter');
  await gate.getByRole('region', { name: 'Sign-offs' }).getByText('Shiny, too.').waitFor();
  await gate.getByText('Open', { exact: true }).waitFor();
  // What was pressed is gone; the keys go on from the gate.
  expect(await gate.evaluate((one) => one === document.activeElement)).toBe(true);
  expect(complaints).toEqual([]);
});
