/** Workers that have neither the disk nor the socket of their host: they come by the door, and the files travel. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Launcher } from '../../src/contract/launcher.ts';
import type { WorkflowFileInput } from '../../src/contract/templates.ts';
import { createSubprocessLauncher } from '../../src/launchers/subprocess.ts';
import { gitProject } from '../git-project.ts';
import { smallCompany } from '../real-company.ts';
import { superviseCompany } from './supervised-company.ts';

const workerEntry = path.resolve(import.meta.dirname, '../../src/worker/index.ts');
const flow = (more: object = {}): WorkflowFileInput[] => [
  { name: 'small', steps: [{ id: 1, title: 'Change', role: 'engineer', ...more }] },
];
const policy = { lease: '30s', heartbeat: '1s', retry_base: '0s', max_attempts: 1 };
const isOver = (state: { epics: { values(): Iterable<{ state: string }> } }) =>
  [...state.epics.values()].every(({ state: is }) => is === 'completed' || is === 'blocked');

async function changed(command: string, files: Record<string, string>, more: object = {}) {
  const project = await gitProject(files);
  if (files['run.sh']) project.git('update-index', '--chmod=+x', 'run.sh');
  if (files['run.sh']) project.git('commit', '--quiet', '-m', 'To be run');
  const company = await superviseCompany({
    isAway: true,
    worktreesOf: project.folder,
    file: smallCompany({ workflows: flow(more), policy }),
    runner: 'command',
    options: { command },
  });
  await company.route('Dark mode');
  await company.until(isOver);
  const task = await company.task('Change');
  const [worker] = await company.workers();
  return { ...company, project, task, log: worker ? await company.logOf(worker.id) : '' };
}

describe('a worker away', () => {
  it('fetches the worktree, changes it, has it checked, and sends back what changed and nothing else', async () => {
    const { project, task, faults } = await changed(
      [
        '[ -z "$AGENTCOORD_SOCKET$AGENTCOORD_TOKEN" ] || exit 9',
        'git diff --quiet && ./run.sh > src/a.txt && rm README.md && mkdir -p docs out && echo b > docs/b.txt',
        'echo built > out/x && echo "$AGENTCOORD_WORKTREE" > where.txt',
      ].join('\n'),
      { 'src/a.txt': 'old\n', 'README.md': 'hi\n', '.gitignore': 'out\n', 'run.sh': '#!/bin/sh\necho new\n' },
      { checks: ['grep new src/a.txt', '[ ! -e README.md ]'] },
    );
    expect(task.attempts).toMatchObject([{ outcome: 'submitted' }]);
    await expect
      .poll(() => project.show(project.branches()[0] ?? '', 'src/a.txt'), { timeout: 30_000 })
      .toBe('new');
    const [branch = ''] = project.branches();
    expect(project.show(branch, 'docs/b.txt')).toBe('b');
    expect(project.show(branch, 'README.md')).toBeNull();
    expect(project.show(branch, 'out/x')).toBeNull();
    // In a folder of its own, not in the worktree of the host.
    expect(project.show(branch, 'where.txt')).toContain('agentcoord-run-');
    expect(faults).toEqual([]);
  });

  it.each([
    ['a link that leads out', 'ln -s /etc/passwd leak', 'is a link or the like'],
    ['a file that is too large', 'truncate -s 21000000 large.bin', 'from another machine a file has'],
    ['a pipe', 'mkfifo pipe', 'is a link or the like'],
  ])('is refused %s, in words, and nothing is merged', async (_what, command, words) => {
    const { project, task } = await changed(command, { 'a.txt': 'old\n' });
    expect(task.state).toBe('failed');
    expect(task.attempts[0]?.reason).toContain(words);
    expect(project.branches()).toEqual([]);
  });

  it('finds the shared files for its checks, wherever the host has them', async () => {
    const { route, until, task, owner } = await superviseCompany({
      isAway: true,
      file: smallCompany({ workflows: flow({ checks: ['grep -q shared notes/a.txt'] }), policy }),
      runner: 'command',
      options: { command: 'echo done' },
    });
    const { events } = await owner.command({
      type: 'lock.acquire',
      scope: 'notes/a.txt',
      intent: 'to begin',
    });
    const token = events[0]?.seq as number;
    await owner.writeFile({ path: 'notes/a.txt', base64: Buffer.from('shared').toString('base64'), token });
    await route('Dark mode');
    await until(isOver);
    expect(await task('Change')).toMatchObject({ state: 'done' });
  });

  it('says what it takes of its machine, which nobody here can measure', async () => {
    const launcher = createSubprocessLauncher({ command: [process.execPath, workerEntry] });
    const blind: Launcher = {
      ...launcher,
      reach: 'network',
      launch: async (request) => {
        const environment = { ...request.environment, AGENTCOORD_TOKEN: request.token };
        const launched = await launcher.launch({ ...request, environment, token: '' });
        return { ...launched, measure: async () => null };
      },
    };
    const { owner, until } = await superviseCompany({
      isAway: true,
      launcher: blind,
      file: { policy: { ...policy, heartbeat: '1s', lease: '4s' } },
      runner: 'command',
      options: { command: 'sleep 60' },
    });
    await owner.command({ type: 'task.create', title: 'Long', roleId: 'engineer' });
    await until((state) => [...state.tasks.values()].some(({ lease }) => lease !== null));
    const use = async () => (await owner.query('workerFacts', {}))[0]?.process;
    await expect
      .poll(use, { timeout: 40_000 })
      .toMatchObject({ processes: expect.any(Number), memory: expect.any(Number), tree: [] });
    expect((await use())?.memory).toBeGreaterThan(10_000_000);
    const me = await owner.query('workers', {});
    const beat = { type: 'worker.beat', workerId: me[0]?.id as never } as const;
    const tooMuch = { cpuMs: 1, memory: Number.MAX_SAFE_INTEGER, processes: 1 };
    await expect(owner.command({ ...beat, use: tooMuch })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('is not started where the host has no address for it, and the reason says what to do', async () => {
    const launcher = {
      name: 'far',
      reach: 'network' as const,
      launch: () => Promise.reject(new Error('no')),
    };
    const { route, until, workers } = await superviseCompany({
      launcher: { ...launcher, killLeftover: async () => false },
    });
    await route('Dark mode');
    await until((state) => [...state.workers.values()].some(({ state: is }) => is === 'crashed'));
    expect((await workers())[0]?.exitReason).toContain('--public-url wss://');
  });

  it('is what the member says, whatever the host starts others with', async () => {
    const file = smallCompany({ policy });
    const [product] = file.departments ?? [];
    const members = [{ name: 'pia', role: 'pm', launcher: 'railway' as const }];
    const { route, until, workers } = await superviseCompany({
      file: {
        ...file,
        departments: [
          { ...product, name: 'product', teams: [{ name: 'product', members }] },
          ...(file.departments ?? []).slice(1),
        ],
      },
    });
    await route('Dark mode');
    await until((state) => [...state.workers.values()].some(({ state: is }) => is === 'crashed'));
    expect((await workers())[0]).toMatchObject({
      launcher: 'railway',
      exitReason: expect.stringContaining('This host has no launcher “railway”: it has subprocess'),
    });
  });

  it('leaves nothing of what it fetched', async () => {
    const { holderOf, supervisor, route } = await superviseCompany({
      isAway: true,
      file: smallCompany({ policy }),
      runner: 'command',
      options: { command: 'sleep 60' },
    });
    await route('Dark mode');
    const { id } = await holderOf('Write PRD');
    await supervisor.stop();
    expect((await readdir('/tmp')).filter((name) => name.includes(id))).toEqual([]);
  });
});
