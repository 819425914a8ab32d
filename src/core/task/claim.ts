/** Decides who gets a task: the best ready one for an agent, or the one that is named. */
import { actingMember } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { durationWords } from '../duration-words.ts';
import { CoordError } from '../error.ts';
import { refusalAt } from '../host/refusal-at.ts';
import type { WorkerId } from '../ids.ts';
import { openLeases } from '../org/availability.ts';
import type { Member } from '../org/org.ts';
import type { PausedWorker } from '../org/pause.ts';
import { isPausedWorker, restOf, workerRest } from '../org/pause.ts';
import { requireCompany } from '../org/require-company.ts';
import type { Refusal } from '../refusal.ts';
import { refusal, throwIfRefused } from '../refusal.ts';
import { requireTask, requireWorker } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import { addMs, ms, sinceMs } from '../units.ts';
import type { Worker } from '../worker/worker.ts';
import { findTask } from './find-task.ts';
import { refusalToTake } from './taking-rules.ts';
import type { Task } from './task.ts';
import type { TaskEvent } from './task-events.ts';
import type { Predecessor } from './turn.ts';
import { calledUntil, isCalling, isOffline, keptFor, predecessor } from './turn.ts';

/** The longest lease that may be asked for: a day. Whoever works longer renews it. */
const longestLease = 86_400_000;

/**
 * Claims the best ready task for an agent: highest priority, then oldest; of several hosts each takes those that it
 * created first, and then one of the others' at random. People name the task that they want.
 * @returns no event when nothing fits, or the worker is draining or paused, or nobody works now; that is not an error
 * @throws CoordError `PAUSED`, `AGENT_BUSY`, `BAD_INPUT`, `WRONG_STATE`, or why the named task is not for this member
 */
export function decideClaim(
  state: CompanyState,
  command: CommandOf<'task.claim'>,
  context: Context,
): TaskEvent[] {
  const member = actingMember(state, context);
  const workerId = workerOf(command, context);
  const worker = workerId === null ? null : requireOwnWorker(state, workerId, member);
  if (worker?.state === 'draining' && !context.hasHappened) return [];
  if (worker && isPausedWorker(worker)) return nothingFor(worker, member, command);
  if (!context.hasHappened) refuseBusy(state, member);
  const { now } = context;
  const task =
    command.taskId === null
      ? findTask(state, requireAgent(member), command.tags, now, context).task
      : requireClaimable(state, member, requireTask(state, command.taskId), context);
  if (!task) return [];
  const until = member.kind === 'human' ? null : leaseUntil(state, command.lease, now);
  const { host } = context;
  const where = (worker?.hostId ?? null) === host ? {} : { hostId: host };
  return [{ type: 'task.claimed', taskId: task.id, memberId: member.id, workerId, ...where, until }];
}

/** @throws CoordError `PAUSED` - a task was named */
function nothingFor(worker: PausedWorker, member: Member, { taskId }: CommandOf<'task.claim'>): [] {
  if (taskId === null) return [];
  const { code, because, remedy } = workerRest(worker, member);
  throw new CoordError(code, `The task can't be claimed: ${because}; ${remedy}`, { taskId });
}

/** Why a ready task is not for this member now; null: it is. A person who names a task need not wait for a less senior agent. */
export function refusalToClaim(
  state: CompanyState,
  member: Member,
  task: Task,
  now: EpochMs,
): Refusal | null {
  return refusalToMember(state, member, task) ?? refusalOfTurn(state, member, task, now);
}

/** Whoever's turn it is. */
function refusalToMember(state: CompanyState, member: Member, task: Task): Refusal | null {
  const rest = restOf(state, member);
  if (!rest) return refusalToTake(state, member, task);
  const message = `"${task.title}" can't be claimed: ${rest.because}; ${rest.remedy}`;
  return refusal(rest.code, message, { taskId: task.id });
}

function refusalOfTurn(state: CompanyState, member: Member, task: Task, now: EpochMs): Refusal | null {
  const kept = keptFor(state, task, now);
  if (kept) return kept.id === member.id ? null : isKept(state, task, kept, now);
  const first = member.kind === 'agent' ? predecessor(state, member, task, now) : null;
  if (!first || (first.presence === 'offline' && !isCalling(state, task, now))) return null;
  return isForAnother(state, task, member, first, now);
}

function isKept(state: CompanyState, task: Task, kept: Member, now: EpochMs): Refusal {
  const { id, name } = kept;
  const about = { taskId: task.id, keptFor: id };
  if (!isOffline(state, kept, now)) {
    const words = `"${task.title}" is kept for ${name}; assign it to nobody to free it`;
    return refusal('WRONG_STATE', words, about);
  }
  const { until, wait } = restOfCall(state, task, now);
  const words = `"${task.title}" is kept for ${name}, who is called: others may take it if ${name} is not there in ${wait}`;
  return refusal('WRONG_STATE', words, { ...about, until });
}

