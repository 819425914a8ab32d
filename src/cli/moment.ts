/** A moment of the past as people write it: the number of an event, an instant, or how long ago. */
import { InvalidArgumentError } from 'commander';
import type { Moment } from '../contract/moment.ts';
import type { Coordination } from '../contract/rpc.ts';
import type { Seq } from '../core/ids.ts';
import type { EpochMs } from '../core/units.ts';

const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const isoPattern = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** An instant without a zone is one of this machine's clock, and so is a day: its beginning. */
export function parseMoment(text: string, now: number = Date.now()): Moment {
  const wanted = text.trim();
  if (/^\d+$/.test(wanted)) return { seq: Number(wanted) as Seq };
  const [, count, unit = ''] = /^(\d+)\s*([a-z]+)\s+ago$/i.exec(wanted) ?? [];
  const size = units[unit.toLowerCase()];
  if (count !== undefined && size !== undefined) return { time: toInstant(now - Number(count) * size) };
  const iso = wanted.length === 10 ? `${wanted}T00:00` : wanted;
  const time = isoPattern.test(wanted) ? Date.parse(iso) : Number.NaN;
  if (!Number.isNaN(time)) return { time: toInstant(time) };
  throw new InvalidArgumentError(
    'It must be the number of an event, an instant such as 2026-11-22T14:30, or such as “15m ago”.',
  );
}

const toInstant = (time: number): EpochMs => Math.max(0, time) as EpochMs;

/** The same session, with every question about that moment. */
export function atMoment(coordination: Coordination, at: Moment): Coordination {
  const query: Coordination['query'] = (name, params) => coordination.query(name, { ...params, at });
  return new Proxy(coordination, {
    get: (session, name) => {
      if (name === 'query') return query;
      const value: unknown = Reflect.get(session, name, session);
      return typeof value === 'function' ? value.bind(session) : value;
    },
  });
}
