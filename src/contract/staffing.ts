/** What a host has to start workers with and how many it may have, for its owner: limits, launchers, runners, coding agents. */
import { z } from 'zod';

/** What is left out stays as it is. The limits hold at once, and after the next start. */
export const setLimitsSchema = z.strictObject({
  /** Worker processes at once, of all companies together. */
  workers: z.number().int().min(1).max(1_000).optional(),
  /** Calls to models at once, of all workers together. */
  llmCalls: z.number().int().min(1).max(10_000).optional(),
});

export interface LauncherView {
  readonly name: string;
  /** It starts what names no other. */
  readonly isUsual: boolean;
  /** Why it can start none now, and what to do; null: nothing is known to be in its way. */
  readonly because: string | null;
  /** Its workers at once, at most; null: as many as the host may have. */
  readonly atMost: number | null;
}

export interface RunnerView {
  readonly name: string;
  /** It does the tasks of agents that name no other. */
  readonly isUsual: boolean;
}

/** Workers and calls of all companies of the host. */
export interface Staffing {
  /** `atMost` 0: this host starts none. */
  readonly workers: { readonly atMost: number; readonly live: number };
  readonly llmCalls: { readonly atMost: number; readonly underWay: number; readonly waiting: number };
  readonly launchers: readonly LauncherView[];
  readonly runners: readonly RunnerView[];
}

/** A coding agent that the runner `cli-agent` can drive, as it is found on the machine of the host. */
export interface CodingAgent {
  readonly name: string;
  readonly title: string;
  /** Null: it is not installed. */
  readonly program: string | null;
  /** Null: it is not installed, or does not say. */
  readonly version: string | null;
  /** Null: nobody can tell from outside. */
  readonly loggedIn: boolean | null;
  /** The program by which it speaks the Agent Client Protocol is there. */
  readonly acp: boolean;
  /** Where that comes from, when it is a package of its own. */
  readonly adapter: string | null;
  /** How it is driven when a member does not say: only by the protocol it asks for permissions. Null: it is not there. */
  readonly drives: 'acp' | 'headless' | null;
}

export interface StaffingDesk {
  staffing(): Promise<Staffing>;
  /** @throws CoordError `WRONG_STATE` - this host starts no workers; `DATA_DIR_UNUSABLE` - they can't be kept */
  setLimits(limits: z.output<typeof setLimitsSchema>): Promise<Staffing>;
  /** Asks each program for its version: takes as long as the slowest. */
  codingAgents(): Promise<readonly CodingAgent[]>;
}
