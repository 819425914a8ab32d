/** Creates any number of tasks in order, with only some of them under way at once. */
import type { z } from 'zod';
import { CoordError } from '../core/error.ts';
import type { TaskId } from '../core/ids.ts';
import type { createTaskSchema } from '../core/task/task-commands.ts';
import { eventIn } from './event-in.ts';
import type { Line } from './line.ts';

export type NewTask = Omit<z.input<typeof createTaskSchema>, 'type'>;

/** A host refuses a connection with too many calls under way; with so many its commits are full. */
const atOnce = 200;

/** @throws CoordError the first refusal, with the ids `created` in its details; what was not under way then was not asked for */
export async function createTasks(line: Pick<Line, 'command'>, tasks: readonly NewTask[]): Promise<TaskId[]> {
  const ids: (TaskId | null)[] = tasks.map(() => null);
  const refusals: unknown[] = [];
  const left = tasks.entries();
  const createInTurn = async () => {
    for (const [place, task] of left) {
      try {
        const receipt = await line.command({ type: 'task.create', ...task });
        ids[place] = eventIn(receipt, 'task.created').task.id;
      } catch (error) {
        refusals.push(error);
      }
      if (refusals.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, createInTurn));
  const created = ids.filter((id) => id !== null);
  if (refusals.length === 0) return created;
  const [first] = refusals;
  if (!(first instanceof CoordError)) throw first;
  throw new CoordError(first.code, first.message, { ...first.details, created }, { cause: first });
}
