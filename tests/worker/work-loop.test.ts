/** A worker sends its next claim right behind what it hands in, and never one more than it should. */
import { expect, it, onTestFinished } from 'vitest';
import { Holdings } from '../../src/client/holdings.ts';
import { nothingToHandOver } from '../../src/contract/model-access.ts';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { Runner } from '../../src/contract/runner.ts';
import { randomId } from '../../src/coordinator/world.ts';
import type { TaskId } from '../../src/core/ids.ts';
import { connectClient } from '../../src/rpc/client.ts';
import { openSocketChannel } from '../../src/rpc/socket-channel.ts';
import { runTask } from '../../src/worker/run-task.ts';
import { WorkLoop } from '../../src/worker/work-loop.ts';
import { openRealCompany } from '../real-company.ts';

interface Moment {
  readonly loop: WorkLoop;
  readonly owner: Coordination;
}

interface Working {
  readonly titles: readonly string[];
  /** What happens while a task is done. */
  readonly during?: (task: { title: string; id: TaskId }, moment: Moment) => unknown;
  /** What happens when a call goes out or is answered. */
  readonly at?: (what: string, moment: Moment, said: readonly string[]) => void;
}

/** Ann's worker over a socket: until it has drained it does the tasks, and hands in a file for each. */
async function annWorks({ titles, during = () => undefined, at = () => undefined }: Working) {
  const { company, owner, sessions, socket, member } = await openRealCompany();
  for (const title of titles) await owner.command({ type: 'task.create', title, roleId: 'engineer' });
  const { id: memberId } = await member('ann');
  const workerId = randomId('worker');
  const start = { type: 'worker.start', workerId, memberId, launcher: 'test', runner: 'test' } as const;
  await company.coordinator.execute({ kind: 'host' }, start);
  const line = connectClient(await openSocketChannel(socket));
  onTestFinished(() => line.close());
  const token = sessions.issue({ companyId: company.id, memberId, workerId });
  await line.hello({ version: rpcVersion, token, client: 'test' });
  await line.command({ type: 'worker.report_ready', workerId, pid: process.pid });

  const said: string[] = [];
  const note = (what: string) => {
    said.push(what);
    at(what, { loop, owner }, said);
  };
  const host: Coordination = {
    ...line,
    command: (command) => {
      const answer = line.command(command);
      note(command.type);
      return answer.finally(() => note(`${command.type} answered`));
    },
    query: (name, params) => {
      if (name === 'work') note('work');
      return line.query(name, params);
    },
  };
  const runner: Runner = {
    name: 'test',
    run: async ({ brief: { task } }) => {
      await during(task, { loop, owner });
      return { kind: 'artifacts', files: [{ path: 'a.txt', bytes: Buffer.from(task.title) }] };
    },
  };
  const log = () => undefined;
  const parts = {
    host,
    runner,
    options: {},
    handover: nothingToHandOver,
    disk: 'host' as const,
    log,
    workerId,
    locks: new Holdings<never>(),
  };
  const loop: WorkLoop = new WorkLoop({
    ...{ host, workerId, slots: 1, log },
    run: (held, handingIn) => runTask(held, { ...parts, handingIn }),
  });
  await loop.run();
  const states = await company.coordinator.read(({ tasks }) =>
    Object.fromEntries([...tasks.values()].map(({ title, state }) => [title, state])),
  );
  return { said, states, held: loop.held.size };
}

it('claims the next task right behind what it hands in', async () => {
  const { said, states } = await annWorks({
    titles: ['one', 'two', 'three'],
    during: ({ title }, { loop }) => {
      if (title === 'three') loop.drain();
    },
  });
  expect(states).toEqual({ one: 'done', two: 'done', three: 'done' });
  expect(said).toEqual([
    ...['work', 'task.claim', 'task.claim answered'],
    ...['task.complete', 'task.claim', 'task.complete answered', 'task.claim answered'],
    ...['task.complete', 'task.claim', 'task.complete answered', 'task.claim answered'],
    ...['task.complete', 'task.complete answered'],
  ]);
});

it('claims nothing more once it drains', async () => {
  const { said, states, held } = await annWorks({
    titles: ['one', 'two'],
    during: (_, { loop }) => loop.drain(),
  });
  expect(states).toEqual({ one: 'done', two: 'ready' });
  expect(said.filter((what) => what === 'task.claim')).toHaveLength(1);
  expect(held).toBe(0);
});

it('does what it had claimed when it was told to drain, and ends only then', async () => {
  const { states, held } = await annWorks({
    titles: ['one', 'two', 'three'],
    at: (what, { loop }, said) => {
      if (what === 'task.claim' && said.includes('task.complete')) loop.drain();
    },
  });
  expect(states).toEqual({ one: 'done', two: 'done', three: 'ready' });
  expect(held).toBe(0);
});

it('goes on with the next task when what it hands in is refused', async () => {
  const { said, states } = await annWorks({
    titles: ['one', 'two'],
    during: ({ title, id: taskId }, { loop, owner }) => {
      if (title === 'one') return owner.command({ type: 'task.cancel', taskId, reason: 'not wanted' });
      return loop.drain();
    },
  });
  expect(states).toEqual({ one: 'cancelled', two: 'done' });
  expect(said.filter((what) => what === 'work')).toHaveLength(1);
});

it('takes nothing while it is paused, and waits until there is work again', async () => {
  const { said, states } = await annWorks({
    titles: ['one', 'two'],
    during: async ({ title }, { loop, owner }) => {
      if (title === 'two') return loop.drain();
      const [worker] = await owner.query('workers', {});
      if (!worker) throw new Error('there is no worker');
      await owner.command({ type: 'worker.pause', workerId: worker.id, reason: 'lunch' });
    },
    at: (what, { owner }, said) => {
      if (what === 'work' && said.includes('task.complete')) void resumeAll(owner);
    },
  });
  expect(states).toEqual({ one: 'done', two: 'done' });
  expect(said).toEqual([
    ...['work', 'task.claim', 'task.claim answered'],
    ...['task.complete', 'task.claim', 'task.complete answered', 'task.claim answered'],
    ...['work', 'task.claim', 'task.claim answered', 'task.complete', 'task.complete answered'],
  ]);
});

async function resumeAll(owner: Coordination): Promise<void> {
  for (const { id: workerId } of await owner.query('workers', {})) {
    await owner.command({ type: 'worker.resume', workerId });
  }
}
