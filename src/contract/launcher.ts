/** What starts and stops the process of a worker, wherever that process is. */
import type { WorkerId } from '../core/ids.ts';
import type { DurationMs } from '../core/units.ts';

export interface LaunchRequest {
  readonly workerId: WorkerId;
  /**
   * Everything the process may know: its environment is this and nothing else (beside what a process needs to run).
   * It says how the host is reached: by `AGENTCOORD_SOCKET`, or by `AGENTCOORD_HOST_URL` from another machine.
   */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Proves that it is this worker. Handed over where its children and its neighbours can't read it; on another machine, where
   * there is no such way, it is good for one connection.
   */
  readonly token: string;
  /**
   * What it needs beside, keys of models perhaps: one line, handed over behind the token by the same way. Empty for a worker on
   * another machine, which asks for it over its line.
   */
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
  /** Each of them; left out: the machine does not tell them apart. */
  readonly tree?: readonly MeasuredProcess[];
}

export interface MeasuredProcess {
  readonly pid: number;
  /** May be none of the tree. */
  readonly parent: number;
  /** Of its program, without arguments: these may hold secrets. */
  readonly name: string;
  readonly cpuMs: number;
  readonly memory: number;
}

export interface ProcessEnd {
  /** It ended by itself, with exit code 0. */
  readonly clean: boolean;
  readonly reason: string;
}

/**
 * What its workers share with the host: its disk (and its socket), its socket alone, or nothing, so that they come over the
 * network.
 */
export type LauncherReach = 'disk' | 'socket' | 'network';

export interface Launcher {
  readonly name: string;
  /** How many workers may start at once, until each has reported: what it starts on has so many processors. Left out: any number. */
  readonly startsAtOnce?: number;
  /** Left out: the disk. */
  readonly reach?: LauncherReach;
  /** How long a worker may take until it reports; left out: as the supervisor has it. */
  readonly readyWithin?: DurationMs;
  /** Its workers at once, at most, of all companies together; left out: as many as the host may have. */
  readonly atMost?: number;
  /**
   * Removes what an earlier run of this host left, whether or not any company knows of it. Called once, before anything is
   * launched.
   * @throws CoordError `LAUNCH_FAILED` - where they are nobody answers, or refuses: what is left may still cost
   */
  removeOrphans?(): Promise<void>;
  /**
   * Why it could start none now, as far as can be told without starting one: a clause with what to do; null: nothing is in its
   * way. Left out: nothing ever is. Never rejects.
   */
  trouble?(): Promise<string | null>;
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
