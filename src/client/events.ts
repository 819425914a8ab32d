/** Hears of events as they happen, without a gap and without a repeat, over any loss of the line. */
import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';
import { pause } from './abort.ts';
import type { Line } from './line.ts';

export interface EventFilter {
  /** Types such as `gate.signed`, or what they begin with: `gate`. All of them by default. */
  readonly types?: readonly string[];
  /** The id of anything that the event must name. */
  readonly object?: string;
  /** From the first event after this one on; from now on by default. 0: from the beginning. */
  readonly after?: number;
}

/** The next event waits until the promise settles. What it throws ends the subscription. */
export type EventHandler = (event: StoredEvent) => void | Promise<void>;

/** The host was stopped, the line was lost, or this side read too slowly: from the last event on it goes on. */
const passing = ['NOT_CONNECTED', 'FOLLOW_TOO_SLOW', 'LOG_UNAVAILABLE'];

export class EventSubscription implements AsyncDisposable {
  /** Resolves when it was stopped or the session is closed; rejects with what the handler threw, or the host refused. */
  readonly ended: Promise<void>;
  readonly #stopping = new AbortController();
  readonly #line: Line;
  #seen: Seq;

  /** @param onEnd is called when it has ended, however */
  constructor(line: Line, filter: EventFilter, handler: EventHandler, onEnd: () => void) {
    this.#line = line;
    this.#seen = (filter.after ?? line.last.head) as Seq;
    this.ended = this.#run(filter, handler).finally(onEnd);
  }

  /** The last event that was looked at: a later subscription may go on `after` it. */
  get seen(): number {
    return this.#seen;
  }

  /** Resolves when the handler is done with its last event. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.ended.catch(() => undefined);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #run(filter: EventFilter, handler: EventHandler): Promise<void> {
    const end = AbortSignal.any([this.#stopping.signal, this.#line.closing]);
    while (!end.aborted) {
      try {
        await this.#follow(end, async (event) => {
          if (!fits(event, filter)) return;
          try {
            await handler(event);
          } catch (cause) {
            throw new HandlerFailure(cause);
          }
        });
      } catch (error) {
        if (error instanceof HandlerFailure) throw error.cause;
        if (end.aborted) return;
        if (!(error instanceof CoordError && passing.includes(error.code))) throw error;
      }
      await pause(20, end);
    }
  }

  async #follow(end: AbortSignal, see: (event: StoredEvent) => Promise<void>): Promise<void> {
    const { connection } = await this.#line.bound(end);
    for await (const batch of connection.follow(this.#seen, end)) {
      for (const event of batch) {
        if (end.aborted) return;
        await see(event);
        this.#seen = event.seq;
      }
    }
  }
}

class HandlerFailure extends Error {
  constructor(cause: unknown) {
    super('the handler failed', { cause });
  }
}

function fits({ event }: StoredEvent, { types, object }: EventFilter): boolean {
  const isOfType = !types || types.some((type) => event.type === type || event.type.startsWith(`${type}.`));
  return isOfType && (object === undefined || names(event, object));
}

function names(value: unknown, id: string): boolean {
  if (value === id) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => names(part, id));
}
