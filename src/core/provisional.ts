/** Numbers of events that stand in no log yet: a host that goes on by itself gives them between two whole ones. */
import { CoordError } from './error.ts';
import type { Seq } from './ids.ts';
import type { CompanyState } from './state.ts';

/** So many fit between two whole numbers. */
const perSeq = 1_000_000;
/** Up to here they are told apart in a double. */
const highestBase = 2 ** 32;

/**
 * The number after `seq`. A provisional one, `1042.000001`, comes after all that the host had read and before anything
 * that it has not: so tokens go on rising, a follower goes on after it, and no two events ever share a number.
 * @throws CoordError `LOG_UNAVAILABLE` - there are no more
 */
export function nextSeq(seq: Seq, isProvisional: boolean): Seq {
  if (!isProvisional) return (seq + 1) as Seq;
  const base = Math.floor(seq);
  const place = Math.round((seq - base) * perSeq) + 1;
  if (place === perSeq || base >= highestBase) {
    throw new CoordError(
      'LOG_UNAVAILABLE',
      'This host has done too much by itself while it was cut off: it takes nothing more before it is back with the others',
    );
  }
  return provisionalSeq(base as Seq, place);
}

/** The number of so many a provisional event after the last one that the log has. */
export function provisionalSeq(base: Seq, count: number): Seq {
  return Number(`${base}.${String(count).padStart(6, '0')}`) as Seq;
}

/**
 * No number is given twice: what comes next is numbered after `last` if that was given provisionally, also when less leads
 * up to it now. What stands in the log since is higher anyway.
 */
export function goOnAfter(state: Pick<CompanyState, 'seq' | 'journal'>, last: Seq): void {
  const before = state.seq;
  if (last <= before || !isProvisional(last)) return;
  state.seq = last;
  state.journal.record(() => {
    state.seq = before;
  });
}

export function isProvisional(seq: Seq): boolean {
  return !Number.isInteger(seq);
}

/** How many provisional events there are up to this one; 0: it stands in the log. */
export function provisionalCount(seq: Seq): number {
  return Math.round((seq - Math.floor(seq)) * perSeq);
}
