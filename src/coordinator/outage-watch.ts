/** Goes on by itself when the log is away, and back to it when it answers again. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Outages, Presence } from '../contract/other-hosts.ts';
import type { CommandInput } from '../core/command.ts';
import type { Actor } from '../core/context.ts';
import type { CoordError } from '../core/error.ts';
import type { HostId } from '../core/ids.ts';
import type { CompanyState } from '../core/state.ts';
import type { EpochMs } from '../core/units.ts';
import type { Branch } from './branch.ts';
import type { CommandQueue } from './command-queue.ts';
import { mustStandDown } from './cut-off.ts';
import type { Ask } from './decide-batch.ts';
import type { OnFault } from './fault.ts';
import { refusalOf } from './fault.ts';
import type { HostStanding } from './host-standing.ts';
import type { LoneWriter } from './lone-writer.ts';

/** How a host that goes on by itself stands to the log. */
export interface Outage {
  readonly since: EpochMs;
  /** Why the log is away; null: not known yet, or it is not. */
  readonly cause: CoordError | null;
  /** Why this host can't go back although the log answers: a person must look. Null: nothing of the kind. */
  readonly blocked: CoordError | null;
  /** How much was done since that waits for the log. */
  readonly deeds: number;
}

/** What it asks of the coordinator that it belongs to. */
export interface WatchedCoordinator {
  readonly host: HostId | null;
  /** Another one, or none, once the log has moved. */
  readonly presence: Presence | null;
  readonly now: () => EpochMs;
  execute(actor: Actor, command: CommandInput): Promise<unknown>;
  read<View>(view: (state: CompanyState) => View): Promise<View>;
}

export interface OutageWatchParts {
  readonly outages: Outages;
  readonly coordinator: WatchedCoordinator;
  readonly branch: Branch;
  readonly lone: LoneWriter;
  readonly standing: HostStanding;
  readonly queue: CommandQueue<Ask>;
  readonly signal: AbortSignal;
  readonly onFault: OnFault;
  /** Is waited for when the log answers again, before what was done here goes into it. Never rejects. */
  readonly beforeRebase: () => Promise<void>;
  /** Is told when an outage begins or ends. */
  readonly changed: () => void;
}

const asHost = { kind: 'host' } as const;
/** Between two looks whether the others are about to count this host as lost, in ms. */
const lookEvery = 500;
/** Between two tries to go back when something stands in the way, in ms. */
const blockedPause = 2_000;

export class OutageWatch {
  readonly #parts: OutageWatchParts;
  #since: EpochMs | null = null;
  #blocked: CoordError | null = null;
  #standingDown: NodeJS.Timeout | null = null;
  /** Resolves when the signal has aborted. */
  readonly ended: Promise<void>;

  /** No batch may be under way: what an earlier start left on the branch is taken up at once. */
  constructor(parts: OutageWatchParts) {
    this.#parts = parts;
    if (parts.coordinator.presence !== null && parts.branch.size > 0) this.#begin();
    else parts.coordinator.presence?.show();
    this.ended = this.#watch().finally(() => this.#forgetToStandDown());
  }

  /** Null: the log answers. */
  get outage(): Outage | null {
    if (this.#since === null) return null;
    const { outages, branch } = this.#parts;
    return { since: this.#since, cause: outages.cause, blocked: this.#blocked, deeds: branch.size };
  }

  async #watch(): Promise<void> {
    const { outages, queue, standing, signal } = this.#parts;
    while (!signal.aborted) {
      if (!standing.isAway) {
        await outages.gone(signal);
        if (signal.aborted) return;
        await queue.betweenBatches(() => this.#begin());
      }
      await this.#comeBack();
    }
  }

  #begin(): void {
    const { lone, coordinator } = this.#parts;
    lone.goAway();
    this.#become(coordinator.now());
    this.#standDownInTime();
    this.#report('host.report_cut_off');
  }

  async #comeBack(): Promise<void> {
    const { outages, branch, queue, lone, standing, signal, onFault } = this.#parts;
    try {
      const fates = await outages.comeBack(branch.batches, signal);
      if (signal.aborted) return;
      await this.#parts.beforeRebase();
      if (signal.aborted) return;
      await queue.alone(() => lone.comeBack(fates));
      // What was done on the branch has other numbers now.
      if (standing.isAway) return this.#parts.changed();
      this.#parts.coordinator.presence?.show();
      this.#become(null);
      this.#report('host.report_back');
    } catch (error) {
      if (signal.aborted) return;
      this.#blocked = refusalOf(error, onFault);
      await pause(blockedPause, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Looked at again and again, since clocks may leap. A worker that starts after that claims nothing. */
  #standDownInTime(): void {
    const { standing, onFault } = this.#parts;
    let hasStoodDown = false;
    this.#standingDown = setInterval(() => {
      if (hasStoodDown || !mustStandDown(standing.silence)) return;
      hasStoodDown = true;
      this.#standDown().catch(onFault);
    }, lookEvery).unref();
  }

  /** What the workers of this host do may be done by others from now on. */
  async #standDown(): Promise<void> {
    const { coordinator, standing } = this.#parts;
    const { host } = coordinator;
    if (host === null || !standing.isAway) return;
    const workers = await coordinator.read(({ index }) =>
      [...index.workersByHost.get(host)].map(({ id }) => id),
    );
    // Back with the others they go on: one after the other, the last would be ended among tasks that are theirs.
    if (!standing.isAway) return;
    const reason = 'this host was cut off for so long that others take over what it did';
    const how = { type: 'worker.end', outcome: 'stopped', reason } as const;
    await Promise.all(workers.map((workerId) => coordinator.execute(asHost, { ...how, workerId })));
  }

  /** Puts on record that an outage begins or is over. */
  #report(type: 'host.report_cut_off' | 'host.report_back'): void {
    const { coordinator, onFault } = this.#parts;
    coordinator.execute(asHost, { type }).catch((error: unknown) => refusalOf(error, onFault));
  }

  #become(since: EpochMs | null): void {
    this.#forgetToStandDown();
    this.#since = since;
    this.#blocked = null;
    this.#parts.changed();
  }

  #forgetToStandDown(): void {
    if (this.#standingDown) clearInterval(this.#standingDown);
    this.#standingDown = null;
  }
}
