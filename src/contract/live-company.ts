/** The company as it is now: a snapshot, and every event since, folded by the same `evolve` as the coordinator's. */
import type { StoredEvent } from '../core/event.ts';
import { evolve } from '../core/evolve.ts';
import type { CompanyState, StateSnapshot } from '../core/state.ts';
import { emptyState, restoreState } from '../core/state.ts';

/** How many of the last events are kept for the activity list. */
const keptEvents = 300;

/** Calls back when it is time to draw, such as with the next frame. */
export type Soon = (draw: () => void) => void;

export class LiveCompany {
  /** Folded in place: read it after each change of `version`, and keep rows, not the state. */
  state: CompanyState = emptyState();
  /** The last events seen here, newest first. */
  recent: readonly StoredEvent[] = [];
  readonly #soon: Soon;
  #version = 0;
  #told = true;
  readonly #listeners = new Set<() => void>();

  constructor(soon: Soon) {
    this.#soon = soon;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Rises once for all that was folded between two frames. */
  readonly version = (): number => this.#version;

  restore(snapshot: StateSnapshot, recent: readonly StoredEvent[]): void {
    this.state = restoreState(snapshot);
    this.recent = [...recent].reverse();
    this.#tellSoon();
  }

  fold(events: readonly StoredEvent[]): void {
    const fresh = events.filter(({ seq }) => seq > this.state.seq);
    for (const event of fresh) evolve(this.state, event);
    this.recent = [...fresh.toReversed(), ...this.recent].slice(0, keptEvents);
    this.#tellSoon();
  }

  /** Thousands of events a second must not draw thousands of times: listeners hear once a frame. */
  #tellSoon(): void {
    if (!this.#told) return;
    this.#told = false;
    this.#soon(() => {
      this.#told = true;
      this.#version += 1;
      for (const listener of this.#listeners) listener();
    });
  }
}
