/** Finds the task and the member that a person means. */
import type { TaskView } from '../contract/queries.ts';
import type { Coordination } from '../contract/rpc.ts';
import type { MemberId, TaskId } from '../core/ids.ts';
import type { Named } from './find-named.ts';
import { findNamed, mostListed, refuseUnknown, theOne } from './find-named.ts';

const wholeId = /^task_[0-9a-z]{10}$/;

/**
 * A whole id is asked for directly, also when the task has left the state; what else it may be the host looks for.
 * @throws CoordError `NOT_FOUND`, `BAD_INPUT` when several tasks fit
 */
export async function findTask(coordination: Coordination, key: string): Promise<{ readonly id: TaskId }> {
  if (wholeId.test(key)) return { id: key as TaskId };
  const found = theOne('task', key, await tasksCalled(coordination, key));
  return found ?? refuseUnknown('task', key, await tasksCalled(coordination));
}

async function tasksCalled(coordination: Coordination, key?: string) {
  const filter = key === undefined ? {} : { called: key };
  const [views, total] = await Promise.all([
    coordination.query('tasks', { ...filter, limit: mostListed }),
    coordination.query('taskCount', filter),
  ]);
  return { rows: views.map(asNamed), total };
}

const asNamed = ({ task }: TaskView): Named & { readonly id: TaskId } => ({
  id: task.id,
  name: task.title,
  hint: task.state,
});

/** @throws CoordError `NOT_FOUND` */
export async function findMember(
  coordination: Coordination,
  key: string,
): Promise<{ readonly id: MemberId; readonly name: string }> {
  const views = await coordination.query('members', {});
  const named = views.map(({ member }) => ({ id: member.id, name: member.name, hint: member.kind }));
  return findNamed('member', key, named);
}
