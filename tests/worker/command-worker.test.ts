/** A worker whose runner is somebody's command: it learns its task, and nothing that opens the company to it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { isAlive, superviseCompany } from './supervised-company.ts';

it('finds no token in its environment, nor in that of the worker above it', async () => {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'spied');
  const spy = [
    `cat /proc/self/environ /proc/$$/environ /proc/$PPID/environ /proc/$PPID/cmdline | tr '\\0' '\\n' > ${file}`,
    `cat /proc/$PPID/fd/0 >> ${file} 2>/dev/null`,
    'echo approve > "$AGENTCOORD_DECISION"',
    'echo done',
  ].join('; ');
  const { route, until, sessions } = await superviseCompany({ runner: 'command', options: { command: spy } });
  const issued: string[] = [];
  const issue = sessions.issue.bind(sessions);
  sessions.issue = (holder) => {
    const token = issue(holder);
    issued.push(token);
    return token;
  };
  await route('Dark mode');
  await until((state) => [...state.epics.values()].every(({ state: is }) => is === 'completed'));
  const spied = await readFile(file, 'utf8');
  expect(spied).toContain('AGENTCOORD_TITLE=');
  expect(issued.length).toBeGreaterThan(0);
  for (const token of issued) expect(spied).not.toContain(token);
});

it('is killed with everything that it started when its worker is killed', async () => {
  const file = path.join(await temporaryFolder(), 'pid');
  const command = `echo $$ > ${file}; sleep 60`;
  const { route, holderOf } = await superviseCompany({ runner: 'command', options: { command } });
  await route('Dark mode');
  const holder = await holderOf('Write PRD');
  await expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 40_000 }).toMatch(/\d+\n/);
  const pid = Number(await readFile(file, 'utf8'));
  expect(isAlive(pid)).toBe(true);
  process.kill(holder.pid, 'SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 30_000 }).toBe(false);
});

it('fails the attempt with what the command said, until none is left', async () => {
  const { route, until, task } = await superviseCompany({
    file: { policy: { retry_base: '0s', max_attempts: 2 } },
    runner: 'command',
    options: { command: 'echo "the disk is full" >&2; exit 4' },
  });
  await route('Dark mode');
  await until((state) => [...state.epics.values()].every(({ state: is }) => is === 'blocked'));
  expect(await task('Write PRD')).toMatchObject({
    state: 'failed',
    attempts: [1, 2].map(() => ({ outcome: 'failed', reason: expect.stringContaining('the disk is full') })),
  });
});

it.runIf(process.platform === 'linux')(
  'is ended with all of it when it is a fork bomb, which stands with the attempt',
  async () => {
    const file = path.join(await temporaryFolder(), 'pids');
    // Had nobody ended it, it would end by itself: the machine is also others'.
    const bomb = `n=0; while [ $n -lt 1500 ]; do n=$((n+1)); sleep 120 & echo $! >> ${file}; done; wait`;
    const { owner, until, task, workers } = await superviseCompany({
      file: { policy: { retry_base: '0s', max_attempts: 1 } },
      runner: 'command',
      options: { command: bomb },
    });
    await owner.command({ type: 'task.create', title: 'Bomb', roleId: 'engineer' });
    await until((state) =>
      [...state.tasks.values()].some(({ state: is }) => is === 'failed' || is === 'done'),
    );
    expect(await task('Bomb')).toMatchObject({
      state: 'failed',
      attempts: [{ reason: 'The command started too many processes and was ended' }],
    });
    const pids = (await readFile(file, 'utf8')).trim().split('\n').map(Number);
    expect(pids.length).toBeGreaterThan(900);
    // They are killed all at once, and gone when the system has cleared them away.
    await expect.poll(() => pids.filter(isAlive), { timeout: 30_000 }).toEqual([]);
    // Its worker has felt nothing of it.
    expect(await workers()).toMatchObject([{ state: 'ready' }]);
  },
);

it('hands in the beginning of a gigabyte that it prints, and fills neither the log nor the memory of its worker', {
  timeout: 180_000,
}, async () => {
  const { owner, until, task, workers, logOf } = await superviseCompany({
    file: { policy: { retry_base: '0s' } },
    runner: 'command',
    options: { command: 'head -c 1000000000 /dev/zero' },
  });
  await owner.command({ type: 'task.create', title: 'Loud', roleId: 'engineer' });
  await until((state) => [...state.tasks.values()].some(({ state: is }) => is === 'failed' || is === 'done'));
  const { state, submission } = await task('Loud');
  expect(state).toBe('done');
  expect(submission?.artifacts).toMatchObject([{ path: 'output.txt', bytes: 1_000_000 }]);
  const [worker] = await workers();
  expect(worker).toMatchObject({ state: 'ready' });
  const log = () => logOf(worker?.id as never);
  await expect
    .poll(log, { timeout: 30_000 })
    .toContain('it printed more than 4000000 characters: the rest is left out');
  expect((await log()).length).toBeLessThan(5_000_000);
  const status = await readFile(`/proc/${worker?.pid}/status`, 'utf8').catch(() => '');
  const peak = Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1] ?? 0);
  expect(peak).toBeLessThan(400_000);
});
