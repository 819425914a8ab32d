/** The org chart in a real browser: cards dragged and refused, a draft applied when its reach is read, YAML both ways, and all by keys. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { projectFolder } from '../../../build/project-folder.ts';
import { connectOwner } from '../../cli/owner-connection.ts';
import { runAgentcoord } from '../../cli/run-agentcoord.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { violations } from '../ui/accessibility.ts';
import { centreOf } from '../ui/pointer.ts';
import { photograph } from '../ui/screenshots.ts';
import { loadHome, openScreen, tabTo } from '../ui/steps.ts';
import type { CompanyPage } from './shared-host.ts';
import { shareHost } from './shared-host.ts';

const openCompany = shareHost('Drags', 'Texts', 'Keys', 'Work', 'Whole');

async function openChart(company: string): Promise<CompanyPage> {
  const opened = await openCompany(company);
  await openScreen(opened.page, 'Org chart');
  await card(opened.page, 'ann').waitFor();
  return opened;
}

const stage = (page: Page): Locator => page.getByRole('application', { name: /^Org chart/ });
const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Panel' });

/** A member's card, by the avatar on it. */
function card(page: Page, name: string): Locator {
  const avatar = page.getByRole('img', { name: new RegExp(`^${name}, `) });
  return stage(page).locator('[data-item^=member_], [data-item^=new_]').filter({ has: avatar });
}

/** Holds the card over the other, and looks at what is said before letting go. */
async function drag(page: Page, from: Locator, to: Locator, meanwhile: () => Promise<void>): Promise<void> {
  const [start, end] = [await centreOf(from), await centreOf(to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 10, start.y + 10, { steps: 3 });
  await page.mouse.move(end.x, end.y, { steps: 8 });
  await meanwhile();
  await page.mouse.up();
}

/** What the menu of the chart saves as a file of that name. */
async function saveBy(page: Page, act: string, name: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: act }).click();
  expect((await download).suggestedFilename()).toBe(name);
  return await readFile(await (await download).path());
}

interface ReadSvg {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly string[];
  /** Whatever it would have to fetch to be drawn. */
  readonly references: readonly string[];
}

/** As a browser reads it that has nothing but the file. */
function readSvg(page: Page, svg: string): Promise<ReadSvg> {
  return page.evaluate((source) => {
    const { documentElement: root } = new DOMParser().parseFromString(source, 'image/svg+xml');
    if (root.tagName !== 'svg') throw new Error(root.textContent ?? 'no picture');
    const all = [root, ...root.querySelectorAll('*')];
    const [width = 0, height = 0] = ['width', 'height'].map((name) => Number(root.getAttribute(name)));
    return {
      width,
      height,
      texts: [...root.querySelectorAll('text')].map(({ textContent }) => textContent ?? ''),
      references: all.flatMap((element) => [
        ...(/^(image|script|use|style|foreignObject|link)$/.test(element.tagName) ? [element.tagName] : []),
        ...[...element.attributes]
          .filter(({ name, value }) => /href|^on/.test(name) || /url\(|var\(/.test(value))
          .map(({ name }) => name),
      ]),
    };
  }, svg);
}

function readPng(page: Page, png: Buffer): Promise<{ width: number; height: number; colours: number }> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const { width, height } = picture;
    const pen = new OffscreenCanvas(width, height).getContext('2d');
    if (!pen) throw new Error('there is nothing to draw on');
    pen.drawImage(picture, 0, 0);
    const pixels = new Uint32Array(pen.getImageData(0, 0, width, height).data.buffer);
    return { width, height, colours: new Set(pixels).size };
  }, png.toString('base64'));
}

const teamOf = (page: Page): Promise<string | null> =>
  panel(page).getByRole('button', { name: /Team$/ }).textContent();

