/** Takes a file lock for a session, over any loss of the line while it waits. */
import type { TaskId } from '../core/ids.ts';
import { ms } from '../core/units.ts';
import { acquireLock } from './acquire-lock.ts';
import type { HeldLock } from './held-lock.ts';
import type { Line } from './line.ts';
import { isLineLost } from './line.ts';
import type { SessionHoldings } from './session-holdings.ts';

export interface LockOptions {
  /** What it is for: whoever waits reads it. */
  readonly intent: string;
  /** How long it holds without a sign of life, in ms; the company's by default. It is renewed at half of it. */
  readonly ttl?: number;
  /** How long to wait for it, in ms; 0, the default, refuses at once; `Infinity` waits until it is free. */
  readonly wait?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  /** A task that this session works on: the lock ends with it at the latest. */
  readonly taskId?: string;
}

/** @throws CoordError `LOCK_HELD` - naming who has it, for what and until when; or what the signal aborts with */
export async function lockFile(
  line: Line,
  holdings: SessionHoldings,
  scope: string,
  { intent, ttl, wait = 0, signal, taskId }: LockOptions,
): Promise<HeldLock> {
  const deadline = performance.now() + wait;
  const end = signal ? AbortSignal.any([line.closing, signal]) : line.closing;
  const host: Parameters<typeof acquireLock>[0] = {
    command: (command) => line.command(command),
    query: (name, params) => line.query(name, params, end),
    writeFile: async (call) => (await line.bound()).connection.writeFile(call),
    mergeFiles: async (call) => (await line.bound()).connection.mergeFiles(call),
  };
  for (;;) {
    try {
      return await acquireLock(host, holdings, {
        scope,
        intent,
        ttl: ttl === undefined ? null : ms(ttl),
        taskId: (taskId ?? null) as TaskId | null,
        wait: Math.max(0, deadline - performance.now()),
        signal: end,
      });
    } catch (error) {
      // A line that went took with it what was acquired on it, so asking again is safe.
      const mayAskAgain = isLineLost(error) && performance.now() < deadline && !end.aborted;
      if (!mayAskAgain) throw error;
    }
  }
}
