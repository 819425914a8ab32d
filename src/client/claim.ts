/** Claims a task: the best that is ready, or the one that is named. */
import type { Coordination } from '../contract/rpc.ts';
import type { Seq, TaskId, WorkerId } from '../core/ids.ts';

export interface ClaimWish {
  /** Null: the agent has no worker, or a person claims. */
  readonly workerId: WorkerId | null;
  readonly tags?: readonly string[];
  readonly taskId?: TaskId | null;
}

export interface Claimed {
  readonly taskId: TaskId;
  /** Of the lease. */
  readonly token: Seq;
}

/** @returns null when nothing fits @throws CoordError `AGENT_BUSY`, `PAUSED`, or why the named task is not for this member */
export async function claim(
  host: Pick<Coordination, 'command'>,
  { workerId, tags = [], taskId = null }: ClaimWish,
): Promise<Claimed | null> {
  const { events } = await host.command({ type: 'task.claim', workerId, tags: [...tags], taskId });
  for (const { event, seq } of events) {
    if (event.type === 'task.claimed') return { taskId: event.taskId, token: seq };
  }
  return null;
}
