/** Small real events for the tests of the logs. */
import type { EventGroup } from '../../src/contract/event-log.ts';
import type { PendingEvent } from '../../src/core/event.ts';
import type { MemberId, Seq, TaskId, WorkerId } from '../../src/core/ids.ts';
import { reads, touches } from '../../src/core/touches.ts';
import type { EpochMs } from '../../src/core/units.ts';

export const seq = (n: number): Seq => n as Seq;

export function readied(task: string, at = 1_000): PendingEvent {
  return {
    at: at as EpochMs,
    actor: null,
    event: { type: 'task.readied', taskId: `task_${task}` as TaskId },
  };
}

export function released(task: string, reason: string): PendingEvent {
  return {
    at: 2_000 as EpochMs,
    actor: 'member_ada' as MemberId,
    event: { type: 'task.released', taskId: `task_${task}` as TaskId, reason },
  };
}

/** Reads the org model and the worker, and changes the task and what its member does. */
export function claimed(task: string, member: string, worker: string): PendingEvent {
  return {
    at: 3_000 as EpochMs,
    actor: `member_${member}` as MemberId,
    event: {
      type: 'task.claimed',
      taskId: `task_${task}` as TaskId,
      memberId: `member_${member}` as MemberId,
      workerId: `worker_${worker}` as WorkerId,
      until: null,
    },
  };
}

/** Touches nothing, so that nothing but its call says whether it was appended already. */
export function logged(context: string): PendingEvent {
  return {
    at: 5_000 as EpochMs,
    actor: 'member_ada' as MemberId,
    event: { type: 'decision.logged', kind: 'note', context, reason: 'said' },
  };
}

export function paused(): PendingEvent {
  return {
    at: 4_000 as EpochMs,
    actor: 'member_ada' as MemberId,
    event: { type: 'company.paused', reason: 'a release' },
  };
}

/** The group that a command would give which decided these events when it had folded up to `decidedAt`. */
export function group(decidedAt: number, ...events: PendingEvent[]): EventGroup {
  return {
    events,
    touches: [...new Set(events.flatMap(({ event }) => touches(event)))],
    reads: [...new Set(events.flatMap(({ event }) => reads(event)))],
    decidedAt: seq(decidedAt),
  };
}
