/** `agentcoord hosts` and `agentcoord conflicts`, on a log that two hosts have worked on. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompanyCoordinator } from '../../src/coordinator/company-coordinator.ts';
import type { CommandInput } from '../../src/core/command.ts';
import type { HostId } from '../../src/core/ids.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import type { Json, Sandbox } from './run-agentcoord.ts';
import { openSandbox } from './run-agentcoord.ts';

let sandbox: Sandbox;
const conflicts = async (...more: string[]): Promise<Json[]> =>
  (await sandbox.json('conflicts', ...more)).conflicts;

beforeAll(async () => {
  sandbox = await openSandbox();
  const { company } = await sandbox.json('init', '--template', 'startup', '--name', 'Acme');
  const file = path.join(sandbox.dataDir, 'companies', company.id, 'log.sqlite');
  for (const [id, name] of [
    ['host_server', 'server'],
    ['host_desk', 'desk'],
  ] as const) {
    const coordinator = await CompanyCoordinator.open({ log: openSqliteEventLog(file), host: id as HostId });
    await coordinator.execute({ kind: 'host' }, { type: 'host.join', name });
    if (id === 'host_desk')
      for (const command of await heardOf(coordinator)) await give(coordinator, command);
    await coordinator.close();
  }
});
afterAll(() => sandbox.remove());

const give = (coordinator: CompanyCoordinator, command: CommandInput) =>
  coordinator.execute({ kind: 'host' }, command);

/** What the owner did there, and did not fit any more. */
async function heardOf(coordinator: CompanyCoordinator): Promise<CommandInput[]> {
  const memberId = await coordinator.read(({ company }) => company?.ownerId);
  if (!memberId) throw new Error('the company has no owner');
  const actor = { kind: 'member', memberId } as const;
  const about = (command: { type: string; [field: string]: unknown }, decidedAt: number): CommandInput => ({
    type: 'conflict.record',
    conflict: {
      actor,
      command,
      events: [{ seq: 7.000001, at: decidedAt, event: { type: 'task.created' } }],
      refusal: { code: 'NOT_FOUND', message: 'There is no role' },
      decidedAt,
    },
  });
  return [
    about({ type: 'task.create', title: 'Kept' }, 1_000),
    about({ type: 'task.cancel', taskId: 'task_gone', reason: 'x' }, 2_000),
    about({ type: 'lock.acquire', scope: 'src', intent: 'to write' }, 3_000),
  ];
}

describe('hosts', () => {
  it('are listed with their state, for people and for programs', async () => {
    const { hosts } = await sandbox.json('hosts');
    expect(hosts).toMatchObject([
      { id: 'host_desk', name: 'desk', state: 'there', workers: [], tasks: 0 },
      { id: 'host_server', name: 'server', state: 'there' },
    ]);
    const { stdout } = await sandbox.run('hosts');
    expect(stdout).toMatch(/HOST +NAME +STATE +SINCE/);
    expect(stdout).toMatch(/host_desk +desk +there/);
  });
});

describe('conflicts', () => {
  it('are shown with everything that is kept, done again, and dropped for a reason', async () => {
    const [kept, gone] = await conflicts();
    expect((await sandbox.run('conflicts')).stdout).toMatch(/owner +task\.create +There is no role +waits/);
    const shown = await sandbox.run('conflicts', 'show', kept.id);
    expect(shown.stdout).toContain('"title": "Kept"');
    expect(shown.stdout).toContain('"seq": 7.000001');
    expect(shown.stdout).toContain(`agentcoord conflicts reapply ${kept.id}`);

    const { conflict } = await sandbox.json('conflicts', 'reapply', kept.id);
    expect(conflict).toMatchObject({ host: 'host_desk', resolution: { how: 'reapplied', by: 'owner' } });
    expect((await sandbox.json('tasks')).tasks).toMatchObject([{ title: 'Kept' }]);

    const refused = await sandbox.run('conflicts', 'reapply', gone.id);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^NOT_FOUND: task\.cancel of owner still does not fit: There is no task/);
    expect(await conflicts()).toHaveLength(1);
    const dropped = await sandbox.run('conflicts', 'drop', gone.id, '--reason', 'it is gone');
    expect(dropped.stdout).toContain('dropped by owner at ');
    expect(await conflicts()).toEqual([]);
    expect((await sandbox.run('conflicts')).stdout).toBe('No conflict waits.\n');
  });

  it('that lapsed are listed among all of them, with why nobody has to decide', async () => {
    const lapsed = (await conflicts('--all')).filter(({ resolution }) => resolution?.how === 'lapsed');
    expect(lapsed).toMatchObject([{ command: { type: 'lock.acquire' }, resolution: { by: null } }]);
    expect(await sandbox.run('conflicts', 'show', lapsed[0].id)).toMatchObject({
      stderr: '',
      stdout: expect.stringMatching(/lapsed at \S+: it only held something for its session/),
    });
    const refused = await sandbox.run('conflicts', 'reapply', lapsed[0].id);
    expect(refused.stderr).toMatch(/^WRONG_STATE: The conflict \S+ is resolved already: it lapsed: /);
  });
});
