/** For how long a supervisor waits for what. */
import type { DurationMs } from '../../core/units.ts';
import { seconds } from '../../core/units.ts';
import type { CrashPolicy } from './crash-history.ts';
import { defaultCrashPolicy } from './crash-history.ts';
import { usualLogBytes, usualLogPatience } from './worker-logs.ts';

export interface SupervisorSettings {
  /** How long a worker without a task stays. */
  readonly idleAfter: DurationMs;
  /** How long a worker may take until it reports. */
  readonly readyWithin: DurationMs;
  /** How long a worker may take to finish or give back its task when it is stopped, before it is killed. */
  readonly grace: DurationMs;
  readonly crashes: CrashPolicy;
  /** The logs of ended workers are looked through when so many more have ended; they take at most so many bytes. */
  readonly logs: { readonly patience: number; readonly mostBytes: number };
}

export const defaultSupervisorSettings: SupervisorSettings = {
  idleAfter: seconds(60),
  readyWithin: seconds(30),
  grace: seconds(10),
  crashes: defaultCrashPolicy,
  logs: { patience: usualLogPatience, mostBytes: usualLogBytes },
};
