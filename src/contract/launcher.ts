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
  /** What it and all that it started have used so far; null: it is gone, or nobody can tell. Never rejects. */
  measure(): Promise<ProcessMeasure | null>;
}

export interface ProcessMeasure {
  /** Time on a core since the start, in ms. */
  readonly cpuMs: number;
  /** Resident now, in bytes. */
  readonly memory: number;
  readonly processes: number;
}

export interface ProcessEnd {
  /** It ended by itself, with exit code 0. */
  readonly clean: boolean;
  readonly reason: string;
}

export interface Launcher {
  readonly name: string;
  /** How many workers may start at once, until each has reported: what it starts on has so many processors. Left out: any number. */
  readonly startsAtOnce?: number;
  /** @throws CoordError `LAUNCH_FAILED` - the process could not be started, with the reason */
  launch(request: LaunchRequest): Promise<LaunchedProcess>;
  /**
   * Kills what is left of a worker that an earlier host started. A process that only got the same number since
   * is left alone.
   * @param pid what it reported; null: it never did
   * @returns whether there was something to kill
   */
  killLeftover(workerId: WorkerId, pid: number | null): Promise<boolean>;
}