it('drags cards, says why not, takes back, and applies what is understood', async () => {
  const { page, complaints } = await openChart('Drags');
  await photograph(page, 'browser', 'org-chart');
  expect(await violations(page)).toEqual([]);

  await drag(page, card(page, 'ann'), card(page, 'rita'), async () => {
    await page.getByText('Move to platform').waitFor();
    await photograph(page, 'browser', 'org-chart-drag', [{ width: 1440, height: 900 }]);
  });
  await page.getByRole('region', { name: '1 change not applied yet' }).waitFor();
  expect(await teamOf(page)).toContain('platform');
  await page.getByRole('button', { name: 'Undo: Move ann to platform' }).click();
  await expect.poll(() => teamOf(page)).toContain('backend');
  await page.getByRole('button', { name: /^Do again/ }).click();
  await expect.poll(() => teamOf(page)).toContain('platform');

  await drag(page, card(page, 'owner'), card(page, 'rita'), async () => {
    await page.getByText(/owner stays a human/).waitFor();
  });
  const refused = page.getByRole('alert').filter({ hasText: 'That can’t be done' });
  await refused.getByText(/owner stays a human/).waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();

  await card(page, 'sven').click();
  await panel(page).getByText('senior_eng → engineer').waitFor();
  await panel(page).getByLabel('Name', { exact: true }).fill('ann');
  await panel(page).getByLabel('Name', { exact: true }).press('Enter');
  await panel(page).getByText('There is a member ann already; choose another name').waitFor();
  await panel(page).getByLabel('Name', { exact: true }).fill('svenja');
  await panel(page).getByLabel('Name', { exact: true }).press('Enter');
  await card(page, 'svenja').waitFor();

  await card(page, 'quentin').click();
  await page.keyboard.press('Delete');
  await card(page, 'quentin').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Review and apply' }).click();
  const review = page.getByRole('dialog', { name: 'What these changes do' });
  const breaks = review.getByRole('region', { name: 'Gates and steps that nobody could do any more' });
  await breaks.getByText(/Nobody can take step 6/).waitFor();
  await review.getByRole('region', { name: 'Who may do what' }).getByText('quentin').waitFor();
  await photograph(page, 'browser', 'org-review');
  expect(await violations(page)).toEqual([]);
  const apply = review.getByRole('button', { name: 'Apply 3 changes' });
  expect(await apply.isDisabled()).toBe(true);
  await review.getByText('I have read it').click();
  await apply.click();
  await review.waitFor({ state: 'hidden' });
  await page.getByRole('region', { name: 'The company is changed.' }).waitFor();
  await page.reload();
  await card(page, 'svenja').waitFor();
  expect(await card(page, 'quentin').count()).toBe(0);

  await panel(page).getByText('Versions', { exact: true }).click();
  await panel(page)
    .getByRole('button', { name: /company created/ })
    .click();
  await panel(page).getByText('qa_lead in quality').waitFor();
  await photograph(page, 'browser', 'org-versions', [{ width: 1440, height: 900 }]);
  expect(await violations(page)).toEqual([]);
  await panel(page).getByRole('button', { name: 'Put this version into the draft' }).click();
  await card(page, 'quentin').waitFor();
  await page.getByRole('button', { name: 'Review and apply' }).click();
  await review.getByRole('button', { name: /^Apply/ }).click();
  await review.waitFor({ state: 'hidden' });
  await card(page, 'quentin').waitFor();
  expect(complaints).toEqual([]);
});

