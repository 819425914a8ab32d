/** A company in full swing: slow agents at work, an attempt that failed, a gate that waits for people; all of it live. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { projectFolder } from '../../../build/project-folder.ts';
import { runAgentcoord } from '../../cli/run-agentcoord.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { gateThatNeedsYou, openScreen, startEpic } from '../ui/steps.ts';
import { openServedPage } from './served-page.ts';

const workWithinMs = 60_000;

/** The grown company, where the designer takes her time, testers fail at first, and the head of marketing is a person. */
async function writeBusyCompany(): Promise<string> {
  const template = await readFile(path.join(projectFolder, 'templates', 'companies', 'scaleup.yaml'), 'utf8');
  const file = path.join(await temporaryFolder(), 'busy.yaml');
  await writeFile(
    file,
    template
      .replace('name: Scaleup', 'name: Night Shift')
      .replaceAll('role: designer', 'role: designer, runner: { name: script, slow: 5m }')
      .replaceAll('role: qa_eng', 'role: qa_eng, runner: { name: script, fail: 1 }')
      .replace('role: vp_marketing', 'role: vp_marketing, kind: human'),
  );
  return file;
}

async function startInDialog(page: Page, workflow: string, title: string): Promise<void> {
  await page.keyboard.press('n');
  await page.getByRole('dialog', { name: 'Start an epic' }).waitFor();
  await startEpic(page, workflow, title);
  await page.getByRole('dialog', { name: 'Start an epic' }).waitFor({ state: 'hidden' });
}

it('shows a company in full swing, live', { timeout: 240_000 }, async () => {
  const file = await writeBusyCompany();
  const { page, complaints } = await openServedPage({
    prepare: async (dataDir) => {
      const { code, stderr } = await runAgentcoord(['init', '--data-dir', dataDir, '--template', file]);
      expect(stderr).toBe('');
      expect(code).toBe(0);
    },
  });
  const screen = async (name: string) => {
    await photograph(page, 'browser', name);
    expect(await violations(page), name).toEqual([]);
  };
  await page.getByRole('heading', { name: 'No epic yet' }).waitFor();
  await startInDialog(page, 'feature', 'Dark mode for the dashboard');
  await startInDialog(page, 'launch', 'Ship the beta to ten design partners');
  await startInDialog(page, 'bug', 'The sign-up button does nothing');

  await openScreen(page, 'Work board');
  const working = page.getByRole('region', { name: /^Working/ });
  await working.getByRole('link', { name: /^Create design mocks/ }).waitFor({ timeout: workWithinMs });
  const waiting = page.getByRole('region', { name: /^Waiting/ });
  await waiting
    .getByRole('link', { name: /^Reproduce bug/ })
    .filter({ hasText: 'because: retry 2 of 3 in' })
    .waitFor({ timeout: workWithinMs });
  await screen('board');

  await working.getByRole('link', { name: /^Create design mocks/ }).click();
  const drawer = page.getByRole('complementary', { name: 'Task' });
  await drawer.getByText('Nothing has been handed in yet.').waitFor();
  await screen('board-task');
  await drawer.getByRole('link', { name: 'Log of its worker' }).first().click();
  await page.getByRole('log').getByText('takes its time: 300 s').first().waitFor();
  await page.getByRole('navigation', { name: 'Workers' }).getByText('Create design mocks').waitFor();
  await screen('workers');

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Pause this worker?' });
  await dialog.getByLabel('Why? Whoever waits reads it').fill('a look at it');
  await screen('worker-pause');
  await dialog.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByText('Paused: a look at it').waitFor();
  await page.getByRole('navigation', { name: 'Workers' }).getByText('Paused', { exact: true }).waitFor();
  await screen('worker-paused');
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await page.getByText('Paused: a look at it').waitFor({ state: 'hidden' });

  await openScreen(page, 'Home');
  await page.getByRole('region', { name: 'Needs you' }).getByText('launch_plan_review').waitFor();
  await screen('home');

  const gate = await gateThatNeedsYou(page, 'launch_plan_review');
  await gate.getByText('could sign: mia, you').waitFor();
  await screen('gate');
  // By the keyboard alone: the slot is filled in place, and the gate opens as it was the last one.
  await page.keyboard.press('a');
  await page.getByText('You signed launch_plan_review.').waitFor();
  await gate.getByText('as ceo, in the role’s place').waitFor();
  await gate.getByText('Open', { exact: true }).waitFor({ timeout: workWithinMs });

  await openScreen(page, 'Home');
  await page.getByRole('button', { name: 'The whole company' }).click();
  await page.getByRole('menuitem', { name: 'Stop everything…' }).click();
  const stop = page.getByRole('dialog', { name: 'Stop everything?' });
  await stop.getByLabel('Why? Everybody reads it').fill('the wrong brief went out');
  await screen('company-stop');
  await stop.getByRole('button', { name: 'Stop everything', exact: true }).click();
  const banner = page.getByText('Everything is stopped.');
  await banner.waitFor();
  await page.getByText('the wrong brief went out').first().waitFor();
  await screen('company-stopped');
  await openScreen(page, 'Work board');
  await banner.waitFor();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await banner.waitFor({ state: 'hidden' });
  expect(complaints).toEqual([]);
});
