/**
 * What hosts appended to one log and when, held against the log afterwards: each append took effect at one moment between
 * its call and its answer, in the order of the numbers, and was refused or taken by the rule of the log.
 */
import type { EventGroup } from '../../src/contract/event-log.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import type { Seq } from '../../src/core/ids.ts';
import type { EntityKey } from '../../src/core/touches.ts';

interface Call {
  readonly host: number;
  readonly groups: readonly EventGroup[];
  /** In the order of all calls and answers. */
  readonly asked: number;
  answered: number | null;
  results: readonly (Seq | 'conflict')[] | null;
  /** It was answered that it never was done, and never will be. */
  isUndone: boolean;
}

/** A group that was taken, as the log has it. */
interface Taken {
  readonly first: Seq;
  readonly last: Seq;
  readonly call: Call;
  readonly group: EventGroup;
}

export class AppendHistory {
  readonly #calls: Call[] = [];
  #moments = 0;

  /**
   * Notes the call, and its answer; without one the append may have been done or not.
   * @param append answers null when it was not done and never will be
   */
  async append(
    host: number,
    groups: readonly EventGroup[],
    append: (groups: readonly EventGroup[]) => Promise<readonly (Seq | 'conflict')[] | null>,
  ): Promise<void> {
    const call: Call = { host, groups, asked: this.#next(), answered: null, results: null, isUndone: false };
    this.#calls.push(call);
    try {
      call.results = await append(groups);
      call.isUndone = call.results === null;
      call.answered = this.#next();
    } catch {
      // Nobody knows.
    }
  }

  get counts(): { calls: number; answered: number; undone: number; taken: number; refused: number } {
    const results = this.#calls.flatMap((call) => call.results ?? []);
    const refused = results.filter((result) => result === 'conflict').length;
    const answered = this.#calls.filter((call) => call.results).length;
    const undone = this.#calls.filter(({ isUndone }) => isUndone).length;
    return { calls: this.#calls.length, answered, undone, taken: results.length - refused, refused };
  }

  /** @param log every event, from the first one on. @returns what must not be, in words */
  faults(log: readonly StoredEvent[]): string[] {
    const taken = this.#calls.flatMap(takenOf);
    const ends = new Map(
      taken.flatMap(({ first, last }) => range(first, last).map((seq) => [seq, last] as const)),
    );
    return [
      ...log.flatMap(({ seq }, n) => (seq === n + 1 ? [] : [`event ${seq} stands at place ${n + 1}`])),
      ...taken.flatMap((one) => contentFaults(one, log)),
      ...this.#strangers(taken, log),
      ...orderFaults(taken),
      ...this.#calls.flatMap((call) => ruleFaults(call, log, ends)),
    ];
  }

  /** Events that nobody was told of must be of a call that got no answer, and each of one call once. */
  #strangers(taken: readonly Taken[], log: readonly StoredEvent[]): string[] {
    const known = new Set(taken.flatMap(({ first, last }) => range(first, last)));
    const unanswered = new Map<string, number>();
    for (const { groups, results, isUndone } of this.#calls) {
      if (results || isUndone) continue;
      for (const { events } of groups)
        for (const { event } of events) add(unanswered, JSON.stringify(event), 1);
    }
    return log.flatMap(({ seq, event }) => {
      if (known.has(seq)) return [];
      const text = JSON.stringify(event);
      add(unanswered, text, -1);
      return (unanswered.get(text) ?? 0) < 0
        ? [`nobody appended event ${seq}, or its call was done twice, or after it was given up`]
        : [];
    });
  }

  #next(): number {
    this.#moments += 1;
    return this.#moments;
  }
}

function takenOf(call: Call): Taken[] {
  return (call.results ?? []).flatMap((last, place) => {
    const group = call.groups[place];
    if (last === 'conflict' || !group) return [];
    return [{ first: (last - group.events.length + 1) as Seq, last, call, group }];
  });
}

function contentFaults({ first, group, call }: Taken, log: readonly StoredEvent[]): string[] {
  return group.events.flatMap(({ at, actor, event }, n) => {
    const stored = log[first + n - 1];
    const isSame =
      stored &&
      JSON.stringify([stored.at, stored.actor, stored.event]) === JSON.stringify([at, actor, event]);
    return isSame ? [] : [`event ${first + n} is not what host ${call.host} was told`];
  });
}

/** Whatever was answered before something was asked stands before it. */
function orderFaults(taken: readonly Taken[]): string[] {
  const byNumber = taken.toSorted((a, b) => a.first - b.first);
  let earliestAnswerAfter = Number.POSITIVE_INFINITY;
  const faults: string[] = [];
  for (const { first, call } of byNumber.toReversed()) {
    if (earliestAnswerAfter < call.asked)
      faults.push(`event ${first} stands before one that was answered before it was asked for`);
    earliestAnswerAfter = Math.min(earliestAnswerAfter, call.answered ?? earliestAnswerAfter);
  }
  return faults;
}

/** A group is taken if and only if nobody else changed what it touches or reads after it was decided. */
function ruleFaults(
  { groups, results, host }: Call,
  log: readonly StoredEvent[],
  ends: ReadonlyMap<number, number>,
): string[] {
  if (!results) return [];
  const firstTaken = results.flatMap((last, place) =>
    last === 'conflict' ? [] : [last - (groups[place]?.events.length ?? 0)],
  );
  const own = new Set(
    results.flatMap((last, place) =>
      last === 'conflict' ? [] : range((last - (groups[place]?.events.length ?? 0) + 1) as Seq, last),
    ),
  );
  const refused = new Set<EntityKey>();
  return groups.flatMap((group, place) => {
    const entities = [...group.touches, ...group.reads];
    const until = firstTaken[0] ?? log.length;
    // A group that ends later counts as a whole for whoever had folded a part of it.
    const changed = log
      .slice(Math.max(0, group.decidedAt - longestGroup), until)
      .filter(({ seq }) => !own.has(seq) && (ends.get(seq) ?? seq) > group.decidedAt)
      .some((stored) => touchesOf(stored).some((entity) => entities.includes(entity)));
    const buildsOnRefused = entities.some((entity) => refused.has(entity));
    const isRefused = results[place] === 'conflict';
    if (isRefused) for (const entity of group.touches) refused.add(entity);
    if (!isRefused && (changed || buildsOnRefused))
      return [`host ${host}: a group of event ${results[place]} was decided on what had changed`];
    // A batch of which nothing was taken has no place in the log, so no end to look up to: only its answer.
    return isRefused && !changed && !buildsOnRefused ? [`host ${host}: a group was refused for nothing`] : [];
  });
}

/** Events of one group, at most. */
const longestGroup = 2;

/** What the events of this test touch: one task each. */
function touchesOf({ event }: StoredEvent): EntityKey[] {
  return 'taskId' in event ? [`task:${event.taskId}`] : [];
}

function range(first: Seq, last: Seq): number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}

function add(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
