/** The checks of a step in a real worker: they must pass on what is handed in, and whatever they do is contained. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import type { WorkflowFileInput } from '../../src/contract/templates.ts';
import { ms } from '../../src/core/units.ts';
import { runChecks } from '../../src/worker/run-checks.ts';
import { gitProject } from '../git-project.ts';
import { smallCompany } from '../real-company.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { superviseCompany } from './supervised-company.ts';

it('sends work back with the output of a check until it passes, and hands in what it ran against', async () => {
  const project = await gitProject({
    'a.txt': 'wrong\n',
    'test.sh': 'grep -qx right a.txt || { cat a.txt; exit 3; }\n',
  });
  const workflows: WorkflowFileInput[] = [
    {
      name: 'small',
      steps: [{ id: 1, title: 'Fix', role: 'engineer', checks: ['sh test.sh', 'env > env.txt'] }],
    },
  ];
  const { route, until, task, faults } = await superviseCompany({
    worktreesOf: project.folder,
    file: smallCompany({ workflows, policy: { retry_base: '0s' } }),
    runner: 'command',
    // The second attempt goes on from what the first one committed.
    options: {
      command: 'if [ -e tried ]; then echo right > a.txt; else echo nearly > a.txt; touch tried; fi',
    },
  });
  await route('Repair');
  await until((state) => [...state.tasks.values()].some(({ merge }) => merge !== undefined));
  const { attempts, submission } = await task('Fix');
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'submitted']);
  expect(attempts[0]?.reason).toContain('The check "sh test.sh" did not pass (exit code 3');
  expect(attempts[0]?.reason).toContain('nearly');
  expect(submission?.proof).toMatchObject({
    hash: submission?.hash,
    commit: submission?.change?.commit,
    checks: [{ command: 'sh test.sh', exitCode: 0 }, { command: 'env > env.txt' }],
  });
  await expect
    .poll(() => project.show(project.branches()[0] ?? '', 'a.txt'), { timeout: 30_000 })
    .toBe('right');
  // What a check leaves behind is no part of the commit that it ran against.
  expect(project.show(project.branches()[0] ?? '', 'env.txt')).toBeNull();
  expect(faults).toEqual([]);
});

it('checks a copy of the shared workspace: a check changes nothing there, and finds what the list brings along', async () => {
  const checks = [
    './t.sh && ./node_modules/.bin/tool',
    'echo broken > a.txt; rm t.sh; echo cached > cache.txt; mkdir made',
    // The next one finds what the one before it left, as it would in a worktree.
    '[ -e cache.txt ] && [ -d "$AGENTCOORD_OUTPUT" ]',
  ];
  const workflows = [{ name: 'small', steps: [{ id: 1, title: 'Look', role: 'engineer', checks }] }];
  const { route, until, task, company, faults } = await superviseCompany({
    file: smallCompany({ workflows, policy: { retry_base: '0s', max_attempts: 1 } }),
    runner: 'command',
    options: { command: 'echo done' },
  });
  const folder = path.join(path.dirname(company.workersFolder), 'workspace');
  await mkdir(path.join(folder, 'node_modules/.bin'), { recursive: true });
  await writeFile(path.join(folder, 'a.txt'), 'whole');
  await writeFile(path.join(folder, 't.sh'), '#!/bin/sh\ngrep whole a.txt', { mode: 0o755 });
  await writeFile(path.join(folder, 'node_modules/.bin/tool'), '#!/bin/sh\necho tool', { mode: 0o755 });
  await writeFile(path.join(folder, '.gitignore'), 'node_modules\n');
  await writeFile(path.join(folder, '.worktreeinclude'), 'node_modules\n');
  const files = async () =>
    (await readdir(folder, { recursive: true })).filter((name) => !name.startsWith('.agentcoord')).sort();
  const before = await files();
  await route('Repair');
  await until((state) =>
    [...state.tasks.values()].every(({ state: is }) => is === 'done' || is === 'failed'),
  );
  expect((await task('Look')).attempts).toMatchObject([{ outcome: 'submitted' }]);
  expect(await files()).toEqual(before);
  expect(await readFile(path.join(folder, 'a.txt'), 'utf8')).toBe('whole');
  expect(faults).toEqual([]);
});

const run = async (command: string, more: { timeout?: number } = {}) => {
  const lines: string[] = [];
  const folder = await temporaryFolder();
  const { timeout = 60_000 } = more;
  const runs = runChecks([command], {
    folder,
    environment: { AGENTCOORD_TASK_ID: 'task_1' },
    signal: new AbortController().signal,
    log: (line) => lines.push(line),
    timeout: ms(timeout),
  });
  return { runs, lines };
};

it('gives a check a clean environment', async () => {
  process.env['SOME_API_KEY'] = 'a secret';
  const { runs } = await run('env');
  const [env] = await runs;
  delete process.env['SOME_API_KEY'];
  expect(env?.tail).toContain('AGENTCOORD_TASK_ID=task_1');
  expect(env?.tail).not.toContain('a secret');
});

it('keeps a little of a gigabyte of output, and fills no log with it', { timeout: 180_000 }, async () => {
  const { runs, lines } = await run('yes "$(printf %200s x)" | head -c 1000000000; echo the end', {
    timeout: 170_000,
  });
  const [end] = await runs;
  expect(end?.tail.length).toBeLessThanOrEqual(2_000);
  expect(end?.tail).toMatch(/the end\n$/);
  expect(lines.join('\n').length).toBeLessThan(5_000_000);
  expect(lines).toContainEqual(expect.stringContaining('the rest is left out'));
});

it('ends a check that runs on, with what it started', async () => {
  const { runs } = await run('sleep 300 & echo $!; sleep 300', { timeout: 300 });
  const error = await runs.catch((refusal: unknown) => refusal);
  expect(error).toMatchObject({ code: 'CHECKS_FAILED', message: expect.stringContaining('ran longer than') });
  const pid = Number(/\n(\d+)/.exec(String(error))?.[1]);
  expect(pid).toBeGreaterThan(1);
  await expect.poll(() => isThere(pid), { timeout: 20_000 }).toBe(false);
});

/** Had nobody ended it, it would end by itself: the machine is also others'. */
const bomb = 'n=0; while [ $n -lt 1500 ]; do n=$((n+1));';

