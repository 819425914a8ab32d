/** All that a worker needs to do a task. */
import type { TaskBrief, WorkspacePlace } from '../../contract/queries.ts';
import type { MemberId, TaskId } from '../../core/ids.ts';
import { requireMember } from '../../core/org/membership.ts';
import { reportsOf } from '../../core/org/reports.ts';
import { requireCompany } from '../../core/org/require-company.ts';
import { requireGate, requireTask } from '../../core/require-row.ts';
import type { CompanyState } from '../../core/state.ts';
import { epicIdOf } from '../../core/task/belonging.ts';
import { gateView, proofsOf } from './gates.ts';

/** @throws CoordError `NOT_FOUND` */
export function taskBriefOf(
  state: CompanyState,
  taskId: TaskId,
  memberId: MemberId,
  workspace: WorkspacePlace,
): TaskBrief {
  const task = requireTask(state, taskId);
  const member = requireMember(state, memberId);
  const epicId = epicIdOf(state, task);
  const nameOf = (id: MemberId) => state.members.get(id)?.name ?? id;
  return {
    task,
    company: requireCompany(state).name,
    epic: (epicId && state.epics.get(epicId)) ?? null,
    story: (task.storyId && state.stories.get(task.storyId)) ?? null,
    member,
    inputs: task.dependsOn.map((id) => {
      const { title, submission } = requireTask(state, id);
      return { title, artifacts: submission?.artifacts ?? [] };
    }),
    workspace,
    capabilities: [
      ...new Set(member.roleIds.flatMap((id) => [...state.index.roles.capabilities(id)])),
    ].sort(),
    questions: task.questions.map(({ to, text, answer }) => ({
      to: nameOf(to),
      text,
      answer: answer && { by: nameOf(answer.by), text: answer.text, artifacts: answer.artifacts },
    })),
    parts: task.parts.flatMap((id) => partOf(state, id)),
    returns: task.returns.map(({ by, note }) => ({ by: nameOf(by), note })),
    reports: reportsOf(state, member).map(({ id, name, roleIds }) => ({ id, name, roleIds })),
    notes: task.notes,
    review: task.review ? gateView(state, requireGate(state, task.review.gateId)) : null,
    proofs: task.review ? proofsOf(state, requireGate(state, task.review.gateId)) : [],
  };
}

function partOf(state: CompanyState, taskId: TaskId): TaskBrief['parts'] {
  const part = state.tasks.get(taskId);
  if (!part) return [];
  const { id, title, submission, failedBecause, assigneeId } = part;
  const by = assigneeId && (state.members.get(assigneeId)?.name ?? assigneeId);
  return [{ id, title, state: part.state, by, failedBecause, artifacts: submission?.artifacts ?? [] }];
}
