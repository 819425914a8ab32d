/** What a program holds of a company, and how it learns from the company's events that it does no longer. */
import { takenBy } from '../contract/holder-events.ts';
import type { KeptEvent } from '../core/conflict/conflict.ts';
import type { StoredEvent } from '../core/event.ts';
import type { LockId, Seq, TaskId } from '../core/ids.ts';
import { isProvisional } from '../core/provisional.ts';

export interface Held {
  readonly id: TaskId | LockId;
  /** The `seq` of the event that gave it: what happened before says nothing about it. */
  readonly token: Seq;
  /** Says that it is lost, and why. */
  lose(why: string): void;
}

interface End {
  readonly seq: Seq;
  readonly why: string;
}

export class Holdings<Thing extends Held> {
  readonly #held = new Map<Held['id'], Thing>();
  readonly #taking = new Set<Promise<Thing | null>>();
  /** What ended while something was asked for: that event may come before the answer. */
  readonly #ends = new Map<Held['id'], End>();

  /** The tokens of what was given provisionally, and stands in the log by now. */
  readonly #givenAgain = new Map<Held['id'], Seq>();

  get size(): number {
    return this.#held.size;
  }

  [Symbol.iterator](): IterableIterator<Thing> {
    return [...this.#held.values()].values();
  }

  has(id: Held['id']): boolean {
    return this.#held.has(id);
  }

  /** Asks for something and holds it from the answer on; lost before that, it is told so at once. */
  take<Got extends Thing>(ask: () => Promise<Got | null>): Promise<Got | null> {
    const taking = ask().then((got) => {
      if (got) this.#add(got);
      return got;
    });
    this.#taking.add(taking);
    const answered = () => {
      this.#taking.delete(taking);
      if (this.#taking.size === 0) this.#ends.clear();
    };
    taking.then(answered, answered);
    return taking;
  }

  /** Resolves when all that is asked for now is answered. */
  async answered(): Promise<void> {
    await Promise.allSettled(this.#taking);
  }

  /** It was given back or finished; a later one with this id stays. */
  remove({ id, token }: Held): void {
    if (this.#held.get(id)?.token === token) this.#held.delete(id);
  }

  lose(thing: Thing, why: string): void {
    this.remove(thing);
    thing.lose(why);
  }

  see({ seq, event }: Pick<StoredEvent, 'seq' | 'event'>): void {
    this.#seeGivenAgain(event);
    if (event.type === 'conflict.recorded') {
      for (const { seq: token, event: given } of event.conflict.events) this.#loseWhatWasGiven(given, token);
    }
    const id = takenBy(event);
    if (id === null) return;
    const held = this.#held.get(id);
    if (held && this.#mayEnd(held, seq)) this.lose(held, endWords(event));
    else if (this.#taking.size > 0) this.#ends.set(id, { seq, why: endWords(event) });
  }

  /** What a host that was cut off gave is given again in the log, under the same token: only then can an end there mean it. */
  #mayEnd({ id, token }: Thing, seq: Seq): boolean {
    if (seq <= token) return false;
    return !isProvisional(token) || isProvisional(seq) || this.#givenAgain.get(id) === token;
  }

  /** Its host gave it while it was cut off, and it did not fit any more when it was back. */
  #loseWhatWasGiven(given: KeptEvent['event'], token: Seq): void {
    const id = idGivenBy(given);
    // Two hosts that were cut off at once may have given different things under one number.
    const held = [...this].find((thing) => thing.id === id && thing.token === token);
    if (held) this.lose(held, 'its host was cut off when it gave it, and others came first');
  }

  #seeGivenAgain(event: StoredEvent['event']): void {
    if (event.type === 'task.claimed' && event.token !== undefined)
      this.#givenAgain.set(event.taskId, event.token);
    if (event.type === 'lock.acquired' && event.token !== undefined) {
      this.#givenAgain.set(event.lock.id, event.token);
    }
  }

  #add(thing: Thing): void {
    this.#held.set(thing.id, thing);
    const end = this.#ends.get(thing.id);
    if (end && end.seq > thing.token) this.lose(thing, end.why);
  }
}

/** Of an event as it was kept, perhaps by another program. */
function idGivenBy(event: KeptEvent['event']): unknown {
  if ('taskId' in event) return event.taskId;
  const lock = 'lock' in event ? event.lock : null;
  return typeof lock === 'object' && lock !== null && 'id' in lock ? lock.id : null;
}

function endWords(event: StoredEvent['event']): string {
  if ('note' in event && typeof event.note === 'string') return event.note;
  if ('reason' in event && typeof event.reason === 'string') return event.reason.replaceAll('_', ' ');
  return `the company says ${event.type}`;
}
