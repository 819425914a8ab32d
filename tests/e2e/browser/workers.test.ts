/** Workers as people see them: all at a glance, one with its log in a terminal, more of them asked for, and ended with a reason. */
import { appendFile, chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { projectFolder } from '../../../build/project-folder.ts';
import { connectOwner } from '../../cli/owner-connection.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { openScreen } from '../ui/steps.ts';
import { companyFrom } from './commands-in.ts';
import { openServedPage } from './served-page.ts';

const esc = '\u001b';
const soon = { timeout: 60_000 };

/** Two engineers: one has a command that starts others, one takes its time; a rule says how many work at once. */
async function companyFile(): Promise<string> {
  const template = await readFile(path.join(projectFolder, 'templates', 'companies', 'startup.yaml'), 'utf8');
  const file = path.join(await temporaryFolder(), 'watched.yaml');
  const engineers = template
    .replace('name: Startup', 'name: Watched')
    .replace('tags: [frontend]', 'runner: { name: command, command: "sleep 300; true" }')
    .replace('tags: [backend]', 'runner: { name: script, slow: 5m }');
  await writeFile(file, `${engineers}\nscaling:\n  - { name: makers, role: engineer, max: 2 }\n`);
  return file;
}

/** A machine on which Claude Code is installed and logged in, and Codex installed alone. */
async function machineWithAgents(): Promise<{ readonly PATH: string; readonly HOME: string }> {
  const home = await temporaryFolder();
  const bin = path.join(home, 'bin');
  await mkdir(bin);
  for (const [name, answers] of [
    ['claude', "echo '2.1.7 (Claude Code)'"],
    ['codex', "[ $1 = login ] && echo 'Not logged in' && exit 1; echo 'codex-cli 0.98.0'"],
  ] as const) {
    await writeFile(path.join(bin, name), `#!/bin/sh\n${answers}\n`);
    await chmod(path.join(bin, name), 0o755);
  }
  await mkdir(path.join(home, '.claude'));
  await writeFile(path.join(home, '.claude', '.credentials.json'), '{}');
  return { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: home };
}

async function openWatched() {
  const served = await openServedPage({
    prepare: companyFrom(await companyFile()),
    args: ['--workers', '3', '--docker-image', 'agentcoord-of-a-test:none'],
    env: await machineWithAgents(),
  });
  const { dataDir } = served;
  const owner = await connectOwner(dataDir, 'Watched');
  onTestFinished(() => owner.close());
  /** Of the one worker of that agent. */
  const logFile = async (name: string): Promise<string> => {
    const facts = await owner.query('workerFacts', {});
    const [member] = (await owner.query('members', {})).filter(({ member }) => member.name === name);
    const worker = facts.find(({ worker }) => worker.memberId === member?.member.id)?.worker;
    const companies = path.join(dataDir, 'companies');
    const [company = ''] = await readdir(companies);
    return path.join(companies, company, 'workers', `${worker?.id}.log`);
  };
  return { ...served, owner, logFile };
}

const large = [{ width: 1440, height: 900 }] as const;

async function look(page: Page, name: string): Promise<void> {
  await photograph(page, 'browser', name, large);
  expect(await violations(page), name).toEqual([]);
}

it('are watched, read, asked for and ended', { timeout: 300_000 }, async () => {
  const { page, owner, logFile, complaints } = await openWatched();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openScreen(page, 'Workers');
  await page.getByRole('heading', { name: 'No worker runs' }).waitFor();
  await photograph(page, 'browser', 'workers-none', large);

  for (const title of ['Draw the map', 'Paint the door']) {
    await owner.command({ type: 'task.create', title, roleId: 'engineer' });
  }
  const grid = page.getByRole('treegrid', { name: 'Every worker' });
  const row = (name: string) => grid.getByRole('row').filter({ hasText: name });
  await row('ada').getByText(/ MB$/).waitFor(soon);
  await row('ben').getByText(/ MB$/).waitFor(soon);
  await glance(page, grid);
  await read(page, await logFile('ben'));
  await askForMore(page);
  await endOne(page);
  expect(complaints).toEqual([]);
});

type Grid = ReturnType<Page['getByRole']>;

/** What they take, sorted, filtered, opened by the keyboard down to their processes; the rule with its reason; coding agents. */
async function glance(page: Page, grid: Grid): Promise<void> {
  const row = (name: string) => grid.getByRole('row').filter({ hasText: name });
  const capacity = page.getByRole('region', { name: 'How much is used' });
  await capacity.getByText('2 of 3').waitFor(soon);
  const rules = page.getByRole('region', { name: 'How many there are, and why' });
  await rules.getByText(/scaled to 2: .* \/ 1/).waitFor(soon);
  const agents = page.getByRole('region', { name: 'Coding agents of this machine' });
  await agents.getByText('version 2.1.7 · logged in').waitFor(soon);
  await agents.getByText('version 0.98.0 · not logged in').waitFor();
  expect(await agents.getByText('not installed', { exact: true }).count()).toBe(2);

  // Both are of one launcher, so the order is theirs.
  const names = async () => (await grid.getByRole('link').allTextContents()).join();
  expect(await names()).toBe('ada,ben');
  await grid.getByRole('button', { name: 'Agent' }).click();
  expect(await names()).toBe('ben,ada');
  await grid
    .getByRole('columnheader', { name: 'Agent' })
    .and(page.locator('[aria-sort=descending]'))
    .waitFor();
  const filter = page.getByLabel('Filter by agent, role, task, state');
  await filter.fill('nobody of that name');
  await page.getByRole('heading', { name: 'No worker fits' }).waitFor();
  await filter.fill('ada');
  await expect.poll(names).toBe('ada');
  await filter.fill('');

  await grid.locator('tr[tabindex="0"]').focus();
  // From the host over its launcher and ben to ada, and her tree opens.
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
  await expect.poll(() => row('ada').first().getAttribute('aria-expanded')).toBe('true');
  await row('sleep').waitFor(soon);
  expect(Number(await row('sleep').getAttribute('aria-level'))).toBeGreaterThan(4);
  await look(page, 'workers-overview');
  await page.keyboard.press('ArrowLeft');
  await row('sleep').waitFor({ state: 'hidden' });
}

/** A log in colours that tries what a terminal might obey; searched, followed and copied. */
async function read(page: Page, file: string): Promise<void> {
  await page.getByRole('treegrid').getByRole('link', { name: 'ben' }).click();
  const log = page.getByRole('log');
  await log.getByText('ready: works for').first().waitFor(soon);
  const title = await page.title();
  await page.evaluate(() => navigator.clipboard.writeText('mine'));
  const at = new Date().toISOString();
  const hostile = [
    `${esc}[31mred alert${esc}[0m and ${esc}[38;2;255;200;0mtrue colour${esc}[0m`,
    `clip ${esc}]52;c;cm0gLXJmIH4=\u0007board`,
    `title ${esc}]0;root@prod\u0007changed`,
    `${esc}]8;;https://evil.example\u0007a link${esc}]8;;\u0007`,
    `${esc}[2J${esc}[H${esc}[?1049hcleared`,
    `the truth${esc}[1A${esc}[2Kforged`,
    `${esc}[6n${esc}[cquestion`,
    '<img src=x onerror="document.title=1">',
  ];
  const many = Array.from({ length: 300 }, (_, n) => `line ${n} of many${n % 100 === 7 ? ' needle' : ''}`);
  await appendFile(file, `${[...hostile, ...many].map((line) => `${at}  ${line}`).join('\n')}\n`);
  await log.getByText('line 299 of many').first().waitFor(soon);
  expect(await page.title()).toBe(title);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('mine');

  const find = page.getByLabel('Find in the log');
  const followed = page.getByRole('button', { name: 'Follow' });
  await page.keyboard.press('/');
  await page.keyboard.type('needle');
  await page.getByText(/^[123] of 3$/).waitFor();
  // Whoever looks for something stays there.
  expect(await followed.getAttribute('aria-pressed')).toBe('false');
  const shown = async () => (await page.getByText(/^[123] of 3$/).textContent()) ?? '';
  const before = await shown();
  await page.keyboard.press('Enter');
  await expect.poll(shown).not.toBe(before);
  await page.keyboard.press('Shift+Enter');
  await expect.poll(shown).toBe(before);
  await photograph(page, 'browser', 'worker-log-search', large);
  await find.fill('not to be found');
  await page.getByText('not there').waitFor();
  await find.fill('red alert');
  await page.getByText(/^1 of 1$/).waitFor();
  await log.getByText('forged').first().waitFor();
  await log.getByText('the truth').first().waitFor();
  // The colours are there although no inline style is allowed: one of the sixteen, and one of its own.
  const colourOf = (words: string) =>
    log
      .locator('.xterm-rows span', { hasText: words })
      .last()
      .evaluate((span) => getComputedStyle(span).color);
  await find.fill('');
  expect(await colourOf('red alert')).not.toBe(await colourOf('clip'));
  expect(await colourOf('true colour')).not.toBe(await colourOf('clip'));
  expect(await log.getByRole('link').count()).toBe(0);
  await log.getByText('a link').last().click({ force: true });
  expect(page.context().pages()).toHaveLength(1);
  await look(page, 'worker-log');

  // Away from the end nothing moves under whoever reads; at the end it goes on.
  await appendFile(file, `${at}  a later line\n`);
  await page.getByText(/3\d\d lines/).waitFor();
  expect(await log.getByText('a later line').count()).toBe(0);
  await followed.click();
  await log.getByText('a later line').first().waitFor();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('the truthforged');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  expect(copied).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
}

/** The dialog says what it will come to, and why what can't start them can't. */
async function askForMore(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start workers…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start workers' });
  await dialog.getByRole('button', { name: /For$/ }).click();
  await page.getByRole('option', { name: /^ada/ }).click();
  await dialog.getByText('Will be 3 of at most 3 workers of this host.').waitFor();
  await dialog.getByText(/^Not now: .*(no Docker engine|no image|may not talk)/).waitFor(soon);
  await dialog.getByText(/^Not now: it is not set up here/).waitFor();
  expect(await dialog.getByRole('radio', { name: /^Docker/ }).isDisabled()).toBe(true);
  await look(page, 'worker-spawn');
  await dialog.getByLabel('How many').fill('4');
  await dialog.getByText('3 of them wait until there is a place').waitFor();
  await dialog.getByRole('button', { name: 'Start 4' }).click();
  await dialog
    .getByRole('alert')
    .getByText(/Raise max_concurrent, or ask for fewer/)
    .waitFor();
  await photograph(page, 'browser', 'worker-spawn-refused', large);
  await dialog.getByLabel('How many').fill('1');
  await dialog.getByRole('button', { name: /For$/ }).click();
  await page.getByRole('option', { name: /^gus/ }).click();
  await dialog.getByRole('button', { name: 'Start it' }).click();
  await dialog.waitFor({ state: 'hidden' });

  await page.getByRole('radio', { name: 'Overview' }).click({ force: true });
  const grid = page.getByRole('treegrid', { name: 'Every worker' });
  await grid.getByRole('link', { name: 'gus' }).waitFor(soon);
  const capacity = page.getByRole('region', { name: 'How much is used' });
  await capacity.getByText('3 of 3').waitFor(soon);
  await capacity.getByRole('button', { name: 'Change limits…' }).click();
  const limits = page.getByRole('dialog', { name: 'Limits of this host' });
  await limits.getByLabel('Workers at once').fill('1');
  await limits.getByText(/^2 more than that run now/).waitFor();
  await limits.getByLabel('Calls to models at once').fill('no');
  await limits.getByText('A whole number from 1 to 10,000').waitFor();
  expect(await limits.getByRole('button', { name: 'Set limits' }).isDisabled()).toBe(true);
  await look(page, 'worker-limits');
  await limits.getByLabel('Workers at once').fill('5');
  await limits.getByLabel('Calls to models at once').fill('4');
  await limits.getByRole('button', { name: 'Set limits' }).click();
  await limits.waitFor({ state: 'hidden' });
  await capacity.getByText('3 of 5').waitFor();
  await capacity.getByText('0 of 4').waitFor();
}

/** Drained, and ended at once: each says what will become of the task, and a refusal stands where it was asked. */
async function endOne(page: Page): Promise<void> {
  const grid = page.getByRole('treegrid', { name: 'Every worker' });
  await grid.getByRole('link', { name: 'ada' }).click();
  const detail = page.getByRole('article');
  await detail.getByRole('button', { name: 'Stop after its task' }).click();
  await detail.getByText('It takes no further task').waitFor();
  await photograph(page, 'browser', 'worker-draining', large);
  await detail.getByRole('button', { name: 'End it now' }).click();
  const dialog = page.getByRole('dialog', { name: 'End this worker now?' });
  await dialog.getByText(/Its process is killed/).waitFor();
  const why = dialog.getByLabel('Why? It is kept with the attempt');
  await why.fill('because '.repeat(600));
  await dialog.getByRole('button', { name: 'End it now' }).click();
  await dialog.getByRole('alert').waitFor();
  await why.fill('it sleeps');
  await look(page, 'worker-end');
  await dialog.getByRole('button', { name: 'End it now' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await detail
    .getByText(/it sleeps/)
    .first()
    .waitFor(soon);
  await page.getByRole('radio', { name: /^Ended/ }).click({ force: true });
  await photograph(page, 'browser', 'workers-ended', large);

  // Another one like it: refused where her task has gone back to her and its worker is there already, else it starts.
  await detail.getByRole('button', { name: 'Start another' }).click();
  await page
    .getByText('Another worker starts.')
    .or(detail.getByRole('alert').getByText(/more than ada may have/))
    .waitFor();

  await page.getByRole('radio', { name: 'Overview' }).click({ force: true });
  const capacity = page.getByRole('region', { name: 'How much is used' });
  await capacity.getByRole('button', { name: 'Stop everything…' }).click();
  const stop = page.getByRole('dialog', { name: 'Stop everything?' });
  await stop.getByLabel('Why? Everybody reads it').fill('a fire drill');
  await stop.getByRole('button', { name: 'Stop everything', exact: true }).click();
  await capacity.getByText('Stopped by owner,').waitFor();
  await capacity.getByText('a fire drill').waitFor();
  await page.getByRole('heading', { name: 'No worker runs' }).waitFor(soon);
  await look(page, 'workers-stopped');
  await capacity.getByRole('button', { name: 'Resume' }).click();
  await capacity.getByRole('button', { name: 'Stop everything…' }).waitFor();
}
