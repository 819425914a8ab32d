/** Finds the event that a moment means: the last one before it, or at it. */
import type { EventLog } from '../../contract/event-log.ts';
import type { Moment } from '../../contract/moment.ts';
import { CoordError } from '../../core/error.ts';
import type { Seq } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';

/** A moment that was found in the log. */
export interface Instant {
  /** The last event before it, or at it. */
  readonly seq: Seq;
  readonly at: EpochMs;
}

type ReadLog = Pick<EventLog, 'head' | 'read'>;

/** @throws CoordError `NO_SUCH_MOMENT` - it is in the future, or before the company */
export async function findMoment(log: ReadLog, moment: Moment, now: EpochMs): Promise<Instant> {
  const head = await log.head();
  if ('seq' in moment) {
    if (moment.seq > head) {
      throw noSuchMoment(`there is no event ${moment.seq} yet; the last one is ${head}`, { head });
    }
    return { seq: moment.seq, at: await timeOf(log, requireStart(moment.seq)) };
  }
  if (moment.time > now) {
    throw noSuchMoment(`${textOf(moment.time)} is in the future; it is ${textOf(now)} now`, { now });
  }
  const seq = await lastAt(log, head, moment.time);
  if (seq === 0 && head > 0) {
    const start = await timeOf(log, 1 as Seq);
    throw noSuchMoment(`the company is younger than that: it began at ${textOf(start)}`, { start });
  }
  return { seq: requireStart(seq), at: moment.time };
}

/** The last event at or before an instant, 0 when there is none: events never go back in time. */
export async function lastAt(log: ReadLog, head: Seq, time: EpochMs): Promise<Seq> {
  let before = 0;
  let after = head + 1;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if ((await timeOf(log, middle as Seq)) <= time) before = middle;
    else after = middle;
  }
  return before as Seq;
}

async function timeOf(log: ReadLog, seq: Seq): Promise<EpochMs> {
  const [stored] = await log.read((seq - 1) as Seq, 1);
  if (stored) return stored.at;
  throw noSuchMoment(`event ${seq} is not in the log`, {});
}

function requireStart(seq: Seq): Seq {
  if (seq > 0) return seq;
  throw noSuchMoment('before the first event there is no company', {});
}

function noSuchMoment(why: string, details: Record<string, unknown>): CoordError {
  return new CoordError(
    'NO_SUCH_MOMENT',
    `The question was refused: ${why}. Ask about a moment in between`,
    details,
  );
}

const textOf = (time: EpochMs): string => new Date(time).toISOString();
