/** Follows the log of a company and sends what ended as spans: each at least once, also when host or collector went away. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { CompanyCoordinator } from '../../coordinator/company-coordinator.ts';
import type { Seq } from '../../core/ids.ts';
import { loggedSeqSchema } from '../../core/ids.ts';
import type { PrivateDocument } from '../private-document.ts';
import type { SpanSink } from './otlp.ts';
import type { EndedSpan } from './span.ts';
import { SpanTracker, trackedSchema } from './span-tracker.ts';
import { trackerFor } from './under-way.ts';

/** Up to which event the spans are with the collector, and what was under way then. */
export const tracesSchema = z.strictObject({ seq: loggedSeqSchema, tracked: trackedSchema });

/** Spans are sent together after this time, in ms, or as soon as there are so many. */
const gatherFor = 1_000;
const mostTogether = 500;
/** Between two tries to reach a collector, in ms. */
const firstPause = 1_000;
const longestPause = 60_000;

export interface CompanyTracesParts {
  readonly coordinator: CompanyCoordinator;
  readonly sink: SpanSink;
  readonly document: PrivateDocument<z.output<typeof tracesSchema>>;
  /** A line for the host's log. */
  readonly log: (line: string) => void;
  readonly onFault: (error: unknown) => void;
}

export class CompanyTraces {
  readonly #parts: CompanyTracesParts;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  #tracker = new SpanTracker();
  #seq = 0 as Seq;
  #gathered: EndedSpan[] = [];
  #sending: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: CompanyTracesParts) {
    this.#parts = parts;
    this.#running = this.#run().catch(parts.onFault);
  }

  /** Sends what it has, in one try. */
  async close(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#running;
    await this.#sending;
    await this.#flush();
    await this.#parts.sink.close().catch(() => undefined);
  }

  async #run(): Promise<void> {
    const { coordinator, document, log } = this.#parts;
    const { signal } = this.#stopping;
    await this.#begin(await document.read());
    while (!signal.aborted) {
      try {
        for await (const events of coordinator.follow(this.#seq, signal)) {
          for (const stored of events) {
            // What has no number in the log yet comes again with one.
            if (!Number.isInteger(stored.seq)) continue;
            this.#gathered.push(...this.#tracker.see(stored));
            this.#seq = stored.seq;
          }
          await this.#sendSoon();
        }
        if (!signal.aborted) await pause(firstPause, undefined, { signal }).catch(() => undefined);
      } catch (error) {
        if (signal.aborted) return;
        log(
          `traces: ${error instanceof Error ? error.message : String(error)}; goes on from event ${this.#seq}`,
        );
        await pause(firstPause, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #begin(kept: z.output<typeof tracesSchema> | null): Promise<void> {
    const { coordinator, document } = this.#parts;
    if (kept) {
      this.#tracker = new SpanTracker(kept.tracked);
      this.#seq = kept.seq;
      return;
    }
    const { tracker, seq } = await coordinator.read((state) => ({
      tracker: trackerFor(state),
      seq: state.seq,
    }));
    this.#tracker = tracker;
    this.#seq = Math.floor(seq) as Seq;
    // From here on nothing is lost, even when the first spans can't be sent before the host ends.
    await document.write({ seq: this.#seq, tracked: tracker.tracked });
  }

  /** A collector that is away holds up the reading, not the memory. */
  async #sendSoon(): Promise<void> {
    if (this.#gathered.length >= mostTogether) {
      this.#sending = this.#sending.then(() => this.#flush());
      await this.#sending;
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#sending = this.#sending.then(() => this.#flush());
    }, gatherFor);
  }

  async #flush(): Promise<void> {
    const { document, onFault } = this.#parts;
    const [spans, seq, { tracked }] = [this.#gathered, this.#seq, this.#tracker];
    this.#gathered = [];
    // Given up only when the host ends: the next start sends them, from the last place that was kept.
    if (spans.length > 0 && !(await this.#deliver(spans))) return;
    await document.write({ seq, tracked }).catch(onFault);
  }

  async #deliver(spans: readonly EndedSpan[]): Promise<boolean> {
    const { sink, log } = this.#parts;
    const { signal } = this.#stopping;
    for (let wait = firstPause; ; wait = Math.min(longestPause, wait * 2)) {
      try {
        await sink.send(spans);
        if (wait > firstPause) log('traces: the collector is there again');
        return true;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (wait === firstPause)
          log(`traces: the collector does not take spans (${why}); they are kept in the log and sent later`);
        if (signal.aborted) return false;
        await pause(wait, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return false;
      }
    }
  }
}
