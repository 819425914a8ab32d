/** The workflow editor in a real browser: lines led and refused, gates dropped, YAML both ways, versions, and all by keys. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import type { Seq } from '../../../src/core/ids.ts';
import { connectOwner } from '../../cli/owner-connection.ts';
import { violations } from '../ui/accessibility.ts';
import { centreOf } from '../ui/pointer.ts';
import { photograph } from '../ui/screenshots.ts';
import { openScreen, startEpic } from '../ui/steps.ts';
import type { CompanyPage } from './shared-host.ts';
import { shareHost } from './shared-host.ts';

const openCompany = shareHost('Draws', 'Texts', 'Keys');

async function openWorkflow(company: string, name: string): Promise<CompanyPage> {
  const opened = await openCompany(company);
  const { page } = opened;
  await openScreen(page, 'Workflows');
  await page.getByRole('navigation', { name: 'Workflows' }).getByRole('link', { name }).click();
  await item(page, 'step:1').waitFor();
  return opened;
}

const stage = (page: Page): Locator => page.getByRole('application', { name: /^Workflow/ });
const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Panel' });
const item = (page: Page, id: string): Locator => stage(page).locator(`.react-flow__node[data-id="${id}"]`);
const bar = (page: Page, text: RegExp): Locator => page.getByRole('region', { name: text });

/** Leads a line from the end of one thing to the beginning of another. */
async function lead(page: Page, from: string, to: string): Promise<void> {
  const start = await centreOf(item(page, from).locator('.react-flow__handle.source'));
  const end = await centreOf(item(page, to).locator('.react-flow__handle.target'));
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2 - 40, { steps: 6 });
  await page.mouse.move(end.x, end.y, { steps: 6 });
  await page.mouse.up();
}

it('draws a workflow: lines, gates, signatures; refuses what can’t be; applies what was looked at; goes back', async () => {
  const { page, dataDir, complaints } = await openWorkflow('Draws', 'feature');
  await photograph(page, 'browser', 'workflow');
  expect(await violations(page)).toEqual([]);
  await panel(page).getByText('6 steps · 5 gates').waitFor();

  await lead(page, 'step:6', 'step:2');
  await page.getByRole('alert').getByText('so they would wait for each other').waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();

  await lead(page, 'gate:design_kickoff', 'step:4');
  await bar(page, /1 change$/).waitFor();
  await item(page, 'step:4').getByText('waits for all 2').waitFor();

  await page.getByRole('button', { name: /Fit the whole workflow/ }).click();
  await page.getByRole('button', { name: 'Gate', exact: true }).dragTo(item(page, 'step:6'));
  await item(page, 'gate:review').waitFor();
  await panel(page).getByLabel('Name', { exact: true }).fill('go_live');
  await panel(page).getByLabel('Name', { exact: true }).press('Enter');
  await item(page, 'gate:go_live').waitFor();
  await panel(page).getByText('At least one human').click();
  await panel(page).getByLabel('Time limit').fill('soon');
  await panel(page).getByLabel('Time limit').press('Enter');
  await panel(page).getByText('A duration such as 90s, 15m, 1h or 2d').waitFor();
  await panel(page).getByLabel('Time limit').fill('4h');
  await panel(page).getByLabel('Time limit').press('Enter');
  await panel(page).getByRole('radio', { name: 'Send it back' }).click({ force: true });
  await photograph(page, 'browser', 'workflow-gate');
  expect(await violations(page)).toEqual([]);

  await bar(page, /^A draft/)
    .getByRole('button', { name: 'Review …' })
    .click();
  const review = page.getByRole('dialog', { name: 'What changes in feature' });
  await review.getByText('waits for 3 → 3 + 1').waitFor();
  await photograph(page, 'browser', 'workflow-review', [{ width: 1440, height: 900 }]);
  expect(await violations(page)).toEqual([]);
  await review.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('feature is version 2 now').waitFor();
  await bar(page, /^A draft/).waitFor({ state: 'detached' });

  await panel(page).getByRole('radio', { name: 'Versions' }).click({ force: true });
  const versions = panel(page).getByRole('list', { name: 'Versions' }).getByRole('listitem');
  await expect.poll(() => panel(page).getByRole('button', { expanded: false }).count()).toBe(2);
  await versions.last().getByRole('button').click();
  await panel(page).getByRole('button', { name: 'Put it into the draft' }).click();
  await item(page, 'gate:go_live').waitFor({ state: 'detached' });
  expect(await violations(page)).toEqual([]);
  // By the keys of every editor: back, and again.
  await page.keyboard.press('ControlOrMeta+z');
  await item(page, 'gate:go_live').waitFor();
  for (const again of ['ControlOrMeta+Shift+z', 'ControlOrMeta+y']) {
    await page.keyboard.press(again);
    await item(page, 'gate:go_live').waitFor({ state: 'detached' });
    await page.keyboard.press('ControlOrMeta+z');
    await item(page, 'gate:go_live').waitFor();
  }
  // What was applied is taken back in the same way: as a draft, to be looked at and applied.
  await page.getByRole('button', { name: 'Undo: Take back what was applied' }).click();
  await item(page, 'gate:go_live').waitFor({ state: 'detached' });
  await bar(page, /^A draft/)
    .getByRole('button', { name: 'Review …' })
    .click();
  await review.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('feature is version 3 now').waitFor();
  const owner = await connectOwner(dataDir, 'Draws');
  onTestFinished(() => owner.close());
  const stepsAt = async (seq?: Seq) => {
    const { workflows } = await owner.query('snapshot', seq === undefined ? {} : { at: { seq } });
    return workflows.find(({ id }) => id === 'feature')?.steps;
  };
  const { entries } = await owner.query('audit', { types: ['workflow.defined'], object: 'feature' });
  expect(entries).toHaveLength(3);
  expect(await stepsAt()).toEqual(await stepsAt(entries.at(-1)?.seq));
  expect(await stepsAt()).not.toEqual(await stepsAt(entries[1]?.seq));
  expect(complaints).toEqual([]);
});

