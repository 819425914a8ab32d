/** `--at` is there wherever the query behind a command can be asked of the past. */
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pathOf, timeless, untilThen } from '../../src/cli/global-options.ts';
import { createProgram } from '../../src/cli/program.ts';
import type { QueryName } from '../../src/contract/queries.ts';
import { querySchemas } from '../../src/contract/queries.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import { openHost } from '../../src/serve/open-host.ts';
import type { Json, Sandbox } from './run-agentcoord.ts';
import { openSandbox } from './run-agentcoord.ts';

/** Commands that change something, run something, or are about the whole past anyway. */
const ofNow = [
  ...['serve', 'init', 'demo', 'doctor', 'selftest', 'lint', 'verify'],
  ...['diff', 'log-decision', 'mcp', 'simulate', 'dashboard'],
  ...[
    'task create',
    'task release',
    'task reassign',
    'task cancel',
    'task retry',
    'epic create',
    'epic cancel',
  ],
  ...['assign', 'prioritize', 'take', 'give-back', 'hand-in'].map((verb) => `task ${verb}`),
  ...['delegate', 'set-aside', 'take-up', 'org merge'],
  ...['artifact show', 'board read', 'org apply', 'workflow set', 'workflow remove'],
  ...['add', 'change', 'remove'].map((verb) => `member ${verb}`),
  ...['list', 'start', 'show', 'stop'].map((verb) => `reviews ${verb}`),
  ...['approve', 'reject', 'approvals request', 'approvals wait', 'approvals cancel'],
  ...['board post', 'board reply', 'board send', 'board resolve', 'board wait', 'board reopen'],
  ...[
    'board prioritize',
    'locks acquire',
    'locks release',
    'worker log',
    'worker spawn',
    'worker retry',
    'worker drain',
    'worker pause',
    'worker resume',
    'worker end',
  ],
  ...['pause', 'resume', 'stop-all', 'budget set', 'conflicts reapply', 'conflicts drop'],
  ...['scale set', 'scale remove', 'models show', 'models set', 'models forget', 'models test'],
  ...['companies', 'join', 'move', 'redis set', 'redis show', 'redis forget'],
  ...['veto', 'arbitrate', 'do', 'ask', 'openapi'],
  ...['list', 'create', 'revoke'].map((verb) => `tokens ${verb}`),
  ...['show', 'set', 'forget'].map((verb) => `railway ${verb}`),
  ...['answer', 'review', 'watch', 'agents', 'worker-image build', 'completion', 'complete', 'man'],
  ...['list', 'show', 'set', 'test', 'remove', 'link', 'unlink'].map((verb) => `channels ${verb}`),
  ...['list', 'install', 'remove', 'init', 'check', 'pack'].map((verb) => `plugin ${verb}`),
  ...['files read', 'files write', 'files rm', 'files merge', 'files lock', 'files unlock'],
];

/** Queries of the past that no command shows as they are: a part of another's answer, or asked by the UI and by workers. */
const withoutCommand: readonly QueryName[] = [
  ...(['taskCount', 'taskBrief', 'gate', 'bestAgent', 'satisfiability'] as const),
];

const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);

const names = Object.keys(querySchemas) as QueryName[];
const takesAt = (name: QueryName): boolean => {
  const atIssues = querySchemas[name].safeParse({ at: { seq: 0 } }).error?.issues ?? [];
  return !atIssues.some(({ path }) => path[0] === 'at');
};

describe('--at', () => {
  it('is for every command, or the command is known not to show the state', () => {
    const commands = leaves(createProgram()).map(pathOf);
    expect(commands.toSorted()).toEqual([...Object.keys(timeless), ...untilThen, ...ofNow].toSorted());
  });

  it('is for every query that takes a moment, or no command shows it', () => {
    const shown = new Set<QueryName>([...Object.values(timeless), ...withoutCommand]);
    expect(names.filter(takesAt).toSorted()).toEqual([...shown].toSorted());
  });
});

describe('of the past', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox();
    await sandbox.json('init', '--template', 'startup', '--name', 'Acme');
  });
  afterAll(() => sandbox.remove());

  it.each([['usage'], ['hung'], ['locks'], ['hosts'], ['conflicts'], ['scale']])(
    '%s is shown',
    async (command) => {
      expect((await sandbox.run(command, '--at', '1')).code).toBe(0);
    },
  );

  it('the audit ends there, and so does what is exported', async () => {
    const { entries } = await sandbox.json('audit', '--at', '3');
    expect(entries.map(({ seq }: Json) => seq)).toEqual([3, 2, 1]);
    const { stdout } = await sandbox.run('export', '--at', '3');
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).seq),
    ).toEqual([1, 2, 3]);
    expect((await sandbox.run('audit', '--at', '3', '--until', '3')).code).toBe(2);
  });

  it('nothing is asked for backwards', async () => {
    const { code, stderr } = await sandbox.run('audit', '--since', '10', '--until', '5');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^BAD_INPUT: .*`since`.* is later than .*`until`/);
  });

  it('a task is shown that has left the state', async () => {
    const { task } = await sandbox.json('task', 'create', '--title', 'long ago');
    const { head } = await sandbox.json('status');
    await sandbox.json('task', 'cancel', task.id, '--reason', 'never mind');
    await endTasks(sandbox.dataDir, 3_000);
    const now = await sandbox.run('task', 'show', task.id);
    expect(now.code).toBe(1);
    expect(now.stderr).toMatch(/^NOT_FOUND: .*with `--at` those of an earlier moment/);
    const then = await sandbox.json('task', 'show', task.id, '--at', String(head));
    expect(then.task).toMatchObject({ id: task.id, title: 'long ago', state: 'ready' });
  });
});

/** More than the state keeps of what has ended. */
async function endTasks(dataDir: string, count: number): Promise<void> {
  const host = await openHost({ dataDir, name: 'test', listen: false, workers: 0 });
  try {
    const session = host.connect();
    await session.hello({ version: rpcVersion, token: host.token, company: null, client: 'test' });
    await Promise.all(
      Array.from({ length: count }, async () => {
        const { events } = await session.command({ type: 'task.create', title: 'short' });
        for (const { event } of events) {
          if (event.type !== 'task.created') continue;
          await session.command({ type: 'task.cancel', taskId: event.task.id, reason: 'enough' });
        }
      }),
    );
  } finally {
    await host.close();
  }
}
