/** Decides how a lead divides a task among their people, waits for the parts, and sends one back. */
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { CompanyEvent } from '../event.ts';
import type { TaskId } from '../ids.ts';
import type { Member } from '../org/org.ts';
import { reportsOf } from '../org/reports.ts';
import { requireCompany } from '../org/require-company.ts';
import { requireTask } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import { mayTake } from '../workflow/step-takers.ts';
import { requireRole } from './create.ts';
import { requireLease } from './lease.ts';
import { newSingle } from './new-single.ts';
import type { Task } from './task.ts';
import type { NewTask, TaskEvent } from './task-events.ts';
import { isOver } from './task-state.ts';

/** Of one task, and of each of its parts in turn. */
const mostParts = 50;
const deepest = 3;

type PartWish = CommandOf<'task.divide'>['parts'][number];

/**
 * The lead goes on working: it waits for the parts when it says so.
 * @throws CoordError `LEASE_LOST`; `NOT_ENTITLED` - a part is for nobody whom the member leads; `NOT_FOUND` - a role;
 *   `BAD_INPUT` - a part that builds on one which comes after it; `WRONG_STATE` - too many, or too deep
 */
export function decideDivide(
  state: CompanyState,
  { parts: wishes, ...held }: CommandOf<'task.divide'>,
  context: Context,
): TaskEvent[] {
  const { task, member } = requireLease(state, held, context);
  refuseEndless(state, task, wishes.length);
  const reports = reportsOf(state, member);
  const { maxAttempts } = requireCompany(state).policy;
  const parts: NewTask[] = [];
  for (const [at, wish] of wishes.entries()) {
    requireRole(state, wish.roleId);
    requireTakers(state, member, reports, wish);
    const dependsOn = wish.after.map((number) => earlier(parts, number, at));
    const { title, description, roleId, assigneeId } = wish;
    const said = { title, description, roleId, assigneeId, dependsOn, priority: task.priority };
    parts.push(newSingle(context.newId('task'), maxAttempts, said));
  }
  return [
    ...parts.map(
      (part): TaskEvent => ({
        type: 'task.created',
        task: part,
        isReady: part.dependsOn.length === 0,
        home: context.host,
      }),
    ),
    { type: 'task.divided', taskId: task.id, parts: parts.map(({ id }) => id) },
  ];
}

/** @throws CoordError `LEASE_LOST`; `WRONG_STATE` - there is nothing to wait for */
export function decideAwaitParts(
  state: CompanyState,
  held: CommandOf<'task.await_parts'>,
  context: Context,
): TaskEvent[] {
  const { task } = requireLease(state, held, context);
  if (openParts(state, task).length > 0) return [{ type: 'task.parts_awaited', taskId: task.id }];
  throw new CoordError('WRONG_STATE', `"${task.title}" has no part that is still to be done: go on with it`, {
    taskId: task.id,
  });
}

/** @throws CoordError `LEASE_LOST`; `WRONG_STATE` - it is no part of the task, or not done */
export function decideReturnPart(
  state: CompanyState,
  { partId, note, ...held }: CommandOf<'task.return_part'>,
  context: Context,
): TaskEvent[] {
  const { task, member } = requireLease(state, held, context);
  const part = requireTask(state, partId);
  if (part.partOf === task.id && part.state === 'done' && part.submission) {
    const { hash } = part.submission;
    return [{ type: 'task.returned', taskId: part.id, note: { by: member.id, note, artifactHash: hash } }];
  }
  const why = part.partOf === task.id ? `it is ${part.state}, not done` : `it is no part of "${task.title}"`;
  throw new CoordError('WRONG_STATE', `"${part.title}" was not sent back: ${why}`, { taskId: part.id });
}

/** The last part is over: the lead goes on. */
export function goOnWithWhole(state: CompanyState, part: Task): CompanyEvent[] {
  const whole = part.partOf === null ? undefined : state.tasks.get(part.partOf);
  if (!whole?.awaitsParts || openParts(state, whole).length > 0) return [];
  return [{ type: 'task.readied', taskId: whole.id }];
}

/** What was to be a part of it, or to answer a question about it, is of no use any more. */
export function cancelAround(state: CompanyState, whole: Task): CompanyEvent[] {
  const answering = whole.questions.flatMap(({ taskId, answer }) => (answer === null ? (taskId ?? []) : []));
  return [...whole.parts, ...answering]
    .flatMap((id) => state.tasks.get(id) ?? [])
    .filter((task) => !isOver(task))
    .map(({ id }) => ({ type: 'task.cancelled', taskId: id, reason: `"${whole.title}" was cancelled` }));
}

/** @throws CoordError `WRONG_STATE` - the whole can't be handed in before its parts */
export function refuseBeforeParts(state: CompanyState, task: Task): void {
  const open = openParts(state, task);
  if (open.length === 0) return;
  const names = open.map(({ title }) => `"${title}"`).join(', ');
  throw new CoordError(
    'WRONG_STATE',
    `"${task.title}" was not completed: its parts ${names} are not done. Wait for them, or cancel them`,
    { taskId: task.id },
  );
}

export function openParts(state: CompanyState, { parts }: Pick<Task, 'parts'>): Task[] {
  return parts.flatMap((id) => state.tasks.get(id) ?? []).filter((part) => !isOver(part));
}

function refuseEndless(state: CompanyState, task: Task, more: number): void {
  let depth = 0;
  for (let above = task.partOf; above !== null; above = state.tasks.get(above)?.partOf ?? null) depth += 1;
  const why =
    depth >= deepest
      ? `it is a part of a part already, ${depth} times over`
      : task.parts.length + more > mostParts
        ? `a task has ${mostParts} parts at most`
        : null;
  if (why === null) return;
  throw new CoordError('WRONG_STATE', `"${task.title}" was not divided: ${why}`, { taskId: task.id });
}

function requireTakers(
  state: CompanyState,
  lead: Member,
  reports: readonly Member[],
  { title, roleId, assigneeId }: PartWish,
): void {
  const need = { roleId, requiresCapabilities: [] };
  const takers = reports.filter(
    (member) => mayTake(state, member, need) && (assigneeId === null || member.id === assigneeId),
  );
  if (takers.length > 0) return;
  const names = reports.map(({ name, roleIds }) => `${name} (${roleIds.join(', ')})`).join(', ');
  throw new CoordError(
    'NOT_ENTITLED',
    `"${title}" was not made a part: ${
      reports.length === 0
        ? `${lead.name} leads nobody; do it yourself, or ask somebody who does`
        : `none of those whom ${lead.name} leads may take it. They are ${names}`
    }`,
    { lead: lead.id },
  );
}

/** Parts count from 1. */
function earlier(parts: readonly NewTask[], number: number, at: number): TaskId {
  const part = parts[number - 1];
  if (part && number <= at) return part.id;
  throw new CoordError(
    'BAD_INPUT',
    `Part ${at + 1} can’t come after part ${number}: it may build on the parts before it in the list`,
  );
}