it('shows the company as YAML both ways, keeps comments, and the last good chart while the text is broken', async () => {
  const { page, dataDir, complaints } = await openChart('Texts');
  await panel(page).getByText('YAML', { exact: true }).click();
  const text = panel(page).getByRole('textbox', { name: 'The company as YAML' });
  await expect.poll(() => text.inputValue()).toContain('name: ann, role: engineer');
  const good = await text.inputValue();

  await text.fill(good.replace('name: ann, role: engineer', 'name: ann, role: enginer'));
  const wrong = panel(page).getByRole('list', { name: 'What is wrong in the text' });
  await wrong.getByText(/there is no role `enginer`/).waitFor();
  const line = good.split('\n').findIndex((one) => one.includes('name: ann,')) + 1;
  await wrong.getByText(`line ${line}`, { exact: true }).waitFor();
  await card(page, 'ann').waitFor();
  await photograph(page, 'browser', 'org-yaml', [{ width: 1440, height: 900 }]);
  expect(await violations(page)).toEqual([]);

  await text.fill(good.replace(/^(\s*)- \{ name: ann,/m, '$1# Knows the engine\n$1- { name: anna,'));
  await card(page, 'anna').waitFor();
  await panel(page).getByText('Says what the chart says').waitFor();
  await drag(page, card(page, 'anna'), card(page, 'rita'), async () => {
    await page.getByText('Move to platform').waitFor();
  });
  await expect
    .poll(async () => (await text.inputValue()).split('name: platform')[1])
    .toMatch(/# Knows the engine\n\s*- \{ name: anna/);

  const download = page.waitForEvent('download');
  await panel(page).getByRole('button', { name: 'Save' }).click();
  const saved = await readFile(await (await download).path(), 'utf8');
  expect(saved).toBe(await text.inputValue());
  // What was saved is a file of a company: opened again, it changes nothing.
  const choices = page.waitForEvent('filechooser');
  await panel(page).getByRole('button', { name: 'Open', exact: true }).click();
  await (await choices).setFiles({ name: 'mine.yaml', mimeType: 'text/yaml', buffer: Buffer.from(saved) });
  await panel(page).getByText('Says what the chart says').waitFor();
  expect(await text.inputValue()).toBe(saved);
  expect(await saveBy(page, 'Save as YAML', 'Texts.yaml')).toEqual(Buffer.from(saved));

  const svg = await saveBy(page, 'Save as SVG', 'Texts.svg');
  const drawn = await readSvg(page, svg.toString());
  const members = [...saved.matchAll(/- \{ name: (\w+), role/g)].map(([, name]) => name);
  expect(members).toContain('anna');
  expect(drawn.texts).toEqual(expect.arrayContaining([...members, 'owner', 'platform', 'marketing']));
  expect(drawn.references).toEqual([]);
  const png = await readPng(page, await saveBy(page, 'Save as PNG', 'Texts.png'));
  expect(png).toMatchObject({ width: drawn.width * 2, height: drawn.height * 2 });
  // Grounds, lines and words: it is no empty sheet.
  expect(png.colours).toBeGreaterThan(20);

  // What is no YAML says so at its line, and the chart stays.
  const lineOf = (whole: string, part: string) =>
    whole.split('\n').findIndex((one) => one.includes(part)) + 1;
  const tabbed = saved.replace(/^ *(- \{ name: bob,)/m, '\t$1');
  await text.fill(tabbed);
  await wrong.getByText('Tabs are not allowed as indentation').waitFor();
  await wrong.getByText(`line ${lineOf(tabbed, 'name: bob,')}`, { exact: true }).waitFor();
  const broken = `${saved}more: [1, 2\n`;
  await text.fill(broken);
  await wrong.getByText(/^Flow sequence .* end with a ]/).waitFor();
  await wrong.getByText(`line ${broken.split('\n').length}`, { exact: true }).waitFor();
  const people = await stage(page)
    .getByRole('img', { name: /^\w+, / })
    .count();
  // Until it can be read the chart goes on, by a hand and from elsewhere: neither is undone by the text.
  const owner = await connectOwner(dataDir, 'Texts');
  onTestFinished(() => owner.close());
  const rows = (await owner.query('members', {})).map(({ member }) => member);
  const [tara, theo] = ['tara', 'theo'].map((name) => rows.find((member) => member.name === name));
  const zoe = { name: 'zoe', role: 'qa_eng' };
  await owner.command({ type: 'member.add', teamId: tara?.teamId ?? null, member: zoe });
  await card(page, 'zoe').waitFor();
  expect(
    await stage(page)
      .getByRole('img', { name: /^\w+, / })
      .count(),
  ).toBe(people + 1);
  await drag(page, card(page, 'bob'), card(page, 'rita'), async () => {
    await page.getByText('Move to platform').waitFor();
  });
  await page.getByRole('button', { name: 'Undo: Move bob to platform' }).waitFor();
  await text.fill(saved.replace('name: sven,', 'name: svenja,'));
  await card(page, 'svenja').waitFor();
  await panel(page).getByText('Says what the chart says').waitFor();
  expect(await text.inputValue()).toMatch(/name: platform\n(.*\n){1,9}.*name: bob,/);
  expect(await text.inputValue()).toMatch(/name: zoe, role: qa_eng/);
  await card(page, 'zoe').waitFor();

  // Where both changed the same, it is asked whose holds.
  await text.fill(`${await text.inputValue()}more: [1, 2\n`);
  await wrong.getByText(/^Flow sequence/).waitFor();
  const half = await text.inputValue();
  await owner.command({ type: 'member.change', memberId: String(theo?.id), member: { tags: ['theirs'] } });
  const ours = half.replace('more: [1, 2\n', '').replace(/(name: theo, role: qa_eng)/, '$1, tags: [ours]');
  await text.fill(ours);
  await wrong.getByText('theo: tags changed on the chart meanwhile, too').waitFor();
  await wrong.getByText(`line ${lineOf(ours, 'name: theo,')}`, { exact: true }).waitFor();
  await photograph(page, 'browser', 'org-yaml-overtaken');
  expect(await violations(page)).toEqual([]);
  await panel(page).getByRole('button', { name: 'Keep the chart’s' }).click();
  await panel(page).getByText('Says what the chart says').waitFor();
  expect(await text.inputValue()).toContain('name: theo, role: qa_eng, tags: [theirs]');
  expect(complaints).toEqual([]);
});

it('is led by keys alone, from the load of the page: walk, add, rename, move, undo, apply; as a list, too', async () => {
  const { page, dataDir, complaints } = await openChart('Keys');
  await loadHome(page);
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const announced = page.locator('main > div p[aria-live=polite]');
  await press('g', 'o');
  await tabTo(page, stage(page));
  // The top, the first department, its first team, its lead, and the one below.
  await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
  await expect.poll(() => announced.textContent()).toMatch(/^(ann|bob)$/);

  // A member below the one that is selected, with a name of its own.
  await press('a');
  await card(page, 'engineer').waitFor();
  await press('Enter');
  const nameField = panel(page).getByLabel('Name', { exact: true });
  await expect.poll(() => nameField.evaluate((field) => field === document.activeElement)).toBe(true);
  await press('ControlOrMeta+a');
  await page.keyboard.type('kay');
  await press('Enter');
  await card(page, 'kay').waitFor();
  await press('Escape');
  expect(await stage(page).evaluate((one) => one === document.activeElement)).toBe(true);

  // To another department.
  await press('m');
  await expect.poll(() => announced.textContent()).toContain('kay picked up');
  for (let step = 0; step < 20 && !(await announced.textContent())?.startsWith('platform:'); step += 1) {
    await press('ArrowDown');
  }
  await expect.poll(() => announced.textContent()).toBe('platform: Move to platform');
  await press('Enter');
  await expect.poll(() => announced.textContent()).toBe('Dropped at platform');
  expect(await teamOf(page)).toContain('platform');
  await press('ControlOrMeta+z');
  await expect.poll(() => teamOf(page)).not.toContain('platform');
  await press('ControlOrMeta+Shift+z');
  await expect.poll(() => teamOf(page)).toContain('platform');
  await press('ControlOrMeta+d');
  await card(page, 'kay_2').waitFor();
  await press('ControlOrMeta+z');
  await card(page, 'kay_2').waitFor({ state: 'detached' });

  await tabTo(page, page.getByRole('button', { name: 'Review and apply' }));
  await press('Enter');
  const review = page.getByRole('dialog', { name: 'What these changes do' });
  await review.getByText('Nothing that runs is touched.').waitFor();
  await tabTo(page, review.getByRole('button', { name: 'Apply 3 changes' }));
  await press('Enter');
  await review.waitFor({ state: 'hidden' });
  // The button that opened it is gone; the keys go on from the chart.
  await expect.poll(() => stage(page).evaluate((one) => one === document.activeElement)).toBe(true);
  await card(page, 'kay').waitFor();

  // What was applied is taken back alone: who came meanwhile stays.
  const owner = await connectOwner(dataDir, 'Keys');
  onTestFinished(() => owner.close());
  const rita = (await owner.query('members', {})).find(({ member }) => member.name === 'rita')?.member;
  const zoe = { name: 'zoe', role: 'engineer' };
  await owner.command({ type: 'member.add', teamId: rita?.teamId ?? null, member: zoe });
  await card(page, 'zoe').waitFor();
  await page.getByRole('button', { name: 'Take back', exact: true }).press('Enter');
  await card(page, 'kay').waitFor({ state: 'detached' });
  await card(page, 'zoe').waitFor();
  // Nothing brings back what is discarded, so it is asked for once.
  await page.getByRole('button', { name: 'Discard' }).press('Enter');
  const discard = page.getByRole('dialog', { name: 'Discard the draft?' });
  await discard.getByRole('listitem').filter({ hasText: 'kay' }).first().waitFor();
  await photograph(page, 'browser', 'org-discard');
  await discard.getByRole('button', { name: 'Keep the draft' }).last().press('Enter');
  await page.getByRole('region', { name: '1 change not applied yet' }).waitFor();
  await page.getByRole('button', { name: 'Discard' }).press('Enter');
  await discard.getByRole('button', { name: 'Discard' }).press('Enter');
  await card(page, 'kay').waitFor();
  await expect.poll(() => stage(page).evaluate((one) => one === document.activeElement)).toBe(true);

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('chart as a list');
  await page.keyboard.press('Enter');
  const list = page.getByRole('treegrid', { name: 'Org chart' });
  await list.getByRole('row', { name: /kay/ }).waitFor();
  await photograph(page, 'browser', 'org-list');
  expect(await violations(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

it('says what changes in a company at work while it is looked at, and moves the work when that is read', async () => {
  const { page, dataDir, complaints } = await openCompany('Work');
  const owner = await connectOwner(dataDir, 'Work');
  onTestFinished(() => owner.close());
  const idOf = async (name: string) => {
    const found = (await owner.query('members', {})).find(({ member }) => member.name === name);
    return String(found?.member.id);
  };
  const createFor = async (title: string, roleId: string): Promise<string> => {
    const { events } = await owner.command({ type: 'task.create', title, roleId });
    const created = events.find(({ event }) => event.type === 'task.created')?.event;
    return created?.type === 'task.created' ? String(created.task.id) : '';
  };
  const growth = await createFor('Plan the launch', 'growth');
  const content = await createFor('Write the news', 'content');

  await openScreen(page, 'Org chart');
  await card(page, 'gina').click();
  await card(page, 'cole').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Delete');
  await card(page, 'cole').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Review and apply' }).click();
  const review = page.getByRole('dialog', { name: 'What these changes do' });
  await review.getByText('Nothing that runs is touched.').waitFor();
  const apply = review.getByRole('button', { name: 'Apply 2 changes' });
  expect(await apply.isEnabled()).toBe(true);

  // The page stays as it is; the company goes on.
  await owner.command({ type: 'task.assign', taskId: growth, memberId: await idOf('gina') });
  const tasks = review.getByRole('region', { name: 'Tasks that move' });
  await tasks.getByText('from gina to mia').waitFor();
  expect(await apply.isEnabled()).toBe(false);
  await review.getByText('I have read it').click();
  expect(await apply.isEnabled()).toBe(true);
  await owner.command({ type: 'task.assign', taskId: content, memberId: await idOf('cole') });
  await tasks.getByText('from cole to mia').waitFor();
  await review.getByText('Something changed meanwhile: read it again.').waitFor();
  expect(await apply.isEnabled()).toBe(false);

  // Two of them are to approve this, and whoever asks is none of them: without cole nobody could.
  const asked = { title: 'Publish the news', context: 'It is written.', roles: { content: 2 } };
  await owner.command({ type: 'approval.request', ...asked });
  const stuck = review.getByRole('region', { name: 'Gates that wait now and nobody could open' });
  await stuck.getByText('Publish the news').waitFor();

  const cole = await connectOwner(dataDir, 'Work');
  const { workerId } = await cole.actAs({ member: 'cole', pid: process.pid });
  await cole.command({ type: 'task.claim', taskId: content, workerId });
  await review.getByText(/cole can't be removed: still at work on "Write the news"/).waitFor();
  await review.getByText('I have read it').waitFor({ state: 'detached' });
  expect(await apply.isEnabled()).toBe(false);
  cole.close();
  await tasks.getByText('Plan the launch').waitFor();
  await photograph(page, 'browser', 'org-review-live', [{ width: 1440, height: 900 }]);
  await review.getByText('I have read it').click();
  await apply.click();
  await review.waitFor({ state: 'hidden' });
  const holderOf = async (taskId: string) =>
    (await owner.query('tasks', {})).find(({ task }) => task.id === taskId)?.task.assigneeId ?? null;
  const mia = await connectOwner(dataDir, 'Work');
  onTestFinished(() => mia.close());
  const acting = await mia.actAs({ member: 'mia', pid: process.pid });
  await mia.command({ type: 'task.claim', taskId: growth, workerId: acting.workerId });
  expect(await holderOf(growth)).toBe(await idOf('mia'));

  // Whoever is at work goes on under another role, and what comes back of it is another's.
  await panel(page).getByRole('radio', { name: 'Inspect' }).click({ force: true });
  await card(page, 'mia').click();
  await panel(page).getByRole('button', { name: /Role$/ }).click();
  await page.getByRole('option', { name: 'content', exact: true }).click();
  await page.getByRole('button', { name: 'Review and apply' }).click();
  await tasks.getByText('mia goes on with it and may not take it again; rework goes to nobody').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Discard' }).click();
  await page
    .getByRole('dialog', { name: 'Discard the draft?' })
    .getByRole('button', { name: 'Discard' })
    .click();

  // A text that the company refuses says so at whom it is about; a file takes its place.
  await panel(page).getByText('YAML', { exact: true }).click();
  const text = panel(page).getByRole('textbox', { name: 'The company as YAML' });
  await expect.poll(() => text.inputValue()).toContain('name: mia,');
  const good = await text.inputValue();
  const without = good.replace(/^ *members:\n.*name: mia,.*\n/m, '').replace(/^ *(head|lead): mia\n/gm, '');
  await text.fill(without);
  const wrong = panel(page).getByRole('list', { name: 'What is wrong in the text' });
  await wrong.getByText(/mia can't be removed: still at work on/).waitFor();
  const line = without.split('\n').findIndex((one) => one.includes('name: growth')) + 1;
  await wrong.getByText(`line ${line}`, { exact: true }).waitFor();
  const opened = path.join(await temporaryFolder(), 'mine.yaml');
  await writeFile(opened, good.replace('name: sam,', 'name: samuel,'));
  const fileAsked = page.waitForEvent('filechooser');
  await panel(page).getByRole('button', { name: 'Open', exact: true }).click();
  await (await fileAsked).setFiles(opened);
  await card(page, 'samuel').waitFor();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await card(page, 'sam').waitFor();

  // The template has gone on, too: both made another of ann and of theo, and only it made something of bob.
  for (const [name, role] of [
    ['ann', 'sre'],
    ['theo', 'qa_lead'],
  ] as const) {
    await owner.command({ type: 'member.change', memberId: await idOf(name), member: { role } });
  }
  const template = path.join(await temporaryFolder(), 'scaleup.yaml');
  const shipped = await readFile(path.join(projectFolder, 'templates', 'companies', 'scaleup.yaml'), 'utf8');
  await writeFile(
    template,
    shipped
      .replace('version: 1', 'version: 2')
      .replace('name: ann, role: engineer', 'name: ann, role: senior_eng')
      .replace('name: bob, role: engineer', 'name: bob, role: senior_eng')
      .replace('name: theo, role: qa_eng', 'name: theo, role: engineer'),
  );
  const merge = page.getByRole('dialog', { name: 'Merge a template’s new version' });
  const openMerge = async () => {
    await page.keyboard.press('Escape');
    await panel(page).getByText('Versions', { exact: true }).click();
    await panel(page).getByRole('button', { name: 'Merge a template’s new version' }).click();
    const chooser = page.waitForEvent('filechooser');
    await merge.getByRole('button', { name: 'Merge a file …' }).click();
    await (await chooser).setFiles(template);
  };
  await openMerge();
  await merge.getByText('This company stands on version 1 of scaleup.').waitFor();
  const conflicts = merge.getByRole('region', { name: '2 conflicts' });
  await conflicts.getByText('Theirs: senior_eng').waitFor();
  await conflicts.getByText('Ours: sre').waitFor();
  await photograph(page, 'browser', 'org-merge', [{ width: 1440, height: 900 }]);
  expect(await violations(page)).toEqual([]);
  const choose = (about: RegExp, side: string) =>
    conflicts
      .getByRole('radiogroup', { name: about })
      .getByRole('radio', { name: side })
      .click({ force: true });
  await choose(/ann/, 'Theirs');
  // Theirs, and then ours after all.
  await choose(/theo/, 'Theirs');
  await merge.getByText('becomes engineer').waitFor();
  await choose(/theo/, 'Ours');
  await merge.getByText('becomes engineer').waitFor({ state: 'detached' });
  await merge.getByRole('button', { name: 'Put the merge into the draft' }).click();
  await page.getByRole('button', { name: 'Review and apply' }).click();
  await review.getByText('stands on version 2 of scaleup from now on').waitFor();
  await review.getByRole('button', { name: 'Apply 3 changes' }).click();
  await review.waitFor({ state: 'hidden' });
  const rolesOf = async (name: string) =>
    (await owner.query('members', {})).find(({ member }) => member.name === name)?.member.roleIds;
  expect(await Promise.all(['ann', 'bob', 'theo'].map(rolesOf))).toEqual([
    ['senior_eng'],
    ['senior_eng'],
    ['qa_lead'],
  ]);
  await openMerge();
  await merge.getByText('This company stands on version 2 of scaleup.').waitFor();
  await merge.getByText(/^Nothing of the company changes/).waitFor();
  expect(await conflicts.count()).toBe(0);
  expect(complaints).toEqual([]);
});

it('is drawn whole: adds, copies, finds, folds, colours and changes several at once, as the command line reads it', async () => {
  const { page, dataDir, complaints } = await openChart('Whole');
  // A browser without room for a draft keeps it on the page alone, and says nothing of it.
  await page.evaluate(() => {
    for (let size = 1_000_000, n = 0; size >= 1; n += 1) {
      try {
        sessionStorage.setItem(`full ${n}`, 'x'.repeat(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  });
  await card(page, 'ann').click();
  const add = async (what: string) => {
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('menuitem', { name: what, exact: true }).click();
  };
  await add('Add a member');
  await card(page, 'engineer').waitFor();
  await add('Add a team');
  await add('Add a department');
  await panel(page).getByLabel('Name', { exact: true }).fill('research');
  await panel(page).getByLabel('Name', { exact: true }).press('Enter');
  await page.getByRole('region', { name: '5 changes not applied yet' }).waitFor();

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Fold all departments' }).click();
  await card(page, 'ann').waitFor({ state: 'detached' });
  // How many stand behind a department that is folded: eight of the template, and the one that was added.
  await stage(page)
    .getByRole('button', { name: /engineering/ })
    .first()
    .waitFor();
  await stage(page).getByText('9', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Unfold everything' }).click();
  await card(page, 'ann').waitFor();
  await stage(page).getByRole('button', { name: 'Fold qa' }).click();
  await card(page, 'tara').waitFor({ state: 'detached' });
  await stage(page).getByRole('button', { name: 'Unfold qa' }).click();

  await card(page, 'tara').click();
  await card(page, 'theo').click({ modifiers: ['Shift'] });
  await panel(page).getByText('2 selected').waitFor();
  await panel(page).getByLabel('Add a tag to all').fill('night');
  await panel(page).getByLabel('Add a tag to all').press('Enter');
  await stage(page).focus();
  await page.keyboard.press('ControlOrMeta+c');
  await card(page, 'rita').click();
  await page.keyboard.press('ControlOrMeta+v');
  await card(page, 'tara_2').waitFor();
  // What is found is walked through by Enter, and the rest steps back.
  await stage(page).focus();
  await page.keyboard.press('/');
  await page.keyboard.type('tara');
  for (const [at, name] of [
    ['1 of 2', 'tara_2'],
    ['2 of 2', 'tara'],
  ] as const) {
    await page.keyboard.press('Enter');
    await page.getByText(at, { exact: true }).waitFor();
    await expect.poll(() => panel(page).getByLabel('Name', { exact: true }).inputValue()).toBe(name);
  }
  const opacityOf = (name: string) =>
    card(page, name).evaluate((one) => Number(getComputedStyle(one).opacity));
  expect([await opacityOf('tara_2'), (await opacityOf('theo')) < 1]).toEqual([1, true]);
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: /Fit the whole chart$/ }).click();
  // What is cut goes to where it is pasted.
  await card(page, 'theo_2').click();
  await page.keyboard.press('ControlOrMeta+x');
  await card(page, 'gina').click();
  await page.keyboard.press('ControlOrMeta+v');
  await page.getByRole('button', { name: 'Undo: Move theo_2 to growth' }).waitFor();
  // Everybody of a department has its colour; by what they do, all rest alike.
  const coloursOf = (...names: string[]) =>
    Promise.all(
      names.map((name) =>
        card(page, name)
          .locator('span')
          .first()
          .evaluate((bar) => bar.style.background),
      ),
    );
  const [tara, theo, rita] = await coloursOf('tara', 'theo', 'rita');
  expect(theo).toBe(tara);
  expect(rita).not.toBe(tara);
  for (const [colouring, word] of [
    ['Status', 'offline'],
    ['Load', '0/1'],
    ['Cost', '$0.00'],
  ] as const) {
    await page.getByRole('button', { name: /Colour by$/ }).click();
    await page.getByRole('option', { name: colouring, exact: true }).click();
    await card(page, 'rita').getByText(word, { exact: true }).waitFor();
    expect(new Set(await coloursOf('tara', 'theo', 'rita')).size).toBe(1);
  }
  // The map leads to where it is pressed, and goes away when asked.
  const map = page.getByRole('img', { name: 'Map of the chart' });
  const viewport = () => page.locator('.react-flow__viewport').evaluate((view) => view.style.transform);
  const seen = await viewport();
  await map.click({ position: { x: 190, y: 140 } });
  await expect.poll(viewport).not.toBe(seen);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Hide the map' }).click();
  await map.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Review and apply' }).click();
  const review = page.getByRole('dialog', { name: 'What these changes do' });
  await review.getByRole('button', { name: /^Apply/ }).click();
  await review.waitFor({ state: 'hidden' });
  const { stdout } = await runAgentcoord(['org', 'export', '--company', 'Whole', '--data-dir', dataDir]);
  for (const line of [
    /- \{ name: engineer, role: engineer.* \}/,
    /- \{ name: tara, role: qa_eng, tags: \[night\] \}/,
    /name: platform\n[^-]*members:\n.*rita.*\n *- \{ name: tara_2, role: qa_eng, tags: \[night\] \}\n/,
    /- \{ name: gina, role: growth \}\n.*\n *- \{ name: theo_2, role: qa_eng, tags: \[night\] \}\n/,
    /- name: research\n/,
  ]) {
    expect(stdout).toMatch(line);
  }
  expect(complaints).toEqual([]);
});
