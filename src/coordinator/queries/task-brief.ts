/** All that a worker needs to do a task. */
import type { TaskBrief, WorkspacePlace } from '../../contract/queries.ts';
import type { MemberId, TaskId } from '../../core/ids.ts';
import { requireMember } from '../../core/org/membership.ts';
import { requireCompany } from '../../core/org/require-company.ts';
import { requireGate, requireTask } from '../../core/require-row.ts';
import type { CompanyState } from '../../core/state.ts';
import { gateView } from './gates.ts';

/** @throws CoordError `NOT_FOUND` */
export function taskBriefOf(
  state: CompanyState,
  taskId: TaskId,
  memberId: MemberId,
  workspace: WorkspacePlace,
): TaskBrief {
  const task = requireTask(state, taskId);
  return {
    task,
    company: requireCompany(state).name,
    epic: (task.epicId && state.epics.get(task.epicId)) ?? null,
    story: (task.storyId && state.stories.get(task.storyId)) ?? null,
    member: requireMember(state, memberId),
    inputs: task.dependsOn.map((id) => {
      const { title, submission } = requireTask(state, id);
      return { title, artifacts: submission?.artifacts ?? [] };
    }),
    workspace,
    notes: task.notes,
    review: task.review ? gateView(state, requireGate(state, task.review.gateId)) : null,
  };
}
