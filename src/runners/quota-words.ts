/** What providers and coding agents say when an account has nothing left for now, and when they say that it goes on. */
import type { DurationMs } from '../core/units.ts';
import { ms } from '../core/units.ts';

/** Only whole phrases: a request that is wrong may speak of quotas and billing, too. */
const accountWords =
  /credit balance is too low|reached your specified (?:\w+ )?usage limit|insufficient_quota|exceeded your current quota|billing[_ ]hard[_ ]limit|insufficient (?:credits|balance)|used all available credits|monthly spending limit/i;
/** Of the plans that agents are used with. */
const planWords =
  /usage limit reached|\b(?:5-hour|weekly|session) limit reached|(?:hit|reached) your (?:(?:usage|session|weekly|monthly|daily) )?limit\b/i;

const accessAgain = /regain access on (\d{4}-\d\d-\d\d)(?: at (\d\d:\d\d))? UTC/i;
const secondOfEpoch = /limit reached\|(\d{10})\b/i;
const amountAhead = /(?:try again|retry) in ((?:[\d.]+ ?[a-z]+[ ,]*)+)/i;
const clockAhead = /resets (?:at )?(\d{1,2})(?::(\d\d))? ?([ap])m \(([\w+/-]+)\)/i;
const day = 86_400_000;

/** That a provider refuses an account for want of money or of what it may use. */
export function saysNothingLeft(text: string): boolean {
  return accountWords.test(text);
}

/** That a coding agent, or the provider behind it, does. */
export function agentSaysNothingLeft(text: string): boolean {
  return accountWords.test(text) || planWords.test(text);
}

/** How long from now until it goes on; null: the text does not say, or it is over. */
export function waitSaidIn(text: string, now: number): DurationMs | null {
  const wait = untilDate(text, now) ?? amountIn(text) ?? untilClock(text, now);
  return wait !== null && wait > 0 ? ms(Math.ceil(wait)) : null;
}

function untilDate(text: string, now: number): number | null {
  const [, date, time = '00:00'] = accessAgain.exec(text) ?? [];
  const at =
    date === undefined ? Number(secondOfEpoch.exec(text)?.[1]) * 1_000 : Date.parse(`${date}T${time}Z`);
  return Number.isNaN(at) ? null : at - now;
}

/** Such as `6m0s`, `34.1s`, `2 days 17 hours 14 minutes`. */
function amountIn(text: string): number | null {
  const [, amount] = amountAhead.exec(text) ?? [];
  if (amount === undefined) return null;
  let sum = 0;
  for (const [, count, unit = ''] of amount.matchAll(/(\d+(?:\.\d+)?) ?([a-z]+)/gi)) {
    sum += Number(count) * (unitIn(unit.toLowerCase()) ?? Number.NaN);
  }
  return Number.isNaN(sum) ? null : sum;
}

function unitIn(name: string): number | null {
  if (/^(?:ms|milliseconds?)$/.test(name)) return 1;
  if (/^s(?:ec(?:ond)?s?)?$/.test(name)) return 1_000;
  if (/^m(?:in(?:ute)?s?)?$/.test(name)) return 60_000;
  if (/^h(?:(?:ou)?rs?)?$/.test(name)) return 3_600_000;
  return /^d(?:ays?)?$/.test(name) ? day : null;
}

/** Such as `resets 10:20pm (Europe/Berlin)`: the next time that a clock there shows it. */
function untilClock(text: string, now: number): number | null {
  const [, hour, minute = '0', half = '', timeZone] = clockAhead.exec(text) ?? [];
  if (hour === undefined || timeZone === undefined) return null;
  const wanted = ((Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)) * 60 + Number(minute);
  try {
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
    const [hours = 0, minutes = 0] = clock.format(now).split(':').map(Number);
    const ahead = (wanted - hours * 60 - minutes) * 60_000 - (now % 60_000);
    return ahead > 0 ? ahead : ahead + day;
  } catch {
    // There is no such place.
    return null;
  }
}
