/**
 * A program that writes to a log is killed before each single call that changes one of the log's files: a write, a sync,
 * a cut, a removal. Whichever it was, the log opens, has what was acked and no half of a command, and takes more.
 */
import { copyFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../src/core/event.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { group, readied, seq } from '../log/log-events.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { inThisRun, timeout } from './chaos-run.ts';
import { chainFaultIn, readLogFile } from './log-file.ts';
import { plannedGroups, snapshotVersion } from './planned-writes.ts';
import type { SystemCall, Traced, TraceOptions } from './strace.ts';
import { requireStrace, runTraced } from './strace.ts';

const program = path.join(import.meta.dirname, 'planned-writing-child.ts');
const logName = 'log.sqlite';
/** With the folder itself: SQLite syncs it when it has put a file in it. */
const watched = ['', logName, ...['-wal', '-shm', '-journal'].map((ending) => logName + ending)];
const changing = 'pwrite64,write,pwritev,writev,fsync,fdatasync,ftruncate,unlink,unlinkat,rename'.split(',');

/** A call that changes one of the files, as it is found again in the next run. */
interface WritePoint extends SystemCall {
  /** The how manieth call of this name to this file: the first is 1. */
  readonly nth: number;
}

describe('a log whose writer is killed at a write', () => {
  it('is whole when it was new', { timeout }, async () => {
    await requireStrace();
    await killAtPoints('a new log', 0, temporaryFolder, firstOfEachKind);
  });

  it('is whole when it was left by an earlier kill', { timeout }, async () => {
    await requireStrace();
    const crashed = await temporaryFolder();
    const synced = (await writePoints(await temporaryFolder())).filter(
      ({ file, name }) => file === `${logName}-wal` && name === 'fsync',
    );
    const last = synced.at(-2);
    if (!last) throw new Error('the program did not sync the write-ahead log');
    await write(crashed, last);
    expect(await readdir(crashed)).toContain(`${logName}-wal`);
    const before = (await readEvents(await copyOf(crashed))).length;
    expect(before).toBeGreaterThan(0);
    await killAtPoints('a log left by a kill', before, () => copyOf(crashed), someEvenly);
  });
});

/**
 * @param newFolder with the log as it is before the program runs: it has so many events
 * @param sample which points are tried in `npm test`; all of them are in the long form
 */
async function killAtPoints(
  what: string,
  before: number,
  newFolder: () => Promise<string>,
  sample: (points: readonly WritePoint[]) => readonly WritePoint[],
): Promise<void> {
  const points = await writePoints(await newFolder());
  const chosen = inThisRun({ short: sample, long: () => points })(points);
  console.log(`${what}: killed at ${chosen.length} of its ${points.length} write points`);
  expect(chosen.length).toBeGreaterThan(5);
  for (const point of chosen) {
    const where = `killed before ${point.name} ${point.nth} of ${point.file || 'the folder'}`;
    const folder = await newFolder();
    const { killed, stdout, calls } = await write(folder, point);
    // Each thread counts for itself: were there two that change one file, some points would be out of reach.
    expect({ killed, reached: calls.length }, where).toEqual({ killed: true, reached: point.nth });
    await expectWhole(folder, before, acked(stdout), where);
  }
}

/** Lets the program come to its end once, and takes down what it does. */
async function writePoints(folder: string): Promise<WritePoint[]> {
  const { killed, calls } = await trace(folder, { files: watched, names: changing });
  expect(killed).toBe(false);
  const counts = new Map<string, number>();
  return calls.map(({ name, file }) => {
    const which = `${name} ${file}`;
    const nth = (counts.get(which) ?? 0) + 1;
    counts.set(which, nth);
    return { name, file: path.relative(folder, file), nth };
  });
}

const write = (folder: string, { name, file, nth }: WritePoint): Promise<Traced> =>
  trace(folder, { files: [file], names: [name], killAt: nth });

const trace = (folder: string, options: TraceOptions): Promise<Traced> =>
  runTraced(program, [path.join(folder, logName)], {
    ...options,
    files: options.files.map((file) => path.join(folder, file)),
  });

/** The last `seq` that the program said for each kind of thing: 0 when it said none. */
function acked(stdout: string): { events: number; snapshot: number } {
  const last = (kind: string) =>
    Number([...stdout.matchAll(new RegExp(`${kind} (\\d+)\n`, 'g'))].at(-1)?.[1] ?? 0);
  return { events: last('events'), snapshot: last('snapshot') };
}

async function expectWhole(
  folder: string,
  before: number,
  { events, snapshot }: ReturnType<typeof acked>,
  where: string,
): Promise<void> {
  const kept = await readEvents(folder);
  expect(kept.length, where).toBeGreaterThanOrEqual(Math.max(before, events));
  expectWholeGroups(kept.slice(before), before, where);

  const file = path.join(folder, logName);
  const log = openSqliteEventLog(file);
  if (snapshot > 0) expect(await log.loadSnapshot(snapshotVersion), where).toMatchObject({ seq: snapshot });
  expect(await log.append([group(kept.length, readied('afterwards'))]), where).toEqual([kept.length + 1]);
  await log.close();
  expect(readLogFile(file).integrity, where).toBe('ok');
  expect(await chainFaultIn(file), where).toBeNull();
}

function expectWholeGroups(kept: readonly StoredEvent[], before: number, where: string): void {
  const left = kept.map(({ event }) => event);
  for (const { events } of plannedGroups(before)) {
    if (left.length === 0) return;
    expect(left.splice(0, events.length), where).toEqual(events.map(({ event }) => event));
  }
  expect(left, where).toEqual([]);
}

async function readEvents(folder: string): Promise<readonly StoredEvent[]> {
  const log = openSqliteEventLog(path.join(folder, logName));
  const events = await log.read(seq(0));
  await log.close();
  return events;
}

async function copyOf(folder: string): Promise<string> {
  const copy = await temporaryFolder();
  for (const name of await readdir(folder)) await copyFile(path.join(folder, name), path.join(copy, name));
  return copy;
}

/** The first write to each file, the first sync of it and so on, and the very last one. */
const firstOfEachKind = (points: readonly WritePoint[]): readonly WritePoint[] =>
  points.filter(({ nth }, place) => nth === 1 || place === points.length - 1);

/** The first and the last, and some between them. */
const someEvenly = (points: readonly WritePoint[]): readonly WritePoint[] =>
  [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((share) => points[Math.round(share * (points.length - 1))] ?? []);
