/** Where what is dragged would go, told to the one place that it is over and to the hint beside the pointer. */
import { useSyncExternalStore } from 'react';

export interface DropVerdict {
  readonly placeId: string;
  readonly place: string;
  readonly ok: boolean;
  /** What would happen, or why it can't. */
  readonly words: string;
}

export class DropStore {
  #verdict: DropVerdict | null = null;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly now = (): DropVerdict | null => this.#verdict;

  show(verdict: DropVerdict | null): void {
    const before = this.#verdict;
    if (before?.placeId === verdict?.placeId && before?.words === verdict?.words) return;
    this.#verdict = verdict;
    for (const listener of this.#listeners) listener();
  }
}

/** What this place has to show; null: nothing is over it. */
export function useDropAt(store: DropStore, placeId: string): DropVerdict | null {
  return useSyncExternalStore(store.subscribe, () => {
    const verdict = store.now();
    return verdict?.placeId === placeId ? verdict : null;
  });
}

export function useDrop(store: DropStore): DropVerdict | null {
  return useSyncExternalStore(store.subscribe, store.now);
}
