/** Keeps the projection of the board in step with the log: folds what is committed, catches up after a start, rebuilds after damage. */
import type { BoardPosition, BoardStore } from '../../contract/board-store.ts';
import { CoordError } from '../../core/error.ts';
import type { StoredEvent } from '../../core/event.ts';
import type { Seq } from '../../core/ids.ts';
import { isProvisional } from '../../core/provisional.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import type { OnFault } from '../fault.ts';

export interface BoardParts {
  /** Called when it is needed first, and again if it failed; the board closes what it gives. */
  readonly openStore: () => BoardStore;
  readonly coordinator: Pick<CompanyCoordinator, 'onCommit' | 'read' | 'readEvents'>;
  readonly onFault: OnFault;
}

/** Events that are folded at once while catching up. */
const pageSize = 1_000;
/** After so many events without a word of the board the position is moved all the same: a start then reads only those after it. */
const moveEvery = 2_000;

export class Board {
  readonly #openStore: () => BoardStore;
  #opened: BoardStore | null = null;
  readonly #coordinator: BoardParts['coordinator'];
  readonly #onFault: OnFault;
  readonly #forget: () => void;
  /** What the store has folded. */
  #position: BoardPosition | null = null;
  /** The last event that was committed and not worth a write. */
  #seen: BoardPosition | null = null;
  #inStep = false;
  /** What this host wrote by itself since the log is away; the store shows the first so many. */
  #ownWords: StoredEvent[] = [];
  #shown = 0;
  /** Something was committed while catching up. */
  #missed = false;
  #catchingUp: Promise<void> | null = null;
  #closed = false;

  constructor({ openStore, coordinator, onFault }: BoardParts) {
    this.#openStore = openStore;
    this.#coordinator = coordinator;
    this.#onFault = onFault;
    this.#forget = coordinator.onCommit((events) => this.#follow(events));
    this.#getInStep().catch(onFault);
  }

  /**
   * Asks the store once it has folded all that was committed before.
   * @throws CoordError `LOG_UNAVAILABLE` - it can't be read or brought up to date, or the host is stopping
   */
  async ask<Answer>(question: (store: BoardStore) => Answer): Promise<Answer> {
    await this.#getInStep();
    if (this.#closed) throw new CoordError('LOG_UNAVAILABLE', 'The board is closed: the host is stopping');
    try {
      this.#showOwnWords();
      return question(this.#store);
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#onFault(error);
      this.#clear();
      await this.#getInStep();
      this.#showOwnWords();
      return question(this.#store);
    }
  }

  /** What is committed after this is folded at the next start. */
  async close(): Promise<void> {
    this.#forget();
    this.#closed = true;
    await this.#catchingUp?.catch(() => undefined);
    const seen = this.#seen;
    if (seen && this.#inStep) this.#try(() => this.#fold([], seen));
    this.#opened?.close();
  }

  get #store(): BoardStore {
    this.#opened ??= this.#openStore();
    return this.#opened;
  }

  /** What is written while the log is away is only shown: it reaches the board when it stands in the log. */
  #follow(published: readonly StoredEvent[]): void {
    const events = published.filter(({ seq }) => !isProvisional(seq));
    const last = events.at(-1);
    if (!last) {
      this.#ownWords.push(...published.filter(isOfBoard));
      return;
    }
    this.#ownWords = [];
    if (!this.#inStep) {
      this.#missed = true;
      return;
    }
    this.#seen = last;
    const isFar = last.seq - (this.#position?.seq ?? 0) >= moveEvery;
    const isWorthAWrite = this.#shown > 0 || isFar || events.some(isOfBoard);
    if (isWorthAWrite) this.#inStep = this.#try(() => this.#fold(events.filter(isOfBoard), last));
  }

  #fold(events: readonly StoredEvent[], { seq, at }: BoardPosition): void {
    this.#store.fold(events, { seq, at });
    this.#position = { seq, at };
    this.#seen = null;
    this.#shown = 0;
  }

  #showOwnWords(): void {
    const { length } = this.#ownWords;
    if (this.#shown === length) return;
    this.#store.preview(this.#ownWords.slice(this.#shown));
    this.#shown = length;
  }

  #clear(): void {
    this.#inStep = false;
    this.#store.clear();
    this.#position = null;
    this.#shown = 0;
  }

  /** A commit stands whatever becomes of its projection: the next question mends that. */
  #try(act: () => void): boolean {
    try {
      act();
      return true;
    } catch (error) {
      this.#onFault(error);
      return false;
    }
  }

  #getInStep(): Promise<void> {
    if (this.#inStep || this.#closed) return Promise.resolve();
    this.#catchingUp ??= this.#catchUp().finally(() => {
      this.#catchingUp = null;
    });
    return this.#catchingUp;
  }

  async #catchUp(): Promise<void> {
    try {
      this.#position = this.#store.position();
      if (!(await this.#isOfThisLog())) this.#clear();
      await this.#foldAll();
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#onFault(error);
      this.#clear();
      await this.#foldAll();
    }
  }

  async #foldAll(): Promise<void> {
    await this.#passOverSilence();
    do {
      this.#missed = false;
      for (let page = await this.#next(); page.length > 0; page = await this.#next()) {
        const last = page.at(-1);
        if (last) this.#fold(page.filter(isOfBoard), last);
      }
      // Since the last look nothing else ran but commits, and those were noticed.
    } while (this.#missed && !this.#closed);
    this.#inStep = true;
  }

  async #next(): Promise<readonly StoredEvent[]> {
    if (this.#closed) return [];
    return await this.#coordinator.readEvents(this.#position?.seq ?? (0 as Seq), pageSize);
  }

  /** A backup of the log that was put in its place is older than the projection, or is another log altogether. */
  async #isOfThisLog(): Promise<boolean> {
    const position = this.#position;
    if (position === null) return true;
    const [event] = await this.#coordinator.readEvents((position.seq - 1) as Seq, 1);
    return event?.at === position.at;
  }

  /** A company in which nobody has written has nothing to read, however long its log is. */
  async #passOverSilence(): Promise<void> {
    const head = await this.#coordinator.read(({ threads, seq }) =>
      threads.size === 0 ? Math.floor(seq) : 0,
    );
    if (head <= (this.#position?.seq ?? 0)) return;
    const [last] = await this.#coordinator.readEvents((head - 1) as Seq, 1);
    if (last) this.#fold([], last);
  }
}

function isOfBoard({ event: { type } }: StoredEvent): boolean {
  return type === 'message.posted' || type.startsWith('thread.');
}

function isDamage(error: unknown): boolean {
  return error instanceof CoordError && error.code === 'DATABASE_DAMAGED';
}