it('keeps drawing and text the same, and the last good drawing while the text is broken', async () => {
  const { page, dataDir, complaints } = await openWorkflow('Texts', 'bug');
  // The text takes more room than what it stands in for: the drawing stays in the middle of what is left.
  const offMiddle = async () =>
    Math.abs((await centreOf(item(page, 'step:1'))).x - (await centreOf(stage(page))).x);
  expect(await offMiddle()).toBeLessThan(2);
  const { x } = await centreOf(stage(page));
  await panel(page).getByRole('radio', { name: 'YAML' }).click({ force: true });
  await expect.poll(async () => (await centreOf(stage(page))).x).toBeLessThan(x);
  await expect.poll(offMiddle).toBeLessThan(2);
  const text = panel(page).getByLabel('The workflow as YAML');
  const before = await text.inputValue();
  await text.fill(before.replace(/title: .*/, 'title: Look at it # first of all'));
  await item(page, 'step:1').getByText('Look at it').waitFor();
  await text.fill(`${before}\n   - [`);
  await panel(page).getByText('Can’t be read: the drawing stays as it was').waitFor();
  await item(page, 'step:1').getByText('Look at it').waitFor();
  await photograph(page, 'browser', 'workflow-yaml', [{ width: 1440, height: 900 }]);
  expect(await violations(page)).toEqual([]);
  // What is wrong is said at its line, whatever stands above it.
  const wrong = panel(page).getByRole('list', { name: 'What is wrong in the text' });
  const last = `${before}\n   - [`.split('\n').length;
  await wrong.getByText(`line ${last}`, { exact: true }).first().waitFor();
  const tabbed = before.replace(/^ *role:/m, '\trole:');
  await text.fill(tabbed);
  await wrong.getByText('Tabs are not allowed as indentation').waitFor();
  const at = tabbed.split('\n').findIndex((line) => line.startsWith('\t')) + 1;
  await wrong.getByText(`line ${at}`, { exact: true }).waitFor();
  // What is drawn until it can be read stays.
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await stage(page).getByText('New step').waitFor();
  await text.fill(before.replace(/title: .*/, 'title: Look twice'));
  await page.getByRole('button', { name: /Fit the whole workflow/ }).click();
  await item(page, 'step:1').getByText('Look twice').waitFor();
  await stage(page).getByText('New step').waitFor();
  expect(await text.inputValue()).toContain('New step');
  for (const what of ['Edit the YAML', 'Add New step']) {
    await page.getByRole('button', { name: `Undo: ${what}` }).click();
  }
  await page.getByRole('button', { name: /Fit the whole workflow/ }).click();
  await item(page, 'step:1').getByText('Look at it').waitFor();
  await text.fill(`# Ours\n\n${before.replace('name: bug', 'name: bugs')}`);
  await wrong.getByText('This is the workflow bugs').waitFor();
  await wrong.getByText('line 3', { exact: true }).waitFor();

  // A file takes the place of the text, comments and all; and what is saved is the text.
  const file = before.replace(/title: .*/, 'title: Look at it # first of all');
  const chooser = page.waitForEvent('filechooser');
  await panel(page).getByRole('button', { name: 'Open', exact: true }).click();
  await (await chooser).setFiles({ name: 'bug.yaml', mimeType: 'text/yaml', buffer: Buffer.from(file) });
  await panel(page).getByText('Same as the drawing').waitFor();
  expect(await text.inputValue()).toBe(file);

  await item(page, 'step:1').click();
  await page.keyboard.press('n');
  await panel(page).getByRole('radio', { name: 'YAML' }).click({ force: true });
  await expect.poll(() => text.inputValue()).toContain('New step');
  expect(await text.inputValue()).toContain('# first of all');
  const download = page.waitForEvent('download');
  await panel(page).getByRole('button', { name: 'Save', exact: true }).click();
  expect((await download).suggestedFilename()).toBe('bug.yaml');
  expect(await readFile(await (await download).path(), 'utf8')).toBe(await text.inputValue());
  await page.reload();
  await bar(page, /^A draft/).waitFor();
  await page.getByRole('button', { name: 'Undo: Add New step' }).waitFor();
  // Nothing brings back what is discarded, so it is asked for once.
  await page.getByRole('button', { name: 'Discard' }).click();
  const discard = page.getByRole('dialog', { name: 'Discard the draft?' });
  await discard.getByRole('listitem').filter({ hasText: 'New step' }).waitFor();
  await discard.getByRole('button', { name: 'Keep the draft' }).last().click();
  await discard.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo: Add New step' }).waitFor();

  // Whatever a company lacks is one press away, each kind of repair.
  const owner = await connectOwner(dataDir, 'Texts');
  onTestFinished(() => owner.close());
  const auditor = { id: 'auditor', title: 'Auditor', department: 'qa' };
  await owner.command({ type: 'role.define', role: auditor });
  await panel(page).getByRole('radio', { name: 'YAML' }).click({ force: true });
  await text.fill(
    file
      .replace('requires: { em: 1 }', 'requires: { auditor: 1 }')
      .replace('role: qa_eng', 'role: qa_eng\n    requires_capabilities: [approve_budget]'),
  );
  await item(page, 'gate:triage').getByText('auditor', { exact: false }).first().waitFor();
  await panel(page).getByText('Same as the drawing').waitFor();
  await owner.command({ type: 'role.remove', roleId: auditor.id });
  await panel(page).getByRole('radio', { name: 'Inspect' }).click({ force: true });
  await stage(page).focus();
  await page.keyboard.press('Escape');
  const lacks = panel(page).getByRole('list', { name: 'What stands in the way' });
  for (const [why, act] of [
    ['Only the owner can sign gate triage as auditor', 'Define and add auditor'],
    ['lack a capability of approve_budget', 'Add a qa_eng who has it'],
  ] as const) {
    await lacks.getByText(why).first().waitFor();
    await lacks.getByRole('button', { name: act }).click();
    await lacks.getByRole('button', { name: act }).waitFor({ state: 'detached' });
  }
  await panel(page).getByText('and every gate can be opened').waitFor();
  const members = await owner.query('members', {});
  expect(members.map(({ member: { kind, roleIds } }) => `${kind} ${roleIds}`)).toEqual(
    expect.arrayContaining(['agent auditor', 'agent qa_eng_plus']),
  );
  expect(complaints).toEqual([]);
});

