/** The company at a moment of its past, and its events from there on one after the other, as a film. */
import { LiveCompany } from '../../../contract/live-company.ts';
import type { Coordination } from '../../../contract/rpc.ts';
import type { StoredEvent } from '../../../core/event.ts';
import type { Seq } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { EpochMs } from '../../../core/units.ts';
import { asCoordError } from '../../lib/use-command.ts';

type Source = Pick<Coordination, 'query'>;

const pageEvents = 500;
const tickMs = 100;
/** What is told beside the film: the last events, newest first. */
const toldEvents = 200;

export class PastPlayer {
  /** The company of the moment, for whatever reads a live one. */
  readonly past = new LiveCompany((draw) => draw());
  /** When the last event that is shown happened; null: before the first. */
  at: EpochMs | null = null;
  told: readonly StoredEvent[] = [];
  refusal: string | null = null;
  isLoading = false;
  isPlaying = false;
  readonly #source: () => Source;
  readonly #listeners = new Set<() => void>();
  #version = 0;
  #jumps = 0;
  #ahead: StoredEvent[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(source: () => Source) {
    this.#source = source;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly version = (): number => this.#version;

  /** Folded in place: read it after each change of `version`. */
  get state(): CompanyState {
    return this.past.state;
  }

  /** Shows the company right after that event. Of several jumps at once the last one counts. */
  async jump(seq: Seq): Promise<void> {
    this.pause();
    this.#jumps += 1;
    const jump = this.#jumps;
    this.isLoading = true;
    this.#tell();
    try {
      const source = this.#source();
      const [snapshot, [last]] = await Promise.all([
        source.query('snapshot', { at: { seq } }),
        source.query('events', { after: (seq - 1) as Seq, limit: 1 }),
      ]);
      if (jump !== this.#jumps) return;
      this.at = last?.at ?? null;
      this.past.restore(snapshot, []);
      this.told = [];
      this.#ahead = [];
      this.refusal = null;
    } catch (error) {
      if (jump === this.#jumps) this.refusal = asCoordError(error).message;
    } finally {
      if (jump === this.#jumps) this.isLoading = false;
      this.#tell();
    }
  }

  /** Goes on to the next event, and the next ones, until the present or until it is paused. */
  play(eventsPerSecond: number): void {
    this.pause();
    this.isPlaying = true;
    let owed = 0;
    let isFetching = false;
    const tick = async () => {
      owed += (eventsPerSecond * tickMs) / 1_000;
      if (isFetching || owed < 1) return;
      isFetching = true;
      const steps = Math.floor(owed);
      owed -= steps;
      if (!(await this.#advance(steps))) this.pause();
      isFetching = false;
    };
    this.#timer = setInterval(() => void tick(), tickMs);
    this.#tell();
  }

  pause(): void {
    clearInterval(this.#timer);
    if (!this.isPlaying) return;
    this.isPlaying = false;
    this.#tell();
  }

  /** One event further. */
  async step(): Promise<void> {
    this.pause();
    await this.#advance(1);
  }

  /** @returns false at the present, or when the host could not be asked */
  async #advance(steps: number): Promise<boolean> {
    const jump = this.#jumps;
    if (this.#ahead.length < steps) {
      const after = this.#ahead.at(-1)?.seq ?? this.state.seq;
      try {
        const more = await this.#source().query('events', { after, limit: pageEvents });
        if (jump !== this.#jumps) return false;
        this.#ahead.push(...more);
      } catch (error) {
        this.refusal = asCoordError(error).message;
        this.#tell();
        return false;
      }
    }
    const next = this.#ahead.splice(0, steps);
    this.past.fold(next);
    this.at = next.at(-1)?.at ?? this.at;
    this.told = [...next.toReversed(), ...this.told].slice(0, toldEvents);
    this.#tell();
    return next.length > 0;
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
