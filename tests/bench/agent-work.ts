/** What the callers and workers of our own contenders do, in process as well as over a socket. */
import type { Coordination } from '../../src/contract/rpc.ts';
import type { TaskId, WorkerId } from '../../src/core/ids.ts';
import { claimedTask, createdTask } from './bench-company.ts';
import { monotonicMs } from './clock.ts';

type Commanding = Pick<Coordination, 'command'>;

/** How long each task's own calls took so far, in ms. */
export type CallTimes = Map<TaskId, number>;

export async function addTask(owner: Commanding, times: CallTimes): Promise<void> {
  const start = monotonicMs();
  const receipt = await owner.command({ type: 'task.create', title: 'Build it', roleId: 'engineer' });
  times.set(createdTask(receipt), monotonicMs() - start);
}

/**
 * Claims and completes until there is nothing left. A completion and the next claim go out together, as the workers of the
 * product send them (`src/worker/work-loop.ts`).
 */
export async function workOff(session: Commanding, workerId: WorkerId, times: CallTimes): Promise<void> {
  let start = monotonicMs();
  let claimed = claimedTask(await session.command({ type: 'task.claim', workerId }));
  while (claimed) {
    const next = monotonicMs();
    const [, receipt] = await Promise.all([
      session.command({ type: 'task.complete', ...claimed, artifacts: [] }),
      session.command({ type: 'task.claim', workerId }),
    ]);
    times.set(claimed.taskId, (times.get(claimed.taskId) ?? 0) + monotonicMs() - start);
    claimed = claimedTask(receipt);
    start = next;
  }
}
