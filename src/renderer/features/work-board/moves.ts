/** What it means to put a card into another column or lane: a command, a question first, or a refusal with its reason. Pure. */
import { authorize } from '../../../core/authorize.ts';
import type { CommandInput } from '../../../core/command.ts';
import { commandSchema } from '../../../core/command.ts';
import { hostAlone } from '../../../core/context.ts';
import { decide } from '../../../core/decide.ts';
import { CoordError } from '../../../core/error.ts';
import type { GateId, MemberId } from '../../../core/ids.ts';
import { memberIdSchema } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { Task } from '../../../core/task/task.ts';
import { waitingBecause } from '../../../core/task/waiting-because.ts';
import type { EpochMs } from '../../../core/units.ts';
import type { Priority } from '../../../core/workflow/workflow.ts';
import { priorities } from '../../../core/workflow/workflow.ts';
import type { StateColumn } from './board-grid.ts';
import { groupKey, noGroup } from './board-grid.ts';
import type { Grouping } from './board-view.ts';
import { strings } from './strings.ts';

/** Where a card is put: a group of what divides the board, or its lanes. */
export interface Target {
  readonly by: Grouping;
  readonly key: string;
}

export type Move =
  /** It stands there already. */
  | { readonly kind: 'stay' }
  | { readonly kind: 'give'; readonly command: CommandInput; readonly label: string; readonly done: string }
  /** It hurts somebody's work, so it wants a reason. */
  | {
      readonly kind: 'ask';
      readonly label: string;
      readonly what: string;
      readonly commandFor: (reason: string) => CommandInput;
    }
  /** What was made is handed in with it. */
  | { readonly kind: 'hand-in'; readonly label: string }
  | { readonly kind: 'refused'; readonly because: string; readonly gateId?: GateId };

/** Who moves it, and when. */
export interface Mover {
  readonly self: MemberId | null;
  readonly now: EpochMs;
}

const reasonToCome = 'a reason';

export function moveTo(state: CompanyState, task: Task, target: Target, mover: Mover): Move {
  const isThere = groupKey(state, target.by, task) === target.key;
  switch (target.by) {
    case 'state':
      // A failed card stands among the ready ones: to put it there is to try again.
      if (isThere && task.state !== 'failed') return { kind: 'stay' };
      return toState(state, task, target.key as StateColumn, mover);
    case 'priority': {
      const priority = priorities.find((one) => one === target.key);
      if (isThere || priority === undefined) return { kind: 'stay' };
      return toPriority(state, task, priority, mover);
    }
    case 'member':
      return isThere ? { kind: 'stay' } : toMember(state, task, target.key, mover);
    case 'department':
    case 'role':
    case 'epic':
      return isThere ? { kind: 'stay' } : { kind: 'refused', because: strings.fixed[target.by](task.roleId) };
  }
}

function toState(state: CompanyState, task: Task, column: StateColumn, mover: Mover): Move {
  const own = task.lease !== null && task.lease.memberId === mover.self;
  const holder = task.lease ? (state.members.get(task.lease.memberId)?.name ?? task.lease.memberId) : null;
  const because = waitingBecause(state, task, mover.now);
  const { id: taskId, title } = task;
  switch (column) {
    case 'blocked':
      return { kind: 'refused', because: strings.refusedBlocked };
    case 'ready':
      if (task.state === 'failed') {
        const command = { type: 'task.retry', taskId } as const;
        return give(state, mover, command, strings.retry, strings.retried(title));
      }
      if (task.lease && own) {
        const { token } = task.lease;
        return ask(state, mover, strings.giveBack, strings.giveBackWhat(title), (reason) => ({
          type: 'task.release',
          taskId,
          token,
          reason,
        }));
      }
      if (holder !== null) {
        return ask(state, mover, strings.takeBack, strings.takeBackWhat(title, holder), (reason) => ({
          type: 'task.force_release',
          taskId,
          reason,
        }));
      }
      return notYet(state, task, because);
    case 'leased':
      if (task.state !== 'ready') return notYet(state, task, because);
      return give(state, mover, { type: 'task.claim', taskId }, strings.take, strings.taken(title));
    case 'awaiting_gate':
    case 'ended':
      if (own) return { kind: 'hand-in', label: strings.handIn };
      if (holder !== null) return { kind: 'refused', because: strings.refusedOthers(holder) };
      if (task.state === 'ready') return { kind: 'refused', because: strings.refusedUntaken };
      return notYet(state, task, because);
  }
}

/** Why a card that nobody holds goes nowhere by hand. */
function notYet(state: CompanyState, task: Task, because: string | null): Move {
  if (task.state === 'done') return { kind: 'refused', because: strings.refusedDone };
  if (task.state === 'cancelled') return { kind: 'refused', because: strings.refusedCancelled };
  const gateId = task.gatesAfter.find((id) => state.gates.get(id)?.state === 'waiting');
  return {
    kind: 'refused',
    because: because === null ? strings.hereNow : strings.notYet(because),
    ...(task.state === 'awaiting_gate' && gateId !== undefined && { gateId }),
  };
}

function toPriority(
  state: CompanyState,
  { id: taskId, title }: Task,
  priority: Priority,
  mover: Mover,
): Move {
  const command = { type: 'task.prioritize', taskId, priority } as const;
  const name = strings.priorityNames[priority];
  return give(state, mover, command, strings.raise(name), strings.raised(title, name));
}

function toMember(state: CompanyState, task: Task, key: string, mover: Mover): Move {
  const memberId = key === noGroup ? null : memberIdSchema.parse(key);
  const name = memberId === null ? strings.anybody : (state.members.get(memberId)?.name ?? key);
  const { id: taskId, title } = task;
  if (task.lease) {
    const holder = state.members.get(task.lease.memberId)?.name ?? task.lease.memberId;
    const what = strings.reassignWhat(title, holder, name);
    return ask(state, mover, strings.assignTo(name), what, (reason) => ({
      type: 'task.reassign',
      taskId,
      memberId,
      reason,
    }));
  }
  const command = { type: 'task.assign', taskId, memberId } as const;
  return give(state, mover, command, strings.assignTo(name), strings.assigned(title, name));
}

function give(state: CompanyState, mover: Mover, command: CommandInput, label: string, done: string): Move {
  const because = refusalOf(state, command, mover);
  return because === null ? { kind: 'give', command, label, done } : { kind: 'refused', because };
}

function ask(
  state: CompanyState,
  mover: Mover,
  label: string,
  what: string,
  commandFor: (reason: string) => CommandInput,
): Move {
  const because = refusalOf(state, commandFor(reasonToCome), mover);
  return because === null ? { kind: 'ask', label, what, commandFor } : { kind: 'refused', because };
}

/**
 * What the host would answer, by the host's own rules on what this page knows; null: it would do it. For commands about
 * tasks that are there: nothing is made by them, so nothing needs an id or a hash.
 */
export function refusalOf(state: CompanyState, input: CommandInput, { self, now }: Mover): string | null {
  if (self === null) return strings.refusedNobody;
  const command = commandSchema.parse(input);
  const actor = { kind: 'member', memberId: self } as const;
  try {
    authorize(state, command, actor);
    // No card asks for that, and its edits are decided one by one.
    if (command.type === 'org.change') return null;
    decide(state, command, { ...hostAlone, now, actor, newId: makesNothing, sha256: makesNothing });
    return null;
  } catch (error) {
    if (error instanceof CoordError) return error.message;
    throw error;
  }
}

function makesNothing(): never {
  throw new Error('a move of a card makes nothing that needs an id or a hash');
}
