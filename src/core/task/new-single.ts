/** A task of its own, with what it has unless somebody says otherwise. */
import type { TaskId } from '../ids.ts';
import type { NewTask } from './task-events.ts';

type Said = Pick<NewTask, 'title' | 'description' | 'priority' | 'assigneeId'> &
  Partial<Pick<NewTask, 'roleId' | 'requiresCapabilities' | 'tags' | 'dependsOn'>>;

export function newSingle(id: TaskId, maxAttempts: number, said: Said): NewTask {
  return {
    id,
    kind: 'single',
    epicId: null,
    storyId: null,
    stepId: null,
    roleId: null,
    requiresCapabilities: [],
    tags: [],
    complexity: 1,
    dependsOn: [],
    checks: [],
    gatesBefore: [],
    gatesAfter: [],
    review: null,
    reserved: said.assigneeId !== null,
    maxAttempts,
    ...said,
  };
}
