/** A log that a program of version 1 wrote: read as it was meant, gone on with in the version of today, and whole. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { verifyLog } from '../../src/coordinator/verify-log.ts';
import { sha256 } from '../../src/coordinator/world.ts';
import type { EventOf, EventType, StoredEvent } from '../../src/core/event.ts';
import { eventVersion } from '../../src/core/event.ts';
import type { Seq, WorkerId } from '../../src/core/ids.ts';
import type { StateSnapshot } from '../../src/core/state.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { openLogFile } from '../../src/log/sqlite/open-records.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import type { EventTableRow } from '../log/write-rows.ts';
import { writeRows } from '../log/write-rows.ts';
import type { OpenedCompany } from './kit.ts';
import { claim, complete, dump, logFile, openCompany, replay, startWorker, TestWorld } from './kit.ts';

/**
 * The rows as that program left them. Ada hands in a note and the first step of two epics, Eve approves the one of
 * `First` and has yet to review that of `Second`; `Waits` builds on `Ready`, and Ada holds `Held`.
 */
const rows: readonly EventTableRow[] = (
  await readFile(new URL('logs/version-1.jsonl', import.meta.url), 'utf8')
)
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

async function oldLog(): Promise<string> {
  const file = await logFile();
  writeRows(file, rows);
  return file;
}

function open(file: string, snapshotEvery?: number): Promise<OpenedCompany> {
  const world = new TestWorld();
  world.time = ((rows.at(-1)?.at ?? 0) + 1_000) as EpochMs;
  return openCompany({ log: openSqliteEventLog(file), world, ...(snapshotEvery && { snapshotEvery }) });
}

const tasksOf = ({ tasks, epics }: StateSnapshot) =>
  tasks.map(({ title, epicId, state, attempts, submission }) => [
    epics.find(({ id }) => id === epicId)?.title ?? null,
    title,
    state,
    attempts.map(({ outcome }) => outcome),
    submission?.hash ?? null,
  ]);

const hash = {
  note: sha256('note'),
  first: sha256('first'),
  second: sha256('second'),
  today: sha256('today'),
};
const review = 'Review "Build it" for review as em';

function ofType<Type extends EventType>(events: readonly StoredEvent[], type: Type): EventOf<Type>[] {
  return events.flatMap(({ event }) => (event.type === type ? [event as EventOf<Type>] : []));
}

it('gives the tasks, epics and gates that it gave', async () => {
  const state = await dump((await open(await oldLog())).coordinator);
  expect(state.seq).toBe(72);
  expect(tasksOf(state)).toEqual([
    [null, 'A note', 'done', ['submitted'], hash.note],
    ['First', 'Build it', 'done', ['submitted'], hash.first],
    ['First', 'Ship it', 'ready', [], null],
    ['First', review, 'done', ['submitted'], null],
    ['Second', 'Build it', 'awaiting_gate', ['submitted'], hash.second],
    ['Second', 'Ship it', 'blocked', [], null],
    ['Second', review, 'ready', [], null],
    [null, 'Ready', 'ready', [], null],
    [null, 'Waits', 'blocked', [], null],
    [null, 'Held', 'leased', [null], null],
  ]);
  expect(state.tasks.map(({ readyAt }) => readyAt !== null)).toEqual(
    state.tasks.map((task) => task.state === 'ready'),
  );
  expect(state.gates.map((gate) => gate.state)).toEqual(['open', 'waiting']);
});

it('tells its events in the shape of today, and keeps their text', async () => {
  const log = openSqliteEventLog(await oldLog());
  const events = await log.read(0 as Seq);
  expect(new Set(events.map(({ version }) => version))).toEqual(new Set([1]));
  const created = ofType(events, 'task.created');
  expect(created.map(({ isReady }) => isReady)).toEqual(created.map(() => false));
  const done = ofType(events, 'task.done');
  expect(done.map(({ submission }) => submission)).toEqual([null, null, null]);
  const records = await log.readRecords(0 as Seq);
  expect(records).toEqual(rows.map(({ touches: _, ...record }) => record));
  await log.close();
});

it('goes on in the version of today, and is whole', async () => {
  const file = await oldLog();
  const first = await open(file, 5);
  const [ada, eve] = (await dump(first.coordinator)).workers.map(({ id }) => id) as [WorkerId, WorkerId];
  const { tasks } = await dump(first.coordinator);
  const held = tasks.find(({ title }) => title === 'Held');
  if (!held?.lease) throw new Error('nobody holds it');
  await complete(first, 'ada', { taskId: held.id, token: held.lease.token }, hash.today);
  const ready = await claim(first, 'ada', ada);
  if (ready) await complete(first, 'ada', ready, hash.today);
  const reviewing = await claim(first, 'eve', eve);
  if (reviewing) await first.as('eve', { type: 'task.answer', ...reviewing, decision: 'approve' });
  const sam = await startWorker(first, 'sam');
  const shipping = await claim(first, 'sam', sam);
  if (shipping) await complete(first, 'sam', shipping, hash.today);
  const live = await dump(first.coordinator);
  expect(tasksOf(live).map(([epic, title, state]) => [epic, title, state])).toEqual([
    [null, 'A note', 'done'],
    ['First', 'Build it', 'done'],
    ['First', 'Ship it', 'done'],
    ['First', review, 'done'],
    ['Second', 'Build it', 'done'],
    ['Second', 'Ship it', 'ready'],
    ['Second', review, 'done'],
    [null, 'Ready', 'done'],
    [null, 'Waits', 'ready'],
    [null, 'Held', 'done'],
  ]);
  expect(live.epics.map(({ title, state }) => [title, state])).toEqual([
    ['First', 'completed'],
    ['Second', 'in_progress'],
  ]);
  await first.coordinator.close();

  const second = await open(file);
  expect(await dump(second.coordinator)).toEqual(live);
  await second.coordinator.close();
  const log = openSqliteEventLog(file);
  expect(await replay(log)).toEqual(live);
  const later = await log.read(72 as Seq);
  expect(new Set(later.map(({ version }) => version))).toEqual(new Set([eventVersion]));
  await log.close();

  const kept = openLogFile(file);
  const verdict = await verifyLog(kept, { anchor: null });
  kept.close();
  expect(verdict).toMatchObject({ ok: true, events: live.seq, fault: null });
  expect(verdict.snapshots).toBeGreaterThan(0);
});
