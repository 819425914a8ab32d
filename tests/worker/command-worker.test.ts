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
  await expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 10_000 }).toMatch(/\d+\n/);
  const pid = Number(await readFile(file, 'utf8'));
  expect(isAlive(pid)).toBe(true);
  process.kill(holder.pid, 'SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
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
