/** Hosts and conflicts as people are shown them: in lists, and in the words of the audit. */
import { expect, it } from 'vitest';
import { auditPage } from '../../../src/coordinator/audit/audit-page.ts';
import { conflictsByTime } from '../../../src/coordinator/queries/conflicts.ts';
import { answerHosts, hostViews } from '../../../src/coordinator/queries/hosts.ts';
import type { CommandInput } from '../../../src/core/command.ts';
import type { HostId, Seq } from '../../../src/core/ids.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import { MemoryEventLog } from '../../../src/log/memory/memory-log.ts';
import { claim, createTasks, openCompany, startWorker } from '../kit.ts';

const asHost = { kind: 'host' } as const;

/** Of two hosts the second was lost with a task in work, after the first was cut off for a while. */
async function eventful() {
  const log = new MemoryEventLog();
  const server = await openCompany({ log, host: 'host_server' as HostId });
  await server.coordinator.execute(asHost, { type: 'host.join', name: 'server' });
  await createTasks(server, 2);
  await claim(server, 'ada', await startWorker(server, 'ada'));
  const desk = await openCompany({ log, host: 'host_desk' as HostId });
  const give = (command: CommandInput) => desk.coordinator.execute(asHost, command);
  await give({ type: 'host.join', name: 'desk' });
  const memberId = await desk.member('ada');
  for (const decidedAt of [20, 10]) {
    await give({
      type: 'conflict.record',
      conflict: {
        actor: { kind: 'member', memberId },
        command: { type: 'task.complete', taskId: 'task_a', token: decidedAt, artifacts: [] },
        events: [],
        refusal: { code: 'LEASE_LOST', message: 'somebody else holds it by now' },
        decidedAt,
      },
    });
  }
  return { desk, give };
}

it('are listed: those that are there first, with their workers and the tasks at home', async () => {
  const { desk, give } = await eventful();
  const views = () =>
    desk.coordinator.read((state) =>
      hostViews(state).map(({ host, workers, tasks }) => [host.name, host.state, workers.length, tasks]),
    );
  expect(await views()).toEqual([
    ['desk', 'there', 0, 0],
    ['server', 'there', 1, 2],
  ]);
  await give({ type: 'host.lose', hostId: 'host_server', unseenSince: desk.world.now() });
  expect(await views()).toEqual([
    ['desk', 'there', 0, 2],
    ['server', 'lost', 0, 0],
  ]);
});

/** Whom the store has seen lately: the server has not shown itself for a while. */
class SeeingLog extends MemoryEventLog {
  override readonly presence = {
    isThere: (id: HostId) => id === 'host_desk',
    hosts: () =>
      (['host_desk', 'host_server'] as const).map((id) => ({
        id: id as HostId,
        seenAt: (id === 'host_desk' ? 9_000 : 4_000) as EpochMs,
        isThere: id === 'host_desk',
        info: null,
      })),
    silentForAtLeast: () => 0,
    silentForAtMost: () => 0,
    show: () => undefined,
  } as never;
}

it('are told apart: which of them answers, and which does not show itself', async () => {
  const log = new SeeingLog();
  for (const name of ['desk', 'server']) {
    const { coordinator } = await openCompany({ log, host: `host_${name}` as HostId });
    await coordinator.execute(asHost, { type: 'host.join', name });
  }
  const company = await openCompany({ log, host: 'host_desk' as HostId });
  const ask = async (at: { seq: Seq } | null) =>
    (await answerHosts({ company } as never, { at } as never)).map(({ host, isThis, sight }) => [
      host.name,
      isThis,
      sight,
    ]);
  expect(await ask(null)).toEqual([
    ['desk', true, { seenAt: 9_000, isSeen: true }],
    ['server', false, { seenAt: 4_000, isSeen: false }],
  ]);
  expect(await ask({ seq: await log.head() })).toEqual([
    ['desk', true, null],
    ['server', false, null],
  ]);
});

it('conflicts wait in the order in which it was done, until they are resolved', async () => {
  const { desk } = await eventful();
  const listed = (all: boolean) =>
    desk.coordinator.read((state) =>
      conflictsByTime(state, { all }).map(({ id, decidedAt }) => [decidedAt, id]),
    );
  const [first, second] = await listed(false);
  expect([first?.[0], second?.[0]]).toEqual([10, 20]);
  await desk.as('owner', { type: 'conflict.drop', conflictId: String(first?.[1]), reason: 'done by hand' });
  expect(await listed(false)).toEqual([second]);
  expect(await listed(true)).toEqual([first, second]);
});

it('are told in words, without each of the tasks that moved', async () => {
  const { desk, give } = await eventful();
  const [first] = await desk.coordinator.read((state) => conflictsByTime(state, { all: true }));
  await desk.as('owner', { type: 'conflict.drop', conflictId: first?.id ?? '', reason: 'done by hand' });
  await give({ type: 'host.lose', hostId: 'host_server', unseenSince: desk.world.now() });
  await give({ type: 'host.leave' });
  const filter = {
    actor: null,
    object: null,
    text: null,
    types: ['host', 'conflict'],
    since: null,
    until: null,
  };
  const { entries } = await auditPage(
    desk.coordinator,
    { ...filter, order: 'oldest', limit: 50, cursor: null, at: null } as never,
    new AbortController().signal,
  );
  expect(entries.map(({ what, reason }) => [what, reason])).toEqual([
    ['host server joined', null],
    ['host desk joined', null],
    ['conflict at desk: task.complete of ada did not fit any more', 'somebody else holds it by now'],
    ['conflict at desk: task.complete of ada did not fit any more', 'somebody else holds it by now'],
    ['conflict dropped: task.complete', 'done by hand'],
    ['host server lost: its tasks go to desk', null],
    ['host desk left the company', null],
  ]);
  expect(entries.map(({ changes }) => changes.map(({ table }) => table))).toEqual([
    ['hosts'],
    ['hosts'],
    ['conflicts'],
    ['conflicts'],
    ['conflicts'],
    ['hosts'],
    ['hosts'],
  ]);
});
