/** Whether somebody's authorship would leave a gate that forbids self-approval without those who must sign it. */
import type { MemberId } from '../ids.ts';
import { entitlement } from '../org/entitlement.ts';
import type { Member } from '../org/org.ts';
import type { CompanyState } from '../state.ts';
import type { Task } from '../task/task.ts';
import { stepTakers } from '../workflow/step-takers.ts';
import { authorsOf, gatesOf } from './ask.ts';
import { canFill, withoutOwner } from './fillable.ts';
import type { Gate } from './gate.ts';
import { gateCandidates } from './gate-candidates.ts';
import { gatedTask } from './gated-work.ts';

/**
 * The gate that the member's authorship of the task would spoil: nobody could open it then, or only the owner could
 * although another taker of the task would leave it to those it was meant for. A gate that nobody could open anyway
 * is not spoiled by anyone.
 */
export function spoiledGate(state: CompanyState, member: Member, task: Task): Gate | null {
  if (task.kind !== 'step') return null;
  return gatesAbout(state, task).find((gate) => spoils(state, member, task, gate)) ?? null;
}

/** The gates after it, and those before the steps that build on it, where the author may not sign. */
function gatesAbout(state: CompanyState, task: Task): Gate[] {
  const before = state.index.dependents.of(task.id).flatMap(({ gatesBefore }) => gatesBefore);
  return gatesOf(state, [...task.gatesAfter, ...before]).filter(
    ({ rule }) => rule.selfApproval === 'forbidden',
  );
}

function spoils(state: CompanyState, member: Member, task: Task, gate: Gate): boolean {
  if (!signsAny(state, member, gate)) return false;
  const others = otherAuthors(state, task, gate);
  const candidates = gateCandidates(state, gate.rule);
  const withOwner = (author: Member) => canFill(gate.rule, [], candidates, new Set([...others, author.id]));
  if (!withOwner(member)) return canFill(gate.rule, [], candidates, others);
  const staff = withoutOwner(state, candidates);
  const byStaff = (author: Member) => canFill(gate.rule, [], staff, new Set([...others, author.id]));
  return (
    !byStaff(member) && stepTakers(state, task).some((taker) => taker.id !== member.id && byStaff(taker))
  );
}

function signsAny(state: CompanyState, member: Member, { rule }: Gate): boolean {
  return rule.requires.some(({ roleId }) => entitlement(state, member, roleId) !== null);
}

/** Who handed in the task before; of a gate before a step also who did, or is doing, the other steps that it is about. */
function otherAuthors(state: CompanyState, task: Task, gate: Gate): ReadonlySet<MemberId> {
  if (gate.rule.position === 'after') return new Set(authorsOf(task));
  const gated = gatedTask(state, gate)?.dependsOn ?? [];
  const authors = gated.flatMap((id) => {
    const other = state.tasks.get(id);
    if (!other) return [];
    const holder = id !== task.id && other.lease ? [other.lease.memberId] : [];
    return [...authorsOf(other), ...holder];
  });
  return new Set(authors);
}
