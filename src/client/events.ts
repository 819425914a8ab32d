/** Hears of events as they happen, without a gap and without a repeat, over any loss of the line. */
import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import { insteadOfEventType, isOfType } from '../core/event-types.ts';
import type { Seq } from '../core/ids.ts';
import { pause, unlessAborted } from './abort.ts';
import type { Line } from './line.ts';

export interface EventFilter {
  /** Types such as `gate.signed`, or what they begin with: `gate`. All of them by default. */
  readonly types?: readonly string[];
  /** The id of anything that the event must name. */
  readonly object?: string;
  /** From the first event after this one on; from now on by default. 0: from the beginning. */
  readonly after?: number;
}

/** The next event waits until the promise settles. */
export type EventHandler = (event: StoredEvent) => void | Promise<void>;

export interface EventOptions extends EventFilter {
  /**
   * Is told what the handler threw, and the subscription goes on with the next event; what it throws itself ends it.
   * Without it the handler's error ends the subscription, and Node prints it as a warning.
   */
  readonly onError?: (error: unknown, event: StoredEvent) => void | Promise<void>;
}

/** The host was stopped, the line was lost, or this side read too slowly: from the last event on it goes on. */
const passing = ['NOT_CONNECTED', 'FOLLOW_TOO_SLOW', 'LOG_UNAVAILABLE'];

export class EventSubscription implements AsyncDisposable {
  /** Resolves when it was stopped or the session is closed; rejects with what the handler threw, or the host refused. */
  readonly ended: Promise<void>;
  readonly #stopping = new AbortController();
  readonly #line: Line;
  #seen: Seq;

  /**
   * @param onEnd is called when it has ended, however
   * @throws CoordError `BAD_INPUT` - there are no events of a type that is asked for
   */
  constructor(line: Line, options: EventOptions, handler: EventHandler, onEnd: () => void) {
    refuseUnknownTypes(options.types ?? []);
    this.#line = line;
    this.#seen = (options.after ?? line.last.head) as Seq;
    this.ended = this.#run(options, handler).finally(onEnd);
    // Nobody need wait for the end: an error that nobody hears of is told all the same.
    this.ended.catch(warn);
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

  async #run(options: EventOptions, handler: EventHandler): Promise<void> {
    const end = AbortSignal.any([this.#stopping.signal, this.#line.closing]);
    if (options.after === undefined) await this.#skipWhatWas(end);
    while (!end.aborted) {
      try {
        await this.#follow(end, async (event) => {
          if (fits(event, options)) await tell(event, options, handler);
        });
      } catch (error) {
        if (error instanceof HandlerFailure) throw error.cause;
        if (end.aborted) return;
        if (!(error instanceof CoordError && passing.includes(error.code))) throw error;
      }
      await pause(20, end);
    }
  }

  /**
   * Asks where the log is now, before anything that the script does after it subscribed: the host answers in order.
   * When the line goes meanwhile, it begins with what was last known: rather an old event than one that is missed.
   */
  async #skipWhatWas(end: AbortSignal): Promise<void> {
    try {
      const asked = this.#line.bound().then(({ connection }) => connection.query('status', {}));
      this.#seen = (await unlessAborted(asked, end)).seq;
    } catch {
      // What is wrong with the line is told by what follows.
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

async function tell(event: StoredEvent, { onError }: EventOptions, handler: EventHandler): Promise<void> {
  try {
    await handler(event);
  } catch (cause) {
    if (!onError) throw new HandlerFailure(cause);
    try {
      await onError(cause, event);
    } catch (worse) {
      throw new HandlerFailure(worse);
    }
  }
}

/** A handler that waited for them would wait for ever. */
function refuseUnknownTypes(types: readonly string[]): void {
  for (const type of types) {
    const instead = insteadOfEventType(type);
    if (instead === null) continue;
    throw new CoordError(
      'BAD_INPUT',
      `The subscription was refused: \`${type}\` is no type of event: ${instead}`,
      { types },
    );
  }
}

function warn(error: unknown): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.emitWarning('A subscription to events has ended with an error; give it onError to go on', {
    type: 'AgentCoordWarning',
    code: 'SUBSCRIPTION_ENDED',
    detail,
  });
}

function fits({ event }: StoredEvent, { types, object }: EventFilter): boolean {
  const isWanted = !types || types.some((type) => isOfType(event.type, type));
  return isWanted && (object === undefined || names(event, object));
}

function names(value: unknown, id: string): boolean {
  if (value === id) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => names(part, id));
}
