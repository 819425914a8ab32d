/** What no longer fits after an outage: people are asked about work, words and decisions, and about nothing else. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Holdings } from '../../src/client/holdings.ts';
import type { CommandInput } from '../../src/core/command.ts';
import type { Actor } from '../../src/core/context.ts';
import type { SessionId } from '../../src/core/ids.ts';
import type { HostApart, HostsApart } from './hosts-apart.ts';
import { expectSame, openHostsApart } from './hosts-apart.ts';
import { claim, complete, createTasks, dump, host, startWorker } from './kit.ts';

let hosts: HostsApart;

beforeEach(async () => {
  hosts = await openHostsApart();
});

const lock: CommandInput = { type: 'lock.acquire', scope: 'src', intent: 'to write' };

async function inSession(at: HostApart, name: string, command: CommandInput) {
  const sessionId = `session_${name}` as SessionId;
  const actor: Actor = { kind: 'member', memberId: await at.member(name), sessionId };
  return at.coordinator.execute(actor, command);
}

const conflicts = async () =>
  (await dump(hosts.here.coordinator)).conflicts
    .map(({ command, resolution }) => `${command.type} ${resolution?.how ?? 'waits'}`)
    .sort();

describe('what no longer fits', () => {
  it('lapses when it was a lock, and whoever has it is told', async () => {
    const { here, there, shared } = hosts;
    await here.leave();
    const given = (await inSession(here, 'ada', lock)).events[0];
    if (given?.event.type !== 'lock.acquired') throw new Error('nothing was locked');
    const { id } = given.event.lock;
    await inSession(there, 'bo', lock);
    here.world.pass(60_000);
    await inSession(here, 'ada', { type: 'lock.renew', lockId: id, token: given.seq });
    const lost: string[] = [];
    const locks = new Holdings();
    await locks.take(async () => ({ id, token: given.seq, lose: (why) => lost.push(why) }));
    const from = await shared.head();
    await here.comeBack();
    await expectSame(hosts);
    expect(await conflicts()).toEqual(['lock.acquire lapsed']);
    for (const stored of await shared.read(from, 100)) locks.see(stored);
    expect(lost).toEqual([expect.stringContaining('others came first')]);
  });

  it('is nothing when it was a sign of life of a worker that others have given up', async () => {
    const { here, there } = hosts;
    await here.coordinator.execute(host, { type: 'host.join', name: 'desk' });
    const worker = await startWorker(here, 'ada');
    await createTasks(here, 1);
    const held = await claim(here, 'ada', worker);
    if (!held) throw new Error('nothing was claimed');
    await expect.poll(async () => (await dump(there.coordinator)).tasks[0]?.state).toBe('leased');
    await here.leave();
    here.world.pass(60_000);
    await here.as('ada', { type: 'worker.beat', workerId: worker });
    await here.as('ada', { type: 'task.renew', ...held });
    await here.as('owner', { type: 'worker.pause', workerId: worker, reason: 'a look' });
    await complete(here, 'ada', held);
    const lose = { type: 'host.lose', hostId: 'host_here', unseenSince: there.world.now() } as const;
    await there.coordinator.execute(host, lose);
    await here.comeBack();
    await expectSame(hosts);
    expect(await conflicts()).toEqual(['task.complete waits', 'worker.pause lapsed']);
  });

  it('is no further conflict when two hosts settled the same one', async () => {
    const { here, there } = hosts;
    const [taskId = ''] = await createTasks(here, 1);
    await expect.poll(async () => (await dump(there.coordinator)).tasks).toHaveLength(1);
    await here.leave();
    await there.as('owner', { type: 'task.cancel', taskId, reason: 'not needed' });
    await here.as('owner', { type: 'task.prioritize', taskId, priority: 'URGENT' });
    await here.comeBack();
    await expectSame(hosts);
    const [conflictId = ''] = (await dump(here.coordinator)).conflicts.map(({ id }) => id);
    const drop = { type: 'conflict.drop', conflictId, reason: 'settled' } as const;
    await here.leave();
    const refused = here.as('owner', { type: 'conflict.reapply', conflictId });
    await expect(refused).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await here.as('owner', drop);
    await there.as('owner', drop);
    await here.comeBack();
    await expectSame(hosts);
    expect(await conflicts()).toEqual(['task.prioritize dropped']);
  });
});
