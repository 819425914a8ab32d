/** Whether this person may answer the question that a task waits with. */
import type { Capability, MemberId } from '../../core/ids.ts';
import { holdsCapability } from '../../core/org/membership.ts';
import type { CompanyState } from '../../core/state.ts';
import type { TaskQuestion } from '../../core/task/task.ts';

/** Whoever may: `authorize` has the same rule for people. */
const directing = ['assign_tasks', 'prioritize_roadmap', 'request_engineering'] as Capability[];

export function mayAnswer(state: CompanyState, self: MemberId | null, { to }: TaskQuestion): boolean {
  const member = self && state.members.get(self);
  if (!member) return false;
  return to === member.id || directing.some((capability) => holdsCapability(state, member, capability));
}
