/** The state of a company as it is decided on: how far it is durable, and when what was seen of it holds no longer. */
import type { EventLog } from '../contract/event-log.ts';
import type { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';
import type { CompanyState } from '../core/state.ts';
import type { OnFault } from './fault.ts';
import { refusalOf } from './fault.ts';
import { catchUp, fold } from './open-state.ts';

export interface LiveStateParts {
  readonly state: CompanyState;
  readonly log: EventLog;
  readonly onFault: OnFault;
  /** Is told of events once they are durable and folded. */
  readonly publish: (events: readonly StoredEvent[]) => void;
}

export class LiveState {
  readonly state: CompanyState;
  readonly publish: LiveStateParts['publish'];
  readonly #log: EventLog;
  readonly #onFault: OnFault;
  #durable: Seq;
  #revision = 0;
  #isFolding = false;
  #halted: CoordError | null = null;

  constructor({ state, log, onFault, publish }: LiveStateParts) {
    this.state = state;
    this.publish = publish;
    this.#log = log;
    this.#onFault = onFault;
    this.#durable = state.seq;
  }

  /** The last event that is in the log and folded. */
  get durable(): Seq {
    return this.#durable;
  }

  /**
   * Changes when decisions were taken back, and again when what others did instead is folded: what was decided or seen
   * before may never have happened, and what was seen in between may be the half of it.
   */
  get revision(): number {
    return this.#revision;
  }

  /** It is on its way to what others made of it: nothing may be decided on it. */
  get isFolding(): boolean {
    return this.#isFolding;
  }

  /** The log holds what this program can't fold: nothing may be decided on a state that it does not know. Null: it does not. */
  get halted(): CoordError | null {
    return this.#halted;
  }

  /** The oldest of the open batches stands in the log, up to `head`. */
  commit(head: Seq): void {
    this.state.journal.commit();
    this.#durable = head;
  }

  /** Takes back what was decided last, until so many batches are open. */
  takeBack(depth = 0): void {
    this.state.journal.rollbackToDepth(depth);
    this.#revision += 1;
  }

  /** Folds and publishes what the log has after it; no batch may be open. @throws CoordError as the log; `failure` says more */
  async foldMissed(): Promise<void> {
    let missed: StoredEvent[];
    this.#isFolding = true;
    try {
      missed = await catchUp(this.state, this.#log);
      this.#durable = this.state.seq;
    } finally {
      this.#isFolding = false;
      this.#revision += 1;
    }
    this.publish(missed);
  }

  /** The same at once, of events that were read already; those that are folded are passed over. */
  foldAppended(events: readonly StoredEvent[]): void {
    const missed = events.filter(({ seq }) => seq > this.state.seq);
    try {
      for (const stored of missed) fold(this.state, stored);
      this.#durable = this.state.seq;
      this.publish(missed);
    } catch (error) {
      this.failure(error);
    }
  }

  /** What to say of an error; one that says that the log can't be read halts everything. */
  failure(error: unknown): CoordError {
    const refusal = refusalOf(error, this.#onFault);
    if (refusal.code === 'DATABASE_TOO_NEW' || refusal.code === 'DATABASE_DAMAGED') this.#halted = refusal;
    return refusal;
  }
}
