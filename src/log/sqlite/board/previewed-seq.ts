/** Provisional numbers as whole ones, which a table can be ordered by: beyond any that a log gives. */
import type { StoredEvent } from '../../../core/event.ts';
import type { Seq } from '../../../core/ids.ts';
import { isProvisional, provisionalCount, provisionalSeq } from '../../../core/provisional.ts';

const beyondAny = 2 ** 50;

export function asRow(seq: Seq): Seq {
  return isProvisional(seq) ? ((beyondAny + provisionalCount(seq)) as Seq) : seq;
}

/** @param base the last event of the log that came before those that are provisional */
export function fromRow(seq: Seq, base: Seq): Seq {
  return seq > beyondAny ? provisionalSeq(base, seq - beyondAny) : seq;
}

/** With whole numbers, also of those that it speaks of. */
export function eventAsRow(stored: StoredEvent): StoredEvent {
  const { event } = stored;
  const seq = asRow(stored.seq);
  return event.type === 'thread.read'
    ? { ...stored, seq, event: { ...event, upTo: asRow(event.upTo) } }
    : { ...stored, seq };
}
