/** Answers that Slack brought before what they answer: kept for a while, until their thread turns out to be one of ours. */

interface Kept<Event> {
  readonly thread: string;
  readonly ts: string;
  readonly at: number;
  readonly event: Event;
}

/** Slack brings what was not taken again for about six minutes. In ms. */
const keptFor = 10 * 60_000;
const mostKept = 300;

export class EarlyReplies<Event> {
  #kept: Kept<Event>[] = [];

  keep(thread: string, ts: string, event: Event): void {
    this.#kept.push({ thread, ts, at: Date.now(), event });
    this.#kept = this.#kept.filter(({ at }) => at > Date.now() - keptFor).slice(-mostKept);
  }

  /** Those of a thread, in the order in which they were written. @param after only what was written after that */
  take(thread: string, after: string): Event[] {
    const [found, others]: [Kept<Event>[], Kept<Event>[]] = [[], []];
    for (const kept of this.#kept) (kept.thread === thread ? found : others).push(kept);
    this.#kept = others;
    return found
      .filter(({ ts }) => Number(ts) > Number(after))
      .sort((one, other) => Number(one.ts) - Number(other.ts))
      .map(({ event }) => event);
  }
}
