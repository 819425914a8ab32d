/** Finds the task and the member that a person means. */
import type { Coordination } from '../contract/rpc.ts';
import type { MemberId, TaskId } from '../core/ids.ts';
import { findNamed } from './find-named.ts';

/** As many as one query gives. */
const mostTasks = 1_000;

const wholeId = /^task_[0-9a-z]{10}$/;

/**
 * A whole id is not looked for among the first thousand: the task itself is asked for.
 * @throws CoordError `NOT_FOUND`, `BAD_INPUT` when several tasks fit
 */
export async function findTask(coordination: Coordination, key: string): Promise<{ readonly id: TaskId }> {
  if (wholeId.test(key)) return { id: key as TaskId };
  const views = await coordination.query('tasks', { limit: mostTasks });
  return findNamed(
    'task',
    key,
    views.map(({ task }) => ({ id: task.id, name: task.title, hint: task.state })),
  );
}

/** @throws CoordError `NOT_FOUND` */
export async function findMember(
  coordination: Coordination,
  key: string,
): Promise<{ readonly id: MemberId; readonly name: string }> {
  const views = await coordination.query('members', {});
  const named = views.map(({ member }) => ({ id: member.id, name: member.name, hint: member.kind }));
  return findNamed('member', key, named);
}
