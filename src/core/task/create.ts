/** Decides to create a stand-alone task. */
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import { isFed } from '../gate/ask.ts';
import { suggestion } from '../nearest-name.ts';
import { requireMember } from '../org/membership.ts';
import { requireCompany } from '../org/require-company.ts';
import { requireTask } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import { mayTake } from '../workflow/step-takers.ts';
import type { NewTask, TaskEvent } from './task-events.ts';

/**
 * @throws CoordError `NOT_FOUND` - a role, task or member that it names; `WRONG_STATE` - it would wait for ever;
 *   `NOT_ENTITLED` - the assignee can't take it
 */
export function decideCreateTask(
  state: CompanyState,
  command: CommandOf<'task.create'>,
  { newId, host }: Context,
): TaskEvent[] {
  const { title, description, roleId, requiresCapabilities, tags, priority, assigneeId } = command;
  const dependsOn = [...new Set(command.dependsOn)];
  requireRole(state, roleId);
  for (const id of dependsOn) refuseEndless(state, id);
  if (assigneeId !== null) requireTaker(state, command, assigneeId);
  const task: NewTask = {
    id: newId('task'),
    kind: 'single',
    title,
    description,
    epicId: null,
    storyId: null,
    stepId: null,
    roleId,
    requiresCapabilities,
    tags,
    priority,
    complexity: 1,
    dependsOn,
    checks: [],
    gatesBefore: [],
    gatesAfter: [],
    review: null,
    assigneeId,
    reserved: assigneeId !== null,
    maxAttempts: requireCompany(state).policy.maxAttempts,
  };
  return [{ type: 'task.created', task, isReady: isFed(state, task), home: host }];
}

/** @throws CoordError `NOT_FOUND` - with the nearest one */
export function requireRole(state: CompanyState, roleId: CommandOf<'task.create'>['roleId']): void {
  if (roleId === null || state.roles.get(roleId)) return;
  const names = [...state.roles.values()].map(({ id }) => id).sort();
  throw new CoordError(
    'NOT_FOUND',
    `There is no role \`${roleId}\` for the task: ${suggestion(roleId, names)}`,
    {
      roleId,
    },
  );
}

function refuseEndless(state: CompanyState, id: CommandOf<'task.create'>['dependsOn'][number]): void {
  const dependency = requireTask(state, id);
  if (dependency.state !== 'cancelled') return;
  throw new CoordError('WRONG_STATE', `The task would wait for ever: "${dependency.title}" was cancelled`, {
    taskId: id,
  });
}

function requireTaker(
  state: CompanyState,
  need: Pick<CommandOf<'task.create'>, 'title' | 'roleId' | 'requiresCapabilities'>,
  assigneeId: NonNullable<CommandOf<'task.create'>['assigneeId']>,
): void {
  const member = requireMember(state, assigneeId);
  if (mayTake(state, member, need)) return;
  throw new CoordError(
    'NOT_ENTITLED',
    `"${need.title}" can't be kept for ${member.name}, who lacks the role or a capability that it needs`,
    { memberId: member.id },
  );
}
