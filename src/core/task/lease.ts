/** The lease that a holder's command is about: only the current one counts. */
import { actingMember } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { Member } from '../org/org.ts';
import { requireCompany } from '../org/require-company.ts';
import { requireTask } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import { addMs } from '../units.ts';
import type { Lease, Task } from './task.ts';
import type { TaskEvent } from './task-events.ts';

type HoldersCommand = CommandOf<
  'task.renew' | 'task.complete' | 'task.answer' | 'task.fail' | 'task.release'
>;

export interface Held {
  readonly task: Task;
  readonly lease: Lease;
  readonly member: Member;
}

/** @throws CoordError `LEASE_LOST` - the actor doesn't hold it with this token, or not any more */
export function requireLease(
  state: CompanyState,
  { taskId, token }: Pick<HoldersCommand, 'taskId' | 'token'>,
  context: Context,
): Held {
  const member = actingMember(state, context);
  const task = requireTask(state, taskId);
  const { lease } = task;
  if (lease && lease.memberId === member.id && lease.token === token) return { task, lease, member };
  const why = lease ? 'somebody else holds it by now' : `it is ${task.state}`;
  throw new CoordError(
    'LEASE_LOST',
    `${member.name} does not hold "${task.title}" with token ${token}: ${why}; stop working on it`,
    { taskId, token, state: task.state },
  );
}

/** A person's lease doesn't run out, so there is nothing to renew. */
export function decideRenew(
  state: CompanyState,
  command: CommandOf<'task.renew'>,
  context: Context,
): TaskEvent[] {
  const { task, lease } = requireLease(state, command, context);
  if (lease.until === null) return [];
  const until = addMs(context.now, requireCompany(state).policy.lease);
  if (until <= lease.until) return [];
  return [{ type: 'task.lease_renewed', taskId: task.id, token: lease.token, until }];
}
