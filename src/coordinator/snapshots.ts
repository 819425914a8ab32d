/** Saves a snapshot every so many events, beside the work and never two at once. */
import type { EventLog, Snapshot } from '../contract/event-log.ts';
import type { Seq } from '../core/ids.ts';
import type { CompanyState } from '../core/state.ts';
import { dumpState } from '../core/state.ts';
import type { OnFault } from './fault.ts';
import { stateVersion } from './open-state.ts';

export interface SnapshotsOptions {
  readonly log: EventLog;
  readonly last: Seq;
  /** Events between two snapshots; undefined: as `snapshotGap` has it. */
  readonly every: number | undefined;
  readonly onFault: OnFault;
}

/** At most so many: a start folds what came after the last snapshot, 80,000 events in half a second. */
const widestGap = 80_000;

/** Events between two snapshots. A large company gets them less often: each costs as much as it is large. */
export function snapshotGap({ tasks }: Pick<CompanyState, 'tasks'>): number {
  return Math.min(widestGap, Math.max(5_000, 12 * tasks.size));
}

export class Snapshots {
  readonly #options: SnapshotsOptions;
  #last: Seq;
  #saving: Promise<void> | null = null;

  constructor(options: SnapshotsOptions) {
    this.#options = options;
    this.#last = options.last;
  }

  /** The state as it is, when a snapshot is due: to be saved once it is durable. */
  take(state: CompanyState): Snapshot | null {
    if (this.#saving || state.seq - this.#last < (this.#options.every ?? snapshotGap(state))) return null;
    this.#last = state.seq;
    return { seq: state.seq, version: stateVersion, state: dumpState(state) };
  }

  /** The caller goes on meanwhile. */
  save(snapshot: Snapshot): void {
    this.#saving = this.#save(snapshot).finally(() => {
      this.#saving = null;
    });
  }

  /** Resolves when none is being saved. */
  async idle(): Promise<void> {
    await this.#saving;
  }

  async #save(snapshot: Snapshot): Promise<void> {
    const { log, onFault } = this.#options;
    try {
      await log.saveSnapshot(snapshot);
    } catch (error) {
      // The events hold the same: only the next start takes longer.
      onFault(error);
    }
  }
}
