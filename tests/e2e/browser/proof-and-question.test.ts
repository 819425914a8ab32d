/** A gate shows the checks that passed on what it signs beside the change itself, which is merged as it was signed; and a task that asks its owner goes on with the answer. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { projectFolder } from '../../../build/project-folder.ts';
import { connectOwner } from '../../cli/owner-connection.ts';
import { gitProject } from '../../git-project.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { gateThatNeedsYou, openScreen } from '../ui/steps.ts';
import { companyFrom } from './commands-in.ts';
import { openServedPage } from './served-page.ts';

const workflow = `
  - name: proven
    version: 1
    steps:
      - id: build
        title: Build the bridge
        role: engineer
        checks:
          - "ls \\"$AGENTCOORD_OUTPUT\\" && echo '<b>3 passed</b>'"
          - "true"
        gates:
          - { name: proof_review, position: after, requires: { ceo: 1 } }
`;

/** Of each engineer, in its worktree. */
const runner = JSON.stringify({ name: 'command', command: 'echo stone > bridge.txt; echo built' });

async function companyFile(): Promise<string> {
  const template = await readFile(path.join(projectFolder, 'templates', 'companies', 'startup.yaml'), 'utf8');
  const folder = await temporaryFolder();
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'proven.yaml');
  await writeFile(
    file,
    template
      .replace('name: Startup', 'name: Proven')
      .replace(/role: engineer, tags/g, `role: engineer, runner: ${runner}, tags`)
      .replace(/^workflows: .*$/m, `workflows:${workflow.trimEnd()}`),
  );
  return file;
}

async function look(page: Page, name: string): Promise<void> {
  await photograph(page, 'browser', name);
  expect(await violations(page), name).toEqual([]);
}

it('shows the proof before the signature, and takes an answer', { timeout: 180_000 }, async () => {
  const project = await gitProject({ 'bridge.txt': 'wood\n' });
  const { page, dataDir, complaints } = await openServedPage({
    prepare: companyFrom(await companyFile()),
    args: ['--workspace', project.folder, '--workspace-mode', 'worktree'],
  });
  const owner = await connectOwner(dataDir, 'Proven');
  onTestFinished(() => owner.close());
  await owner.command({ type: 'epic.create', workflow: 'proven', title: 'Over the river' });

  const gate = await gateThatNeedsYou(page, 'proof_review');
  const checks = gate.getByRole('region', { name: 'Checks' });
  await checks.getByText('true', { exact: true }).waitFor();
  expect(await checks.getByText(/^exit code 0 · /).count()).toBe(2);
  const output = checks.getByText('<b>3 passed</b>');
  const [first] = await checks.locator('summary').all();
  expect(await output.last().isVisible()).toBe(false);
  // By the keyboard; what a command printed is text, whatever it looks like.
  await first?.focus();
  await page.keyboard.press('Enter');
  await checks.locator('details[open]').getByText('<b>3 passed</b>').last().waitFor();
  await gate.getByRole('tab', { name: 'changes.patch' }).click();
  const change = gate.getByRole('tabpanel');
  await change.getByText('stone').first().waitFor();
  await change.getByText('wood').first().waitFor();
  await look(page, 'gate-checks');
  await gate.getByRole('button', { name: /^Approve/ }).click();
  await gate.getByText('Open', { exact: true }).waitFor({ timeout: 60_000 });
  await expect
    .poll(() => project.show(project.branches()[0] ?? '', 'bridge.txt'), { timeout: 60_000 })
    .toBe('stone');

  const asker = await connectOwner(dataDir, 'Proven');
  onTestFinished(() => asker.close());
  await asker.actAs({ role: 'growth', pid: process.pid });
  const task = { type: 'task.create', title: 'Choose the colour', roleId: 'growth' } as const;
  const created = (await owner.command(task)).events[0]?.event;
  if (created?.type !== 'task.created') throw new Error('no task was created');
  const { id: taskId } = created.task;
  const people = (await owner.query('members', {})).filter(({ member }) => member.kind === 'human');
  const claimed = (await asker.command({ type: 'task.claim', taskId })).events.at(-1);
  await asker.command({
    ...{ type: 'task.ask', taskId, token: Number(claimed?.seq), to: people[0]?.member.id },
    question: 'Red as the old one, or blue?\nBlue costs a week.',
  } as never);

  await openScreen(page, 'Home');
  const needs = page.getByRole('region', { name: 'Needs you' });
  await needs.getByText('Red as the old one', { exact: false }).waitFor();
  await look(page, 'home-question');
  await needs.getByRole('link', { name: /Choose the colour/ }).click();
  const drawer = page.getByRole('complementary', { name: 'Task' });
  await drawer.getByText('Blue costs a week.').first().waitFor();
  await drawer.getByRole('button', { name: 'Answer' }).click();
  await look(page, 'task-question');
  await drawer.getByRole('textbox').fill('Blue. The week is there.');
  await drawer.getByRole('button', { name: 'Answer' }).click();
  await drawer.getByText(/owner answers/).waitFor();
  const [answered] = (await owner.query('task', { taskId })).task.questions;
  expect(answered?.answer?.text).toBe('Blue. The week is there.');
  await look(page, 'task-answered');
  expect(complaints).toEqual([]);
});
