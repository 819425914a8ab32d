/** What differs between two moments: rows that are new, gone or changed, and in which fields. */
import { expect, it } from 'vitest';
import { diffStates } from '../../../src/coordinator/history/diff-states.ts';
import { forgetOldest } from '../../../src/core/forget.ts';
import { dumpState } from '../../../src/core/state.ts';
import { MemoryEventLog } from '../../../src/log/memory/memory-log.ts';
import { company } from '../../core/companies.ts';
import { seededRandom } from '../../seeded-random.ts';
import { busyCompany } from '../busy-company.ts';
import { createSmall, openSessionHost } from '../session-host.ts';

it('lists rows by table, with the fields that changed', async () => {
  const host = await openSessionHost();
  await createSmall(host, 'Acme');
  const owner = await host.owner();
  const before = await owner.command({ type: 'task.create', title: 'one' });
  const [view] = await owner.query('tasks', {});
  const taskId = view?.task.id as never;
  const [ada] = (await owner.query('members', {})).filter(({ member }) => member.name === 'ada');
  host.world.pass(5_000);
  await owner.command({ type: 'task.prioritize', taskId, priority: 'URGENT' });
  await owner.command({ type: 'task.create', title: 'two' });
  await owner.command({ type: 'member.remove', memberId: ada?.member.id as never });
  const last = await owner.command({ type: 'company.configure', name: 'Other' });

  const diff = await owner.query('diff', { from: { seq: before.seq }, to: { seq: last.seq } });
  expect(diff.from).toEqual({ seq: before.seq, at: host.world.time - 5_000 });
  expect(diff.to).toEqual({ seq: last.seq, at: host.world.time });
  const byTable = Object.fromEntries(diff.tables.map((table) => [table.table, table]));
  expect(Object.keys(byTable)).toEqual(['company', 'members', 'tasks']);
  expect(byTable['company']).toMatchObject({ changed: 1, rows: [{ fields: ['name'] }] });
  expect(byTable['members']).toMatchObject({
    removed: 1,
    rows: [{ id: ada?.member.id, before: { name: 'ada' }, after: null, fields: [] }],
  });
  expect(byTable['tasks']).toMatchObject({ added: 1, changed: 1, removed: 0 });
  expect(byTable['tasks']?.rows.find(({ id }) => id === taskId)).toMatchObject({
    before: { priority: 'NORMAL' },
    after: { priority: 'URGENT' },
    fields: ['priority'],
  });

  const back = await owner.query('diff', { from: { seq: last.seq }, to: { seq: before.seq } });
  expect(back.tables.find(({ table }) => table === 'members')).toMatchObject({ added: 1, removed: 0 });
  const untilNow = await owner.query('diff', { from: { seq: before.seq } });
  expect(untilNow.tables).toEqual(diff.tables);
  expect((await owner.query('diff', { from: { seq: last.seq } })).tables).toEqual([]);
  const short = await owner.query('diff', { from: { seq: before.seq }, limit: 1 });
  expect(short.tables.find(({ table }) => table === 'tasks')).toMatchObject({ added: 1, changed: 1 });
  expect(short.tables.find(({ table }) => table === 'tasks')?.rows).toHaveLength(1);
});

it('says of any two moments what their states say', async () => {
  const random = seededRandom(3);
  const log = new MemoryEventLog();
  const { coordinator } = await busyCompany(random, { log, rounds: 40 });
  const head = await log.head();
  for (let round = 0; round < 30; round += 1) {
    const [from, to] = [1 + Math.floor(random() * head), 1 + Math.floor(random() * head)];
    const at = (seq: number) => coordinator.readAt({ seq: seq as never }, dumpState);
    const [before, after] = [await at(from), await at(to)];
    const rows = diffStates(before, after, 1_000).flatMap((table) => table.rows);
    // What the difference says, laid over the earlier state, gives the later one.
    const patched = new Map(before.tasks.map((task) => [task.id as string, JSON.stringify(task)]));
    for (const { table, id, after: row } of rows) {
      if (table !== 'tasks') continue;
      if (row === null) patched.delete(id);
      else patched.set(id, JSON.stringify(row));
    }
    const expected = after.tasks.map((task) => JSON.stringify(task)).sort();
    expect([...patched.values()].sort(), `${from} to ${to}`).toEqual(expected);
  }
});

it('counts what was forgotten, whichever of the two moments comes first, and calls it neither new nor gone', () => {
  const given = company();
  given.do('owner', { type: 'task.create', title: 'old', roleId: 'engineer' });
  given.finish('ann', 'old');
  const before = dumpState(given.state);
  given.do('owner', { type: 'task.create', title: 'new', roleId: 'engineer' });
  forgetOldest(given.state, { tasks: 0, approvals: 0, workers: 0, threads: 0 });
  const after = dumpState(given.state);
  expect(diffStates(before, after, 10)).toMatchObject([
    { table: 'tasks', added: 1, removed: 0, forgotten: 1, rows: [{ after: { title: 'new' } }] },
  ]);
  expect(diffStates(after, before, 10)).toMatchObject([
    { table: 'tasks', added: 0, removed: 1, forgotten: 1, rows: [{ before: { title: 'new' } }] },
  ]);
});
