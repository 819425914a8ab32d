/** The places for worker processes on one host: all its companies share them, and make room for each other. */

/** One company's supervisor. */
export interface PlaceUser {
  /** There may be a place for it now, or others need one of those that it holds. Must not throw. */
  readonly look: () => void;
}

export interface PlaceNeed {
  /** Workers that wait for a place. */
  readonly wants: number;
  /** Places that come free in a moment: of workers that were told to go and hold no task. */
  readonly leaving: number;
}

export class WorkerPlaces {
  #count: number;
  readonly #needs = new Map<PlaceUser, PlaceNeed>();
  #taken = 0;

  /** @param count workers at once, at most */
  constructor(count: number) {
    this.#count = count;
  }

  get atMost(): number {
    return this.#count;
  }

  get taken(): number {
    return this.#taken;
  }

  /** From now on. Whoever has a place keeps it, also where there are more than that. */
  limit(count: number): void {
    this.#count = count;
    this.#callWaiting();
  }

  /** How many places are wanted beyond those that come free anyway. */
  get missing(): number {
    let missing = 0;
    for (const { wants, leaving } of this.#needs.values()) missing += wants - leaving;
    return Math.max(0, missing);
  }

  /** @returns whether there was one */
  take(): boolean {
    if (this.#taken >= this.#count) return false;
    this.#taken += 1;
    return true;
  }

  giveBack(): void {
    this.#taken -= 1;
    this.#callWaiting();
  }

  /** Replaces what the user said before. When more is missing than was, the others are asked to look what they can spare. */
  tell(user: PlaceUser, need: PlaceNeed): void {
    const before = this.missing;
    this.#needs.set(user, need);
    if (this.missing <= before) return;
    for (const other of this.#needs.keys()) if (other !== user) other.look();
  }

  /** The user wants nothing any more. */
  leave(user: PlaceUser): void {
    this.#needs.delete(user);
  }

  #callWaiting(): void {
    for (const [user, { wants }] of this.#needs) if (wants > 0) user.look();
  }
}
