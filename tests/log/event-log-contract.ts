/** What every event log must do, whatever keeps it. */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { EventLog, Snapshot } from '../../src/contract/event-log.ts';
import { firstLink } from '../../src/contract/hash-chain.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import { eventVersion } from '../../src/core/event.ts';
import { dumpState, emptyState } from '../../src/core/state.ts';
import { claimed, group, paused, readied, released, seq } from './log-events.ts';

/** A place where a log is kept; it is empty at first. */
export interface LogPlace {
  open(): Promise<EventLog>;
  /** Whether what one log wrote is there for the next that is opened. */
  readonly persistent: boolean;
  remove(): Promise<void>;
}

const seqs = (events: readonly StoredEvent[]) => events.map((event) => event.seq);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

export function eventLogContract(name: string, makePlace: () => Promise<LogPlace>): void {
  describe(`the event log contract: ${name}`, () => {
    const ends: (() => Promise<void>)[] = [];

    afterEach(async () => {
      for (const end of ends.splice(0).reverse()) await end();
    });

    async function newPlace(): Promise<LogPlace> {
      const place = await makePlace();
      ends.push(() => place.remove());
      return place;
    }

    async function openIn(place: LogPlace): Promise<EventLog> {
      const log = await place.open();
      ends.push(() => log.close());
      return log;
    }

    const openLog = async () => openIn(await newPlace());

    async function filled(count: number): Promise<EventLog> {
      const log = await openLog();
      await log.append(range(1, count).map((n) => group(0, readied(`t${n}`))));
      return log;
    }

    function following(log: EventLog, after: number) {
      const end = new AbortController();
      const seen: number[] = [];
      const ended = (async () => {
        for await (const events of log.follow(seq(after), end.signal)) seen.push(...seqs(events));
      })();
      return { seen, ended, stop: () => end.abort() };
    }

    async function until(condition: () => boolean): Promise<void> {
      const deadline = performance.now() + 5_000;
      while (!condition()) {
        if (performance.now() > deadline) throw new Error('it did not happen within 5 s');
        await delay(2);
      }
    }

    describe('append', () => {
      it('numbers the events of a batch from 1, in order, without a gap', async () => {
        const log = await openLog();
        expect(await log.head()).toBe(0);
        expect(await log.append([group(0, readied('a'), readied('b')), group(0, readied('c'))])).toEqual([
          2, 3,
        ]);
        expect(await log.append([group(3, readied('d'))])).toEqual([4]);
        expect(await log.head()).toBe(4);
        const events = await log.read(seq(0));
        expect(seqs(events)).toEqual([1, 2, 3, 4]);
        expect(events.map(({ event }) => 'taskId' in event && event.taskId)).toEqual([
          'task_a',
          'task_b',
          'task_c',
          'task_d',
        ]);
      });

      it('keeps every field of an event', async () => {
        const log = await openLog();
        const event = released('a', 'needs “more” time\n…');
        await log.append([group(0, event)]);
        expect(await log.read(seq(0))).toEqual([{ ...event, seq: 1, version: eventVersion }]);
      });

      it('takes an empty batch for nothing', async () => {
        const log = await filled(1);
        expect(await log.append([])).toEqual([]);
        expect(await log.head()).toBe(1);
      });

      it('serves appends that are called at once in the order of the calls', async () => {
        const log = await openLog();
        const calls = range(1, 50).map((n) => log.append([group(0, readied(`t${n}`))]));
        expect((await Promise.all(calls)).flat()).toEqual(range(1, 50));
      });
    });

    describe('conflict', () => {
      it('refuses a group when something it touches changed after its decision', async () => {
        const log = await filled(1);
        await log.append([group(1, released('t1', 'gave up'))]);
        expect(await log.append([group(1, readied('t1'))])).toEqual(['conflict']);
        expect(await log.head()).toBe(2);
      });

      it('takes a group that was decided earlier when nothing it touches changed', async () => {
        const log = await filled(3);
        expect(await log.append([group(1, readied('new'))])).toEqual([4]);
      });

      it('compares only with what came after the decision', async () => {
        const log = await filled(3);
        expect(await log.append([group(1, readied('t1'))])).toEqual([4]);
      });

      it('counts what any event of a group touches', async () => {
        const log = await openLog();
        await log.append([group(0, readied('a'), readied('b'), readied('c'))]);
        expect(await log.append([group(0, readied('x'), readied('b'))])).toEqual(['conflict']);
        expect(await log.head()).toBe(3);
      });

      it('counts a group as changed for whoever has folded only a part of it', async () => {
        const log = await openLog();
        await log.append([group(0, readied('a'), readied('b'))]);
        expect(await log.append([group(1, readied('a'))])).toEqual(['conflict']);
      });

      it('lets a group build on earlier groups of its own batch', async () => {
        const log = await filled(1);
        const results = await log.append([
          group(1, readied('t1')),
          group(1, released('t1', 'again')),
          group(1, readied('t1')),
        ]);
        expect(results).toEqual([2, 3, 4]);
      });

      it('refuses what builds on a refused group, and takes the rest of the batch without a gap', async () => {
        const log = await filled(2);
        await log.append([group(2, readied('t1'))]);
        const results = await log.append([
          group(2, readied('t1'), readied('new')),
          group(2, readied('other')),
          group(2, readied('new')),
          group(2, readied('t2')),
        ]);
        expect(results).toEqual(['conflict', 4, 'conflict', 5]);
        expect(seqs(await log.read(seq(0)))).toEqual([1, 2, 3, 4, 5]);
      });

      it('refuses a group when something it only reads changed after its decision', async () => {
        const log = await filled(2);
        await log.append([group(2, paused())]);
        const claim = claimed('t1', 'ada', 'w1');
        expect(await log.append([group(2, claim), group(2, readied('t2'))])).toEqual(['conflict', 4]);
        expect(await log.append([group(4, claim)])).toEqual([5]);
      });

      it('lets any number of groups read the same', async () => {
        const log = await filled(2);
        await log.append([group(2, claimed('t1', 'ada', 'w1'))]);
        expect(
          await log.append([group(2, claimed('t2', 'bo', 'w2')), group(2, claimed('t3', 'cy', 'w3'))]),
        ).toEqual([4, 5]);
        expect(await log.append([group(2, paused())])).toEqual([6]);
      });

      it('refuses what reads what a refused group would have changed, not what reads the same', async () => {
        const log = await filled(2);
        await log.append([group(2, readied('t1'))]);
        const results = await log.append([
          group(2, readied('t1'), paused()),
          group(2, claimed('t2', 'bo', 'w2')),
        ]);
        expect(results).toEqual(['conflict', 'conflict']);
        const others = [group(2, claimed('t1', 'ada', 'w1')), group(2, claimed('t2', 'bo', 'w2'))];
        expect(await log.append(others)).toEqual(['conflict', 4]);
      });

      it('takes a refused group once it is decided again', async () => {
        const log = await filled(1);
        await log.append([group(1, readied('t1'))]);
        expect(await log.append([group(1, readied('t1'))])).toEqual(['conflict']);
        expect(await log.append([group(2, readied('t1'))])).toEqual([3]);
      });
    });

    describe('read', () => {
      it.each([
        ['everything', 0, undefined, range(1, 25)],
        ['what is after a seq', 20, undefined, range(21, 25)],
        ['a page', 5, 10, range(6, 15)],
        ['the last page, which is short', 20, 10, range(21, 25)],
        ['nothing after the head', 25, undefined, []],
        ['nothing beyond the head', 99, undefined, []],
      ])('gives %s', async (_what, after, limit, expected) => {
        const log = await filled(25);
        expect(seqs(await log.read(seq(after), limit))).toEqual(expected);
      });

      it('gives at most 1,000 events unless told otherwise', async () => {
        const log = await filled(1_100);
        expect(seqs(await log.read(seq(0)))).toEqual(range(1, 1_000));
        expect(seqs(await log.read(seq(0), 2_000))).toEqual(range(1, 1_100));
      });
    });

    describe('follow', () => {
      it('gives what is there, then each batch as it is appended', async () => {
        const log = await filled(3);
        const reader = following(log, 1);
        await until(() => reader.seen.length === 2);
        await log.append([group(3, readied('a'), readied('b'))]);
        await until(() => reader.seen.length === 4);
        expect(reader.seen).toEqual([2, 3, 4, 5]);
        reader.stop();
        await reader.ended;
      });

      it('never skips and never repeats while others append', async () => {
        const log = await filled(1_500);
        const readers = [0, 700, 1_499, 1_500].map((after) => ({ after, ...following(log, after) }));
        for (const n of range(1, 300)) {
          await log.append([group(1_500 + n - 1, readied(`n${n}`))]);
          if (n % 7 === 0) await delay(0);
          if (n === 150) readers.push({ after: 1_600, ...following(log, 1_600) });
        }
        await until(() => readers.every((reader) => reader.seen.at(-1) === 1_800));
        for (const reader of readers) {
          expect(reader.seen).toEqual(range(reader.after + 1, 1_800));
          reader.stop();
        }
        await Promise.all(readers.map((reader) => reader.ended));
      });

      it('waits for a slow reader without losing anything, however far behind', async () => {
        const log = await openLog();
        const end = new AbortController();
        const seen: number[] = [];
        const reading = (async () => {
          for await (const events of log.follow(seq(0), end.signal)) {
            seen.push(...seqs(events));
            await delay(20);
            if (seen.at(-1) === 20_000) end.abort();
          }
        })();
        for (const from of range(0, 19)) {
          await log.append(range(1, 1_000).map((n) => group(from * 1_000, readied(`${from}_${n}`))));
          await delay(1);
        }
        await reading;
        expect(seen).toEqual(range(1, 20_000));
      });

      it('leaves out what a reader does not want, and goes on from behind it', async () => {
        const log = await filled(3);
        const end = new AbortController();
        const seen: number[] = [];
        const isWanted = ({ event }: StoredEvent) => event.type === 'task.released';
        const reading = (async () => {
          for await (const events of log.follow(seq(0), end.signal, isWanted)) {
            expect(events.length).toBeGreaterThan(0);
            seen.push(...seqs(events));
          }
        })();
        // More than a feed keeps at hand, so a reader that was left behind would have to read them all.
        for (const from of range(0, 9)) {
          await log.append(range(1, 1_000).map((n) => group(3 + from * 1_000, readied(`${from}_${n}`))));
        }
        await log.append([group(10_003, readied('a'), released('a', 'r'), readied('b'))]);
        await until(() => seen.length === 1);
        await log.append([group(10_006, released('b', 'r'))]);
        await until(() => seen.length === 2);
        end.abort();
        await reading;
        expect(seen).toEqual([10_005, 10_007]);
      });

      it('waits when it starts beyond the head', async () => {
        const log = await filled(1);
        const reader = following(log, 3);
        for (const n of range(2, 5)) await log.append([group(n - 1, readied(`t${n}`))]);
        await until(() => reader.seen.length > 0);
        await delay(5);
        expect(reader.seen).toEqual([4, 5]);
      });

      it('ends when its signal aborts, and at once when it was aborted before', async () => {
        const log = await filled(2);
        const reader = following(log, 2);
        await delay(2);
        reader.stop();
        await reader.ended;
        const late: unknown[] = [];
        for await (const events of log.follow(seq(0), AbortSignal.abort())) late.push(events);
        expect(late).toEqual([]);
      });

      it('ends when the log is closed', async () => {
        const log = await filled(2);
        const reader = following(log, 0);
        await until(() => reader.seen.length === 2);
        await log.close();
        await reader.ended;
        expect(reader.seen).toEqual([1, 2]);
      });
    });

    describe('snapshots', () => {
      const snapshot = (at: number, version = 1): Snapshot => ({
        seq: seq(at),
        version,
        state: { ...dumpState(emptyState()), seq: seq(at) },
      });

      it('has none at first', async () => {
        const log = await openLog();
        expect(await log.loadSnapshot(1)).toBeNull();
      });

      it('gives the newest of the version that is asked for', async () => {
        const log = await openLog();
        await log.saveSnapshot(snapshot(10, 1));
        await log.saveSnapshot(snapshot(20, 2));
        expect(await log.loadSnapshot(1)).toEqual(snapshot(10, 1));
        expect(await log.loadSnapshot(2)).toEqual(snapshot(20, 2));
        expect(await log.loadSnapshot(3)).toBeNull();
      });

      it('keeps the last two', async () => {
        const log = await openLog();
        for (const [at, version] of [
          [10, 1],
          [20, 2],
          [30, 2],
        ] as const) {
          await log.saveSnapshot(snapshot(at, version));
        }
        expect(await log.loadSnapshot(1)).toBeNull();
        expect(await log.loadSnapshot(2)).toEqual(snapshot(30, 2));
      });

      it('gives the newest at or before a seq', async () => {
        const log = await openLog();
        for (const at of [10, 20, 30, 40]) await log.saveSnapshot(snapshot(at));
        for (const [atMost, expected] of [
          [9, null],
          [10, 10],
          [29, 20],
          [99, 40],
        ] as const) {
          expect((await log.loadSnapshot(1, seq(atMost)))?.seq ?? null).toBe(expected);
        }
      });

      it('keeps some of the older ones, evenly over the log', async () => {
        const log = await openLog();
        for (const n of range(1, 200)) await log.saveSnapshot(snapshot(n * 10));
        const kept = new Set<number>();
        for (const n of range(1, 200)) kept.add((await log.loadSnapshot(1, seq(n * 10)))?.seq ?? 0);
        const ordered = [0, ...[...kept].filter((at) => at > 0).sort((a, b) => a - b)];
        expect(ordered.slice(-2)).toEqual([1_990, 2_000]);
        expect(ordered.length).toBeGreaterThan(8);
        expect(ordered.length).toBeLessThanOrEqual(19);
        const gaps = ordered.slice(1).map((at, place) => at - (ordered[place] ?? 0));
        expect(Math.max(...gaps)).toBeLessThanOrEqual(300);
      });

      it('replaces one of the same seq', async () => {
        const log = await openLog();
        await log.saveSnapshot(snapshot(10, 1));
        await log.saveSnapshot(snapshot(10, 2));
        expect(await log.loadSnapshot(1)).toBeNull();
        expect(await log.loadSnapshot(2)).toEqual(snapshot(10, 2));
      });

      it('keeps every row of a large state as it is', async () => {
        const log = await openLog();
        const roles = range(1, 1_234).map((n) => ({
          id: `role_${n}`,
          title: `“Rôle” ${n}`,
          department: 'engineering',
          inherits: [],
          capabilities: [],
          custom: true,
        }));
        const large = snapshot(5);
        const kept = { ...large, state: { ...large.state, roles: roles as never, company: null } };
        await log.saveSnapshot(kept);
        expect(await log.loadSnapshot(1)).toEqual(kept);
      });
    });

    describe('the hash chain', () => {
      const linkAfter = (previous: string, stored: StoredEvent) =>
        createHash('sha256')
          .update(`${previous}\n${JSON.stringify(stored)}`)
          .digest('hex');

      it('starts with nothing', async () => {
        const log = await openLog();
        expect(await log.lastLink()).toEqual({ seq: 0, chain: firstLink });
        expect(await log.readRecords(seq(0))).toEqual([]);
      });

      it('links each event to everything before it, the same in every log', async () => {
        const log = await openLog();
        await log.append([
          group(0, readied('a'), released('a', 'a “reason”\u0000\ud800 \n😀')),
          group(0, readied('b')),
        ]);
        await log.append([group(3, readied('c'))]);
        let chain = firstLink;
        const records = await log.readRecords(seq(0));
        for (const [place, stored] of (await log.read(seq(0))).entries()) {
          chain = linkAfter(chain, stored);
          const { at, actor, version, event } = stored;
          const data = JSON.stringify(event);
          expect(records[place]).toEqual({
            seq: place + 1,
            at,
            actor,
            version,
            type: event.type,
            data,
            chain,
          });
        }
        expect(records).toHaveLength(4);
        expect(await log.lastLink()).toEqual({ seq: 4, chain });
      });

      it('passes over a refused group', async () => {
        const log = await filled(1);
        await log.append([group(1, readied('t1'))]);
        const { chain } = await log.lastLink();
        await log.append([group(1, readied('t1')), group(1, readied('other'))]);
        const [, , third] = await log.read(seq(0));
        expect(await log.lastLink()).toEqual({
          seq: 3,
          chain: third && linkAfter(chain, third),
        });
      });

      it('is read in pages', async () => {
        const log = await filled(25);
        expect((await log.readRecords(seq(5), 10)).map((record) => record.seq)).toEqual(range(6, 15));
        expect(await log.readRecords(seq(25))).toEqual([]);
      });

      it('goes on, where the log is kept at all, when it is opened again', async () => {
        const place = await newPlace();
        const first = await openIn(place);
        await first.append([group(0, readied('a'), readied('b'))]);
        const link = await first.lastLink();
        await first.close();
        const second = await openIn(place);
        expect(await second.lastLink()).toEqual(place.persistent ? link : { seq: 0, chain: firstLink });
      });
    });

    describe('close', () => {
      it('refuses an append after it', async () => {
        const log = await filled(1);
        await log.close();
        await expect(log.append([group(1, readied('a'))])).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
      });

      it('keeps, where it is kept at all, what was appended', async () => {
        const place = await newPlace();
        const first = await openIn(place);
        await first.append([group(0, readied('a'), released('a', 'x')), group(0, readied('b'))]);
        await first.saveSnapshot({ seq: seq(3), version: 1, state: dumpState(emptyState()) });
        const written = await first.read(seq(0));
        await first.close();

        const second = await openIn(place);
        expect(await second.read(seq(0))).toEqual(place.persistent ? written : []);
        expect(await second.loadSnapshot(1)).toEqual(
          place.persistent ? { seq: 3, version: 1, state: dumpState(emptyState()) } : null,
        );
        const stale = [group(1, readied('a')), group(2, readied('fresh'))];
        expect(await second.append(stale)).toEqual(place.persistent ? ['conflict', 4] : [1, 2]);
      });
    });
  });
}
