/** What starts and stops the process of a worker, wherever that process is. */
import type { WorkerId } from '../core/ids.ts';

export interface LaunchRequest {
  readonly workerId: WorkerId;
  /** Everything the process may know: its environment is this and nothing else (beside what a process needs to run). */
  readonly environment: Readonly<Record<string, string>>;
  /** Proves that it is this worker. Handed over where its children and its neighbours can't read it. */
  readonly token: string;
  /** What it needs beside, keys of models perhaps: one line, handed over behind the token by the same way. */
  readonly handover: string;
  /** Where its standard output and error go. */
  readonly logFile: string;
}

export interface LaunchedProcess {
  /** Null where there is no local process. */
  readonly pid: number | null;
  /** Resolves when it is gone, with the reason in words: `exit code 1`, `killed by SIGKILL`. Never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** Asks it to stop, and kills it (its whole process group) if it is still there after the grace, in ms. */
  stop(graceMs: number): Promise<void>;
}

export interface ProcessEnd {
  /** It ended by itself, with exit code 0. */
  readonly clean: boolean;
  readonly reason: string;
}

export interface Launcher {
  readonly name: string;
  /** @throws CoordError `LAUNCH_FAILED` - the process could not be started, with the reason */
  launch(request: LaunchRequest): Promise<LaunchedProcess>;
  /**
   * Kills what is left of a worker that an earlier host started. A process that only got the same number since
   * is left alone.
   * @returns whether there was something to kill
   */
  killLeftover(workerId: WorkerId, pid: number): Promise<boolean>;
}
