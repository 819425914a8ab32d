/** The audit: who did what, when and why, and what it changed; filtered, and paged both ways. */
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../src/contract/audit.ts';
import type { QueryInput } from '../../../src/contract/queries.ts';
import { querySchemas } from '../../../src/contract/queries.ts';
import { auditPage } from '../../../src/coordinator/audit/audit-page.ts';
import type { CompanyCoordinator } from '../../../src/coordinator/company-coordinator.ts';
import { evolve } from '../../../src/core/evolve.ts';
import type { Seq } from '../../../src/core/ids.ts';
import type { StateSnapshot } from '../../../src/core/state.ts';
import { dumpState, emptyState, tableNames } from '../../../src/core/state.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import { MemoryEventLog } from '../../../src/log/memory/memory-log.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import { seededRandom } from '../../seeded-random.ts';
import { busyCompany } from '../busy-company.ts';
import { claim, createTasks, logFile, openCompany, startWorker } from '../kit.ts';

const never = new AbortController().signal;

const ask = (coordinator: CompanyCoordinator, input: QueryInput<'audit'> = {}) =>
  auditPage(coordinator, querySchemas.audit.parse(input), never);

async function all(coordinator: CompanyCoordinator, input: QueryInput<'audit'>): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  let cursor: Seq | null = null;
  do {
    const page = await ask(coordinator, { ...input, cursor });
    entries.push(...page.entries);
    cursor = page.next;
  } while (cursor !== null);
  return entries;
}

const seqsOf = (entries: readonly AuditEntry[]) => entries.map(({ seq }) => seq);

describe('an entry', () => {
  it('says who, what and why, and shows the row as it was and as it became', async () => {
    const company = await openCompany();
    const { as, coordinator, member, world } = company;
    const workerId = await startWorker(company, 'ada');
    const [taskId] = await createTasks(company, 1);
    const held = await claim(company, 'ada', workerId);
    if (!held) throw new Error('there was nothing to claim');
    await as('ada', { type: 'task.release', ...held, reason: 'no time' });
    const { entries } = await ask(coordinator, { types: ['task.released'] });
    expect(entries).toEqual([
      {
        seq: expect.any(Number),
        at: world.time,
        actor: { id: await member('ada'), name: 'ada' },
        type: 'task.released',
        what: 'task released: task 1',
        reason: 'no time',
        changes: [
          {
            table: 'tasks',
            id: taskId,
            before: expect.objectContaining({ state: 'leased' }),
            after: expect.objectContaining({ state: 'ready', lease: null }),
          },
        ],
        event: { type: 'task.released', taskId, reason: 'no time' },
      },
    ]);
  });

  it.each([
    ['company.created', 'host', 'company created: Small Co'],
    ['worker.started', 'host', 'worker started: ada'],
    ['command.refused', 'ada', 'refused company.configure: FORBIDDEN'],
    ['decision.logged', 'ada', 'decided library: SQLite'],
    ['member.removed', 'owner', 'member removed: bo'],
  ])('of %s is told in words', async (type, actor, what) => {
    const company = await openCompany();
    const { as, coordinator, member } = company;
    await startWorker(company, 'ada');
    await as('ada', { type: 'company.configure', name: 'Mine' }).catch(() => null);
    await as('ada', {
      type: 'decision.log',
      kind: 'library',
      context: 'SQLite',
      reason: 'It is everywhere.',
    });
    await as('owner', { type: 'member.remove', memberId: await member('bo') });
    const { entries } = await ask(coordinator, { types: [type] });
    expect(entries).toMatchObject([{ actor: { name: actor }, what }]);
  });

  it('names whoever acted as they were called at the time', async () => {
    const { as, coordinator, member } = await openCompany();
    await as('ada', { type: 'decision.log', kind: 'k', context: 'c', reason: 'r' });
    await as('owner', { type: 'member.remove', memberId: await member('ada') });
    expect((await ask(coordinator, { types: ['decision'] })).entries).toMatchObject([
      { actor: { name: 'ada' } },
    ]);
  });

  it('shows every change of every event, and nothing else', async () => {
    const random = seededRandom(5);
    const log = openSqliteEventLog(await logFile());
    const { coordinator } = await busyCompany(random, { log, rounds: 50 });
    const entries = await all(coordinator, { order: 'oldest', limit: 37 });
    expect(seqsOf(entries)).toEqual(Array.from({ length: await log.head() }, (_, place) => place + 1));

    const state = emptyState();
    for (const stored of await log.read(0 as Seq, 10_000)) {
      const before = rowsOf(dumpState(state));
      evolve(state, stored);
      const after = rowsOf(dumpState(state));
      const differing = [...new Set([...before.keys(), ...after.keys()])].filter(
        (key) => before.get(key) !== after.get(key),
      );
      const shown = new Map(
        (entries[stored.seq - 1]?.changes ?? [])
          .map((change) => [`${change.table} ${change.id}`, change] as const)
          // An event may write a row as it was.
          .filter(([, change]) => JSON.stringify(change.before) !== JSON.stringify(change.after)),
      );
      expect([...shown.keys()].sort(), stored.event.type).toEqual(differing.sort());
      for (const [key, change] of shown) {
        expect(textOrNull(change.before)).toBe(before.get(key) ?? null);
        expect(textOrNull(change.after)).toBe(after.get(key) ?? null);
      }
    }
  });
});

function rowsOf(state: StateSnapshot): Map<string, string> {
  const rows = new Map<string, string>();
  if (state.company) rows.set(`company ${state.company.id}`, JSON.stringify(state.company));
  for (const table of tableNames) {
    for (const row of state[table]) rows.set(`${table} ${row.id}`, JSON.stringify(row));
  }
  return rows;
}

