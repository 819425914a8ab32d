/** Refusals worth knowing, and decisions, are in the log; others are not, and nobody fills it with them. */
import { describe, expect, it } from 'vitest';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { Actor } from '../../src/core/context.ts';
import { CoordError } from '../../src/core/error.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import { eventVersion } from '../../src/core/event.ts';
import type { Seq, TaskId } from '../../src/core/ids.ts';
import { MemoryEventLog } from '../../src/log/memory/memory-log.ts';
import type { OpenedCompany } from './kit.ts';
import { claim, createTasks, dump, openCompany, replay, startWorker } from './kit.ts';
import { createSmall, openSessionHost } from './session-host.ts';

async function opened(): Promise<OpenedCompany & { since(): Promise<StoredEvent[]> }> {
  const log = new MemoryEventLog();
  const company = await openCompany({ log });
  const start = await log.head();
  return { ...company, since: async () => log.read(start, 10_000) };
}

const actorOf = async ({ member }: OpenedCompany, name: string): Promise<Actor> => ({
  kind: 'member',
  memberId: await member(name),
});

it('what a session had no right to is recorded: files outside, files without a lock, a withdrawn token', async () => {
  const host = await openSessionHost();
  const company = await createSmall(host, 'Acme');
  const token = host.sessions.issue({
    companyId: company.id,
    memberId: await company.coordinator.read(
      ({ index }) => [...index.membersByName.get('ada')][0]?.id as never,
    ),
  });
  const ada = host.connect();
  await ada.hello({ version: rpcVersion, token, company: null, client: 'test' });
  await expect(ada.readFile({ path: '../log.sqlite' })).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
  await expect(ada.writeFile({ path: '../x', base64: '' })).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
  await expect(ada.writeFile({ path: 'a.md', base64: '', token: 1 as Seq })).rejects.toMatchObject({
    code: 'LOCK_LOST',
  });
  await expect(ada.writeFile({ path: 'a.md', base64: '' })).rejects.toMatchObject({ code: 'NOT_LOCKED' });
  host.sessions.revoke(token);
  await expect(ada.command({ type: 'task.create', title: 'x' })).rejects.toMatchObject({
    code: 'SESSION_INVALID',
  });
  const owner = await host.owner();
  const { entries } = await owner.query('audit', { types: ['command.refused'], order: 'oldest' });
  expect(entries).toMatchObject([
    { actor: { name: 'ada' }, what: 'refused readFile: PATH_OUTSIDE' },
    { actor: { name: 'ada' }, what: 'refused writeFile: PATH_OUTSIDE' },
    { actor: { name: 'ada' }, what: 'refused writeFile: LOCK_LOST' },
    { actor: { name: 'ada' }, what: 'refused writeFile: NOT_LOCKED' },
    { actor: { name: 'ada' }, what: 'refused task.create: SESSION_INVALID' },
  ]);
});

