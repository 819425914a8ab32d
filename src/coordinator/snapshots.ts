/** Saves a snapshot every so many events, beside the work and never two at once. */
import type { EventLog } from '../contract/event-log.ts';
import type { Seq } from '../core/ids.ts';
import type { CompanyState } from '../core/state.ts';
import { dumpState } from '../core/state.ts';
import type { OnFault } from './fault.ts';
import { stateVersion } from './open-state.ts';

export interface SnapshotsOptions {
  readonly log: EventLog;
  readonly last: Seq;
  /** Events between two snapshots, at least. */
  readonly every: number;
  readonly onFault: OnFault;
}

export class Snapshots {
  readonly #options: SnapshotsOptions;
  #last: Seq;
  #saving: Promise<void> | null = null;

  constructor(options: SnapshotsOptions) {
    this.#options = options;
    this.#last = options.last;
  }

  /** Called when everything in the state is durable. A large company gets them less often: each costs as much as it is large. */
  consider(state: CompanyState): void {
    const wait = Math.max(this.#options.every, 4 * state.tasks.size);
    if (this.#saving || state.seq - this.#last < wait) return;
    this.#last = state.seq;
    this.#saving = this.#save(state).finally(() => {
      this.#saving = null;
    });
  }

  /** Resolves when none is being saved. */
  async idle(): Promise<void> {
    await this.#saving;
  }

  async #save(state: CompanyState): Promise<void> {
    const { log, onFault } = this.#options;
    try {
      await log.saveSnapshot({ seq: state.seq, version: stateVersion, state: dumpState(state) });
    } catch (error) {
      // The events hold the same: only the next start takes longer.
      onFault(error);
    }
  }
}