const textOrNull = (row: object | null) => (row === null ? null : JSON.stringify(row));

describe('paging', () => {
  it('gives the same entries from either end, each once, also while others are added', async () => {
    const random = seededRandom(9);
    const log = new MemoryEventLog();
    const { as, coordinator } = await busyCompany(random, { log });
    const head = await log.head();
    const forward = await all(coordinator, { order: 'oldest', limit: 7 });
    expect(seqsOf(forward)).toEqual(Array.from({ length: head }, (_, place) => place + 1));
    const first = await ask(coordinator, { limit: 10 });
    expect(seqsOf(first.entries)).toEqual(Array.from({ length: 10 }, (_, place) => head - place));
    await as('owner', { type: 'task.create', title: 'meanwhile' });
    const second = await ask(coordinator, { limit: 500, cursor: first.next });
    expect([...first.entries, ...second.entries]).toEqual(forward.toReversed());
    expect(second.next).toBeNull();
  });
});

describe('a filter', () => {
  const opened = async () => {
    const random = seededRandom(21);
    const log = new MemoryEventLog();
    const company = await busyCompany(random, { log, rounds: 40 });
    return { ...company, events: await log.read(0 as Seq, 10_000) };
  };

  it.each([
    ['an actor', async ({ member }: Awaited<ReturnType<typeof opened>>) => ({ actor: await member('ada') })],
    ['the host', async () => ({ actor: 'host' as const })],
    ['a type', async () => ({ types: ['task.claimed'] })],
    ['what types begin with', async () => ({ types: ['gate', 'worker.'] })],
    [
      'an instant on',
      async ({ world }: { world: { time: EpochMs } }) => ({
        since: { time: (world.time - 15_000) as EpochMs },
      }),
    ],
    [
      'a time',
      async ({ world }: { world: { time: EpochMs } }) => ({
        since: { time: (world.time - 30_000) as EpochMs },
        until: { time: (world.time - 10_000) as EpochMs },
      }),
    ],
    ['an event on', async () => ({ since: { seq: 50 as Seq }, until: { seq: 60 as Seq } })],
    ['an end in the future', async () => ({ until: { seq: 10_000 as Seq } })],
    ['a start before the company', async () => ({ since: { time: 0 as EpochMs }, types: ['epic'] })],
    ['an end before the company', async () => ({ until: { time: 5 as EpochMs } })],
    ['words', async () => ({ text: 'ROUND 1' })],
    [
      'several things',
      async ({ member }: Awaited<ReturnType<typeof opened>>) => ({
        actor: await member('bo'),
        types: ['task.claimed', 'task.released'],
        since: { seq: 40 as Seq },
      }),
    ],
  ])('for %s gives just what fits', async (_what, makeFilter) => {
    const company = await opened();
    const filter: QueryInput<'audit'> = await makeFilter(company as never);
    const { since, until, actor, types, text } = querySchemas.audit.parse(filter);
    const expected = company.events.filter(
      (stored) =>
        (since === null || ('seq' in since ? stored.seq >= since.seq : stored.at >= since.time)) &&
        (until === null || ('seq' in until ? stored.seq <= until.seq : stored.at <= until.time)) &&
        (actor === null || stored.actor === (actor === 'host' ? null : actor)) &&
        (types.length === 0 ||
          types.some((type) => `${stored.event.type}.`.startsWith(`${type.replace(/\.$/, '')}.`))) &&
        (text === null || JSON.stringify(stored.event).toLowerCase().includes(text.toLowerCase())),
    );
    for (const order of ['oldest', 'newest'] as const) {
      const found = seqsOf(await all(company.coordinator, { ...filter, order, limit: 5 }));
      const wanted = expected.map(({ seq }) => seq);
      expect(found).toEqual(order === 'oldest' ? wanted : wanted.toReversed());
    }
  });

  it('for an object gives all that happened to it', async () => {
    const { coordinator, events } = await opened();
    const created = events.find(({ event }) => event.type === 'task.created' && event.task.kind === 'single');
    if (created?.event.type !== 'task.created') throw new Error('no task was created');
    const { id } = created.event.task;
    const found = await all(coordinator, { object: id, order: 'oldest' });
    expect(found[0]).toMatchObject({ type: 'task.created', changes: [{ before: null }] });
    expect(seqsOf(found)).toEqual(
      events.filter(({ event }) => JSON.stringify(event).includes(id)).map(({ seq }) => seq),
    );
    expect(found.length).toBeGreaterThan(1);
    expect(await all(coordinator, { object: id.slice(0, -1) })).toEqual([]);
    expect(await all(coordinator, { text: 'taskId' })).toEqual([]);
  });
});

it('a search that nobody waits for any more ends', async () => {
  const { coordinator } = await openCompany();
  const gone = AbortSignal.abort();
  await expect(auditPage(coordinator, querySchemas.audit.parse({}), gone)).rejects.toThrow();
});

it('a page stays small enough for a frame', async () => {
  const { as, coordinator } = await openCompany();
  for (let n = 0; n < 300; n += 1) {
    await as('owner', { type: 'decision.log', kind: 'k', context: 'x'.repeat(19_000), reason: `${n}` });
  }
  const page = await ask(coordinator, { types: ['decision'], limit: 500 });
  expect(page.entries.length).toBeLessThan(300);
  expect(JSON.stringify(page).length).toBeLessThan(4_100_000);
  expect(await all(coordinator, { types: ['decision'], limit: 500 })).toHaveLength(300);
});