function isForAnother(
  state: CompanyState,
  task: Task,
  member: Member,
  { agent, presence }: Predecessor,
  now: EpochMs,
): Refusal {
  const about = { taskId: task.id, before: agent.id };
  const order = `"${task.title}" goes to the least senior agent who is available: ${agent.name} goes before ${member.name}`;
  switch (presence) {
    case 'available':
      return refusal('WRONG_STATE', order, about);
    case 'starting':
      return refusal('WRONG_STATE', `${order} and is starting`, about);
    case 'offline': {
      const { until, wait } = restOfCall(state, task, now);
      return refusal('WRONG_STATE', `${order} if online in ${wait}`, { ...about, until });
    }
  }
}

/** What is left of the call. */
function restOfCall(state: CompanyState, task: Task, now: EpochMs): { until: EpochMs; wait: string } {
  const until = calledUntil(state, task) ?? now;
  return { until, wait: durationWords(sinceMs(now, until)) };
}

function requireClaimable(state: CompanyState, member: Member, task: Task, context: Context): Task {
  if (task.state !== 'ready') {
    const holder = task.lease && state.members.get(task.lease.memberId);
    const why = holder ? `${holder.name} works on it` : `it is ${task.state}, not ready`;
    throw new CoordError('WRONG_STATE', `"${task.title}" can't be claimed: ${why}`, {
      taskId: task.id,
      state: task.state,
    });
  }
  // Whose turn it would be now is nothing to whoever has done it.
  throwIfRefused(
    context.hasHappened
      ? refusalToMember(state, member, task)
      : refusalToClaim(state, member, task, context.now),
  );
  throwIfRefused(refusalAt(state, context, task));
  return task;
}

/** A person may hold any number of tasks; an agent does what it was set up for. */
function refuseBusy(state: CompanyState, member: Member): void {
  if (member.kind === 'human' || openLeases(state, member) < member.maxConcurrent) return;
  const limit = member.maxConcurrent === 1 ? 'a task' : `${member.maxConcurrent} tasks`;
  throw new CoordError('AGENT_BUSY', `${member.name} already works on ${limit}; finish one before the next`, {
    memberId: member.id,
    maxConcurrent: member.maxConcurrent,
  });
}

function requireAgent(member: Member): Member {
  if (member.kind === 'agent') return member;
  throw new CoordError('BAD_INPUT', `${member.name} is a person and chooses: say which task to claim`, {
    memberId: member.id,
  });
}

/**
 * The worker whose session it is, whether the command names it or not; in a session of no worker, the one that is named.
 * @throws CoordError `FORBIDDEN` - it names another than that of its session
 */
function workerOf({ workerId }: CommandOf<'task.claim'>, { actor }: Context): WorkerId | null {
  const own = actor.kind === 'member' ? (actor.workerId ?? null) : null;
  if (own === null || workerId === null || workerId === own) return own ?? workerId;
  throw new CoordError(
    'FORBIDDEN',
    `A worker claims for itself: this is the session of ${own}, not of ${workerId}; leave workerId out`,
    { workerId, own },
  );
}

function requireOwnWorker(state: CompanyState, workerId: WorkerId, member: Member): Worker {
  const worker = requireWorker(state, workerId);
  if (worker.memberId !== member.id) {
    throw new CoordError('FORBIDDEN', `Worker ${workerId} does not act for ${member.name}`, { workerId });
  }
  if (worker.state === 'ready' || worker.state === 'draining') return worker;
  throw new CoordError(
    'WRONG_STATE',
    `Worker ${workerId} is ${worker.state}: only a ready one claims tasks`,
    {
      workerId,
      state: worker.state,
    },
  );
}

/** @throws CoordError `BAD_INPUT` - a lease of no time at all, or one by which a task would be stuck for days */
function leaseUntil(state: CompanyState, lease: CommandOf<'task.claim'>['lease'], now: EpochMs): EpochMs {
  if (lease === 0) throw new CoordError('BAD_INPUT', 'A lease of no time was refused: give it some seconds');
  const usual = requireCompany(state).policy.lease;
  const longest = Math.max(longestLease, usual);
  if (lease === null || lease <= longest) return addMs(now, lease ?? usual);
  throw new CoordError(
    'BAD_INPUT',
    `A lease of ${durationWords(lease)} was refused: it may be ${durationWords(ms(longest))} at most. Ask for less, and renew it while you work`,
    { lease, longest },
  );
}
