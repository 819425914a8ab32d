/** What starts and stops the process of a worker, wherever that process is. */
import type { WorkerId } from '../core/ids.ts';

export interface LaunchRequest {
  readonly workerId: WorkerId;
  /** Everything the process may know: its environment is this and nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where its standard output and error go. */
  readonly logFile: string;
}

export interface LaunchedProcess {
  /** Null where there is no local process. */
  readonly pid: number | null;
  /** Resolves when it is gone, with the reason in words: `exit code 1`, `killed by SIGKILL`. Never rejects. */
  readonly ended: Promise<{ readonly clean: boolean; readonly reason: string }>;
  /** Asks it to stop, and kills it (its whole process group) if it is still there after the grace, in ms. */
  stop(graceMs: number): Promise<void>;
}

export interface Launcher {
  readonly name: string;
  launch(request: LaunchRequest): Promise<LaunchedProcess>;
}
