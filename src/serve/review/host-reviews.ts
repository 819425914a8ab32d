/** Runs the reviews that are asked for at a host, one at a time, and remembers the last ones until the host ends. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ReviewDesk, ReviewView } from '../../contract/reviews.ts';
import { CoordError } from '../../core/error.ts';
import type { EpochMs } from '../../core/units.ts';
import type { ReviewProgress, RunReview } from './review-wish.ts';

/** More would be a memory of its own; a report that matters is written down with `agentcoord review --out`. */
const mostKept = 10;

interface Running {
  view: ReviewView;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

export class HostReviews implements ReviewDesk {
  readonly #run: RunReview;
  readonly #modelsFrom: string;
  #kept: Running[] = [];
  #count = 0;

  /** @param modelsFrom the data directory whose models are used */
  constructor(run: RunReview, modelsFrom: string) {
    this.#run = run;
    this.#modelsFrom = modelsFrom;
  }

  list(): readonly ReviewView[] {
    return this.#kept.map(({ view }) => view);
  }

  async start({ path: named, model }: Parameters<ReviewDesk['start']>[0]): Promise<ReviewView> {
    const path = resolve(named);
    if (!(await stat(path).catch(() => null))?.isDirectory()) {
      throw new CoordError(
        'NOT_FOUND',
        `There is no folder ${path} to review: name one of the host’s machine`,
        {
          path,
        },
      );
    }
    const busy = this.#kept.find(({ view }) => view.state === 'running');
    if (busy) {
      throw new CoordError(
        'WRONG_STATE',
        `${busy.view.path} is being reviewed: six workers are busy with it. Wait for it, or stop it`,
        { path: busy.view.path },
      );
    }
    this.#count += 1;
    const stop = new AbortController();
    const view: ReviewView = {
      ...{ id: `review_${this.#count}`, path, model, startedAt: Date.now() as EpochMs, endedAt: null },
      ...{ state: 'running', failedBecause: null, files: null, parts: [], summary: null },
    };
    const running: Running = { view, stop, ended: Promise.resolve() };
    const ended = this.#follow(running);
    this.#kept = [Object.assign(running, { ended }), ...this.#kept].slice(0, mostKept);
    return running.view;
  }

  stop(id: string): ReviewView {
    const found = this.#kept.find(({ view }) => view.id === id);
    if (!found) throw new CoordError('NOT_FOUND', `There is no review ${id} at this host`, { id });
    found.stop.abort();
    if (found.view.state === 'running') this.#end(found, { state: 'stopped' });
    return found.view;
  }

  /** Resolves when none is under way and what they copied is gone. */
  async close(): Promise<void> {
    for (const { stop } of this.#kept) stop.abort();
    await Promise.all(this.#kept.map(({ ended }) => ended));
  }

  async #follow(running: Running): Promise<void> {
    const { path, model } = running.view;
    const onProgress = (progress: ReviewProgress) => {
      running.view = { ...running.view, ...progress };
    };
    try {
      const { summary, reviews: parts } = await this.#run({
        ...{ path, model, out: null, modelsFrom: this.#modelsFrom, note: () => undefined },
        ...{ stop: running.stop.signal, onProgress },
      });
      this.#end(running, { state: 'done', summary, parts });
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      this.#end(running, { state: 'failed', failedBecause: words });
    }
  }

  /** What was stopped stays so. */
  #end(running: Running, end: Partial<ReviewView>): void {
    if (running.view.state !== 'running') return;
    running.view = { ...running.view, ...end, endedAt: Date.now() as EpochMs };
  }
}
