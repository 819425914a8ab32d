/** Claims a task for a session, waits for one that fits, and reads what it is about. */
import { CoordError } from '../core/error.ts';
import type { TaskId } from '../core/ids.ts';
import { ms } from '../core/units.ts';
import { Deadline, pause, unlessAborted } from './abort.ts';
import type { Claimed } from './claim.ts';
import { claim } from './claim.ts';
import { HeldTask } from './held-task.ts';
import { Lease } from './lease.ts';
import type { Line } from './line.ts';
import { isLineLost } from './line.ts';
import type { SessionHoldings } from './session-holdings.ts';

export interface ClaimOptions {
  /** Only tasks with all of these. */
  readonly tags?: readonly string[];
  /** This one. A person names the task that they want. */
  readonly taskId?: string;
  /** How long to wait for one, in ms; 0, the default, looks once; `Infinity` waits for ever. */
  readonly wait?: number;
  /** Ends the waiting; a task that came just then is given back. */
  readonly signal?: AbortSignal;
}

interface Wish {
  readonly tags: readonly string[];
  readonly taskId: TaskId | null;
  /** Nobody waits for it any more. */
  readonly end: AbortSignal;
}

/** @returns null when nothing fits in time @throws what the signal aborts with, or the refusal of the task that is named */
export async function claimTask(
  line: Line,
  holdings: SessionHoldings,
  { tags = [], taskId, wait = 0, signal }: ClaimOptions,
): Promise<HeldTask | null> {
  const deadline = new Deadline(wait);
  const end = signal ? AbortSignal.any([line.closing, signal]) : line.closing;
  const wish: Wish = { tags, taskId: (taskId ?? null) as TaskId | null, end };
  for (let missed = 0; ; missed += 1) {
    end.throwIfAborted();
    try {
      const held = await claimNow(line, holdings, wish);
      if (held) return held;
    } catch (error) {
      // A line that went took an agent's claim with it, so claiming again is safe.
      const isBusy = error instanceof CoordError && error.code === 'AGENT_BUSY';
      const mayPass = isLineLost(error) || (isBusy && taskId === undefined);
      if (!mayPass || deadline.isOver || end.aborted) throw error;
    }
    if (deadline.isOver) return null;
    // Somebody else was faster than this answer: not at once again.
    if (missed > 0) await pause(Math.min(10 * 2 ** missed, 1_000), end);
    await line.query('work', { tags: [...tags], wait: ms(deadline.share) }, end);
  }
}

async function claimNow(line: Line, holdings: SessionHoldings, wish: Wish): Promise<HeldTask | null> {
  const taking = holdings.take(() => askForLease(line, holdings, wish));
  try {
    const lease = await unlessAborted(taking, wish.end);
    if (!lease) return null;
    return new HeldTask(line, lease, await line.query('taskBrief', { taskId: lease.id }, wish.end));
  } catch (error) {
    // Nobody will hear of the lease, whenever it comes.
    taking.then((lease) => lease?.[Symbol.asyncDispose]()).catch(() => undefined);
    throw error;
  }
}

async function askForLease(
  line: Line,
  holdings: SessionHoldings,
  { tags, taskId, end }: Wish,
): Promise<Lease | null> {
  const { connection, workerId, member } = await line.bound(end);
  const isPerson = member.kind === 'human';
  const claimed = await claim(connection, { workerId, tags, taskId }).catch(async (error: unknown) => {
    // A person's lease outlives the line: whether they have it by now, only the host knows.
    const mayBeHeld = isLineLost(error) && isPerson && taskId !== null && !holdings.has(taskId);
    const found = mayBeHeld ? await ownLease(line, taskId) : null;
    if (!found) throw error;
    return found;
  });
  return claimed && new Lease(line, holdings, claimed, isPerson);
}

async function ownLease(line: Line, taskId: TaskId): Promise<Claimed | null> {
  const { task } = await line.query('task', { taskId });
  const { lease } = task;
  return lease?.memberId === line.last.member.id ? { taskId, token: lease.token } : null;
}
