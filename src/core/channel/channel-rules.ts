/** Which notices go to a channel, and when: by category and priority, around quiet hours, and gathered into a digest. */
import { z } from 'zod';
import type { EpochMs } from '../units.ts';
import { epochMsSchema } from '../units.ts';
import type { Priority } from '../workflow/workflow.ts';
import type { Notice } from './notice.ts';
import { noticeCategories } from './notice.ts';

const priorities = ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const;
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 22:00');
export const isTimeOfDay = (text: string): boolean => timeOfDay.safeParse(text).success;

/** From one time of day to the other. Null: never. */
export const quietHoursSchema = z
  .strictObject({
    from: timeOfDay,
    to: timeOfDay,
    /** Of that place, as IANA names it. */
    zone: z
      .string()
      .max(60)
      .refine(isZone, 'is no time zone: use one as IANA names it, such as Europe/Berlin or UTC')
      .default('UTC'),
  })
  .refine(({ from, to }) => from !== to, 'begins and ends at the same time: name two times')
  .nullable();

export const channelRulesSchema = z.strictObject({
  /** A category that is not named goes nowhere. */
  routes: z.partialRecord(z.enum(noticeCategories), z.enum(priorities)).default({
    message: 'LOW',
    direct: 'LOW',
    gate: 'LOW',
    task: 'HIGH',
    epic: 'NORMAL',
    worker: 'HIGH',
    budget: 'LOW',
    company: 'LOW',
    host: 'HIGH',
  }),
  /** Nothing but URGENT is sent from one time of day to the other; it waits in its order. Null: at all times. */
  quiet: quietHoursSchema.default(null),
  /** Up to this priority notices are gathered and sent as one, every so often. Null: each by itself. */
  digest: z
    .strictObject({
      upTo: z.enum(['LOW', 'NORMAL', 'HIGH']),
      everyMinutes: z.number().int().min(1).max(1_440),
    })
    .nullable()
    .default(null),
});

export type ChannelRules = z.output<typeof channelRulesSchema>;

/** When a notice is due in a channel; null: it does not go there. */
export interface Due {
  readonly at: EpochMs;
  readonly inDigest: boolean;
}

/** @param addressed it was written to this very channel, or to all: no route need lead there */
export function dueIn(rules: ChannelRules, notice: Notice, at: EpochMs, addressed: boolean): Due | null {
  const from = rules.routes[notice.category];
  if (!addressed && (from === undefined || rank(notice.priority) < rank(from))) return null;
  const { digest } = rules;
  // What asks for an answer is no news for later.
  const inDigest =
    digest !== null && !addressed && notice.asks === null && rank(notice.priority) <= rank(digest.upTo);
  const gathered = inDigest ? nextTime(at, digest.everyMinutes * 60_000) : at;
  return { at: notice.priority === 'URGENT' ? gathered : afterQuiet(rules.quiet, gathered), inDigest };
}

const rank = (priority: Priority): number => priorities.indexOf(priority);
const nextTime = (at: number, every: number): EpochMs =>
  epochMsSchema.parse((Math.floor(at / every) + 1) * every);

/** The same moment, or the end of the quiet hours that it falls into. */
export function afterQuiet(quiet: ChannelRules['quiet'], at: EpochMs): EpochMs {
  if (quiet === null) return at;
  const minute = minuteOfDay(at, quiet.zone);
  const [from, to] = [minutesIn(quiet.from), minutesIn(quiet.to)];
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return at;
  const left = (to - minute + 1_440) % 1_440;
  return epochMsSchema.parse(Math.floor(at / 60_000) * 60_000 + left * 60_000);
}

const minutesIn = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function minuteOfDay(at: EpochMs, zone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return minutesIn(format.format(at));
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
