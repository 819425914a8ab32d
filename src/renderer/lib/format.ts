/** Times, lengths and sizes in the words of the reader's language, with units. */
import type { EpochMs } from '../../core/units.ts';
import { language, locale } from './locale.ts';

const units = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const;

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
const timeOfDay = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
const dayAndTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const number = new Intl.NumberFormat(locale);
const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
const list = new Intl.ListFormat(language, { type: 'unit', style: 'short' });

/** `3 min. ago`, `in 20 sec.`, `now`. */
export function formatRelative(at: EpochMs, now: number): string {
  const difference = at - now;
  const size = Math.abs(difference);
  const scale = units.find(({ ms }) => size >= ms);
  return scale
    ? relative.format(Math.trunc(difference / scale.ms), scale.unit)
    : relative.format(0, 'second');
}

/** The date and the time, to the second. */
export function formatExact(at: EpochMs): string {
  return exact.format(at);
}

/** The time of day, to the second. */
export function formatClock(at: EpochMs): string {
  return clock.format(at);
}

/** The time of day, to the minute; of another day, its date too. */
export function formatSince(at: EpochMs, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return (isToday ? timeOfDay : dayAndTime).format(at);
}

/** `0.4 s`, `42 s`, `2 min 5 s`, `3 h 12 min`, `2 d 4 h`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 9_950) return `${tenths.format(Math.max(0, durationMs / 1_000))} s`;
  // What would be rounded to 10.0 is 10.
  const seconds = Math.max(10, Math.floor(durationMs / 1_000));
  const [d, h, min, s] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  if (d > 0) return `${d} d ${h} h`;
  if (h > 0) return `${h} h ${min} min`;
  if (min > 0) return `${min} min ${s} s`;
  return `${s} s`;
}

/** `312 B`, `4.2 kB`, `1.1 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${tenths.format(bytes / 1_000)} kB`;
  return `${tenths.format(bytes / 1_000_000)} MB`;
}

export function formatNumber(value: number): string {
  return number.format(value);
}

/** @param share of one: 0.42 is `42%` */
export function formatShare(share: number): string {
  return percent.format(share);
}

/** `ada, bob, eve` */
export function formatList(names: readonly string[]): string {
  return list.format(names);
}

const cents = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' });
const fine = new Intl.NumberFormat(locale, {
  style: 'currency',
  currency: 'USD',
  maximumSignificantDigits: 2,
});
const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const oneCent = 10_000;

/** Of millionths of a dollar: `$12.40`; less than a cent with two figures, `$0.0031`, so that small calls are not nothing. */
export function formatMoney(microUsd: number): string {
  return (microUsd > 0 && microUsd < oneCent ? fine : cents).format(microUsd / 1_000_000);
}

/** `1.2M` */
export function formatTokens(tokens: number): string {
  return compact.format(tokens);
}