it.runIf(process.platform === 'linux')('ends a check that starts processes without end', async () => {
  const { runs } = await run(`${bomb} sleep 120 & done; wait`);
  await expect(runs).rejects.toMatchObject({
    code: 'CHECKS_FAILED',
    message: expect.stringContaining('too many processes'),
  });
});

it.runIf(process.platform === 'linux')('counts what leaves its process group, too', async () => {
  const { runs } = await run(`${bomb} setsid sleep 120 & done; wait`);
  await expect(runs).rejects.toMatchObject({
    code: 'CHECKS_FAILED',
    message: expect.stringContaining('too many processes'),
  });
});

const daemon = 'setsid sh -c \'sleep 301 & echo "pid $!"\' & wait';

it.runIf(process.platform === 'linux').each([
  ['left its process group', 'setsid sleep 301 & echo "pid $!"'],
  ['lost its parent besides', daemon],
  ['holds the outputs', `${daemon}; sleep 0.1`],
  // Seen while its parent was there, and remembered.
  ['threw its environment away', 'setsid env -i /bin/sh -c \'sleep 301 & echo "pid $!"; sleep 1\' & wait'],
])('leaves nothing behind that %s', async (_how, command) => {
  const { runs } = await run(command);
  const [end] = await runs;
  const pid = Number(/pid (\d+)/.exec(end?.tail ?? '')?.[1]);
  expect(pid).toBeGreaterThan(1);
  expect(isRunning(pid)).toBe(false);
});

it.runIf(process.platform === 'linux')('ends what left its group when its worker is killed', async () => {
  const child = fileURLToPath(new URL('shell-child.ts', import.meta.url));
  const worker = spawn(process.execPath, [child, daemon.replace('& wait', '& sleep 300')]);
  onTestFinished(() => void worker.kill('SIGKILL'));
  const [said] = await once(worker.stdout, 'data');
  const pid = Number(/pid (\d+)/.exec(String(said))?.[1]);
  expect(isThere(pid)).toBe(true);
  worker.kill('SIGKILL');
  await expect.poll(() => isThere(pid), { timeout: 20_000 }).toBe(false);
});

/** What is dead and waits for its parent to ask is not. */
function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