it('is drawn from nothing by the keyboard alone, and says what this company lacks', async () => {
  const { page, complaints } = await openWorkflow('Keys', 'bug');
  await page.getByRole('button', { name: 'New workflow' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'A new workflow' });
  await dialog.getByLabel('Name').fill('Bad Name');
  await page.keyboard.press('Enter');
  await dialog.getByText('Small letters, digits and _, beginning with a letter').waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByLabel('Name').fill('release_train');
  await page.keyboard.press('Enter');
  await stage(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('n');
  await item(page, 'step:2').waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('n');
  await item(page, 'step:3').waitFor();
  await page.keyboard.press('c');
  await page.getByText('choose a step with the arrow keys').first().waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await bar(page, /^A draft of a new workflow/).waitFor();
  await page.keyboard.press('g');
  await item(page, 'gate:review').waitFor();
  await page.keyboard.press('Enter');
  const gateName = panel(page).getByLabel('Name', { exact: true });
  await expect.poll(() => gateName.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('release_check');
  await page.keyboard.press('Enter');
  await item(page, 'gate:release_check').waitFor();
  await photograph(page, 'browser', 'workflow-new');

  // A role that only the owner has: the step is red, says why, and offers what helps.
  await item(page, 'step:2').click();
  await panel(page).getByRole('button', { name: /Role$/ }).click();
  await page.getByRole('option', { name: 'ceo', exact: true }).click();
  const lacks = panel(page).getByRole('list', { name: 'What stands in the way' });
  await lacks.getByText(/^Nobody can take step 2 .*: no member is ceo/).waitFor();
  await item(page, 'step:2')
    .getByTitle(/^Nobody can take step 2/)
    .waitFor();
  await photograph(page, 'browser', 'workflow-lacks');
  expect(await violations(page)).toEqual([]);
  await lacks.getByRole('button', { name: 'Add ceo' }).press('Enter');
  await lacks.waitFor({ state: 'detached' });
  await expect
    .poll(() =>
      item(page, 'step:2')
        .getByTitle(/^Nobody/)
        .count(),
    )
    .toBe(0);
  await panel(page).getByRole('listitem').getByText('ceo', { exact: true }).waitFor();

  // More signatures than there are members left to give them, for whoever does the work can't.
  await item(page, 'gate:release_check').click();
  const more = panel(page).getByRole('button', { name: /^One .* more$/ });
  while ((await lacks.count()) === 0) await more.press('Enter');
  await lacks.getByText(/self-approval is forbidden/).waitFor();
  await lacks.getByRole('button', { name: 'Allow self-approval' }).press('Enter');
  await lacks.getByText(/self-approval is forbidden/).waitFor({ state: 'detached' });
  await more.press('Enter');
  await lacks.getByText(/^Nobody can open gate release_check/).waitFor();
  await item(page, 'gate:release_check').locator('circle.fill-failure').waitFor();
  await photograph(page, 'browser', 'workflow-slots');
  await panel(page)
    .getByRole('button', { name: /^One .* fewer$/ })
    .press('Enter');
  await lacks.getByText(/^Nobody can open gate release_check/).waitFor({ state: 'detached' });
  await bar(page, /^A draft of a new workflow/)
    .getByRole('button', { name: 'Review …' })
    .press('Enter');
  await page
    .getByRole('dialog', { name: 'What changes in release_train' })
    .getByRole('button', { name: 'Apply' })
    .press('Enter');
  await page.getByText('release_train is version 1 now').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await openScreen(page, 'Work board');
  await page.keyboard.press('n');
  await startEpic(page, 'release_train', 'The spring release');
  await page
    .getByRole('link', { name: /^New step/ })
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
});
