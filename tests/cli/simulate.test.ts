/** `agentcoord simulate`: a workflow in a company that is or could be, and a rule on a trace. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import type { Json, Sandbox } from './run-agentcoord.ts';
import { openSandbox } from './run-agentcoord.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.remove());

it('tries a workflow in a company made from a template, the same way each time', async () => {
  const ask = ['simulate', '--workflow', 'feature', '--from', 'scaleup', '--runs', '20'];
  const run = await sandbox.json(...ask);
  expect(run).toMatchObject({ workflow: 'feature', runs: 20, seed: 1, finished: 20, stuckAt: null });
  expect(run.seconds.p90).toBeGreaterThan(run.seconds.p50);
  expect(run.cost.p50).toBeGreaterThan(0);
  expect(run.criticalPath).toEqual({ steps: ['1', '2', '3', '4', '5', '6'], share: 1 });
  expect(run.steps.map(({ from }: { from: string }) => from)).toEqual(Array(6).fill('estimate'));
  // Whoever a run waits for longest stands first.
  const waits = run.roles.map(({ waitedSeconds }: Json) => waitedSeconds.p50);
  expect(waits).toEqual(waits.toSorted((a: number, b: number) => b - a));
  expect(waits[0]).toBeGreaterThan(0);
  expect(run.roles.map(({ role }: Json) => role)).toEqual(expect.arrayContaining(['pm', 'engineer', 'em']));
  expect(await sandbox.json(...ask)).toEqual(run);
  const text = (await sandbox.run(...ask)).stdout;
  expect(text).toContain('Critical path (100 % of the runs): Write PRD → Create design mocks');
  expect(text).toContain(`Bottleneck roles, the longest waited for first:\nROLE`);
  expect(text).toMatch(new RegExp(`^${run.roles[0].role} +\\d`, 'm'));
  expect(text).toMatch(/^feature: half of the runs are done after \d+ h for \$/);
});

it('tries one in the company that there is, and says which it has', async () => {
  await sandbox.json('init', '--template', 'startup', '--name', 'Acme');
  expect((await sandbox.json('simulate', '--workflow', 'bug', '--runs', '5')).finished).toBe(5);
  const wrong = await sandbox.run('simulate', '--workflow', 'bugg');
  expect(wrong).toMatchObject({ code: 1, stdout: '' });
  expect(wrong.stderr).toMatch(/^NOT_FOUND: The company has no workflow bugg: did you mean `bug`/);
});

it('plays a trace against a rule, and refuses a line that it can’t read', async () => {
  const file = path.join(await temporaryFolder(), 'trace.csv');
  await writeFile(file, '# a morning\n0s, 17, 30s\n5m, 3, 30s\n');
  const rule = ['simulate', '--trace', file, '--max', '6', '--tasks-per-worker', '5'];
  const { sizes, ...played } = await sandbox.json(...rule);
  expect(sizes[0]).toEqual({ at: 0, from: 0, to: 4, because: '17 ready tasks / 5' });
  expect(played).toMatchObject({ tasks: 20, mostWorkers: 4 });
  expect((await sandbox.run(...rule)).stdout).toContain('0 → 4');
  await writeFile(file, '0s, many, 30s\n');
  const wrong = await sandbox.run(...rule);
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain('trace.csv:1 is not “when, how many, how long each takes”');
  expect((await sandbox.run('simulate')).stderr).toContain('Name what to try');
});