describe('a refusal', () => {
  it('for want of the right is an event of whoever asked, with what they were told', async () => {
    const company = await opened();
    const { as, member, since } = company;
    const before = await dump(company.coordinator);
    const refusal = await as('ada', { type: 'company.configure', name: 'Mine' }).catch((error) => error);
    expect(refusal).toMatchObject({ code: 'FORBIDDEN' });
    expect(await since()).toEqual([
      {
        seq: before.seq + 1,
        version: eventVersion,
        at: company.world.time,
        actor: await member('ada'),
        event: {
          type: 'command.refused',
          command: 'company.configure',
          code: 'FORBIDDEN',
          reason: refusal.message,
          objects: [],
          unrecorded: 0,
        },
      },
    ]);
    expect(await dump(company.coordinator)).toEqual({ ...before, seq: before.seq + 1 });
  });

  it('names the objects of the command', async () => {
    const company = await opened();
    const workerId = await startWorker(company, 'ada');
    await createTasks(company, 1);
    const claimed = await claim(company, 'ada', workerId);
    const lost = { type: 'task.renew', taskId: claimed?.taskId as TaskId, token: 1 as Seq } as const;
    await expect(company.as('ada', lost)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect((await company.since()).at(-1)?.event).toMatchObject({
      command: 'task.renew',
      code: 'LEASE_LOST',
      objects: [claimed?.taskId],
    });
  });

  it('that is only a mistake leaves no trace', async () => {
    const { as, coordinator, since } = await opened();
    await expect(
      as('owner', { type: 'task.cancel', taskId: 'task_none' as TaskId, reason: 'x' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(as('owner', { type: 'task.create' } as never)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(coordinator.execute({ kind: 'host' }, { type: 'company.configure' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await since()).toEqual([]);
  });

  it('of a call that is no command is recorded too, and answered once it is durable', async () => {
    const company = await opened();
    const actor = await actorOf(company, 'ada');
    const outside = new CoordError('PATH_OUTSIDE', '../x was refused: it leads out of the workspace');
    const call = { type: 'writeFile', lockId: 'lock_1' };
    await expect(company.coordinator.refuse(actor, call, outside)).rejects.toBe(outside);
    const mistake = new CoordError('TOO_LARGE', 'x was refused: it is too large');
    await expect(company.coordinator.refuse(actor, call, mistake)).rejects.toBe(mistake);
    expect((await company.since()).map(({ event }) => event)).toEqual([
      {
        type: 'command.refused',
        command: 'writeFile',
        code: 'PATH_OUTSIDE',
        reason: outside.message,
        objects: ['lock_1'],
        unrecorded: 0,
      },
    ]);
  });

  it('is recorded at most 20 times a member and minute; how many were not comes with the next one', async () => {
    const { as, world, coordinator, since } = await opened();
    const tryTo = (name: string) => as(name, { type: 'company.configure', name: 'Mine' }).catch(() => null);
    await Promise.all(Array.from({ length: 75 }, () => tryTo('ada')));
    await tryTo('bo');
    expect(await since()).toHaveLength(21);
    world.pass(59_000);
    await tryTo('ada');
    expect(await since()).toHaveLength(21);
    world.pass(1_000);
    await tryTo('ada');
    await tryTo('ada');
    const events = (await since()).map(({ event }) => event);
    expect(events.slice(21)).toMatchObject([{ unrecorded: 56 }, { unrecorded: 0 }]);
    expect(await coordinator.read(({ seq }) => seq)).toBe((await since()).at(-1)?.seq);
  });

  it('stands among what was decided with it, in order', async () => {
    const log = new MemoryEventLog();
    const company = await openCompany({ log });
    const { as, coordinator } = company;
    const start = await log.head();
    const asked = Array.from({ length: 30 }, (_, n) =>
      n % 3 === 1
        ? as('ada', { type: 'company.configure', name: `${n}` }).catch((error: CoordError) => error.code)
        : as('owner', { type: 'task.create', title: `task ${n}` }).then(({ events }) => events[0]?.event),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === 'FORBIDDEN')).toHaveLength(10);
    const events = await log.read(start, 1_000);
    expect(events.filter(({ event }) => event.type === 'command.refused')).toHaveLength(10);
    expect(await dump(coordinator)).toEqual(await replay(log));
  });
});

it('a decision is logged by any member, with its kind, context and reason', async () => {
  const { as, member, since } = await opened();
  await as('ada', {
    type: 'decision.log',
    kind: 'deployment',
    context: 'Backend v2.0',
    reason: 'It is tested.',
  });
  await as('owner', { type: 'decision.log', kind: 'hiring', context: 'Bo', reason: 'We need more.' });
  expect(await since()).toMatchObject([
    {
      actor: await member('ada'),
      event: {
        type: 'decision.logged',
        kind: 'deployment',
        context: 'Backend v2.0',
        reason: 'It is tested.',
      },
    },
    { actor: await member('owner'), event: { kind: 'hiring' } },
  ]);
  await expect(
    as('ada', { type: 'decision.log', kind: ' ', context: 'x', reason: 'y' }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT' });
});
