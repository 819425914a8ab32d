/** A state of the past that can go on: to any later moment, event by event, and never back. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventLog } from '../../contract/event-log.ts';
import type { StoredEvent } from '../../core/event.ts';
import type { Seq } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import { emptyState, restoreState, tableNames } from '../../core/state.ts';
import { fold, stateVersion } from '../open-state.ts';
import { RowChanges } from './row-changes.ts';

/** Events between two turns of the event loop: a few milliseconds' work. */
const foldedAtOnce = 250;

/** Is told of an event that was just folded, with the rows that it changed. */
export type Visit = (stored: StoredEvent, changes: RowChanges, state: CompanyState) => void;

export class PastState {
  readonly state: CompanyState;
  readonly #log: Pick<EventLog, 'read'>;
  readonly #changes: RowChanges;

  private constructor(state: CompanyState, log: Pick<EventLog, 'read'>) {
    this.state = state;
    this.#log = log;
    this.#changes = new RowChanges(state);
  }

  /** From the newest snapshot at or before the `seq`; the caller goes on from there. */
  static async near(log: EventLog, seq: Seq): Promise<PastState> {
    const snapshot = await log.loadSnapshot(stateVersion, seq);
    return new PastState(snapshot ? restoreState(snapshot.state) : emptyState(), log);
  }

  get rows(): number {
    return tableNames.reduce((sum, table) => sum + this.state[table].size, 0);
  }

  /** Others have their turn meanwhile. @throws CoordError `DATABASE_DAMAGED`, `DATABASE_TOO_NEW`, `LOG_UNAVAILABLE` */
  async goTo(seq: Seq, visit?: Visit): Promise<void> {
    while (this.state.seq < seq) {
      const wanted = Math.min(foldedAtOnce, seq - this.state.seq);
      const page = await this.#log.read(this.state.seq, wanted);
      if (page.length === 0) return;
      for (const stored of page) {
        this.#changes.start();
        fold(this.state, stored, () => this.#changes.stop());
        visit?.(stored, this.#changes, this.state);
      }
      await nextTurn();
    }
  }
}
