/** A worker: an OS process that acts for one agent. */
import type { HostId, MemberId, WorkerId } from '../ids.ts';
import type { Pause } from '../org/org.ts';
import type { EpochMs } from '../units.ts';

/** A `hung` one was silent for so long that nobody waits for it any more: it can do nothing, and is about to be ended. */
export type WorkerState = 'starting' | 'ready' | 'draining' | 'hung' | 'stopped' | 'crashed';

/** The launcher of a worker that the host did not start: it lives as long as its connection. */
export const externalLauncher = 'external';

/** Why nothing is started for an agent just now: its workers crashed so often of late. */
export interface StartHold {
  readonly crashes: number;
  /** When the next one is started, unless somebody asks for one before. */
  readonly until: EpochMs;
}

export interface Worker {
  readonly id: WorkerId;
  readonly memberId: MemberId;
  /** Where it runs; null: its host shared the log with no other. */
  readonly hostId: HostId | null;
  readonly launcher: string;
  readonly runner: string;
  /** The OS process; null until the launcher knows it. */
  readonly pid: number | null;
  readonly state: WorkerState;
  readonly startedAt: EpochMs;
  /** The last sign of life that was recorded; at most one in a heartbeat period is. */
  readonly lastSeenAt: EpochMs;
  readonly endedAt: EpochMs | null;
  /** Why it ended, in words: exit code, signal, drained; of a hung one, why it has to end; null while it runs. */
  readonly exitReason: string | null;
  /** It takes no task for now, and goes on with what it has; null: it does, if its state lets it. Ends with the worker. */
  readonly pause: Pause | null;
  /** Of one that crashed, where its host has said so. */
  readonly hold?: StartHold;
}
