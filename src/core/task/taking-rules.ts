/** Whether a member may take a task: by role and capability, as a reviewer, and without harm to its gates. */

import { leavesRestFillable } from '../gate/fillable.ts';
import type { Gate } from '../gate/gate.ts';
import { refusalToSign } from '../gate/signing-rules.ts';
import { spoiledGate } from '../gate/spoiled-gate.ts';
import { holdsCapability } from '../org/membership.ts';
import type { Member } from '../org/org.ts';
import type { Refusal } from '../refusal.ts';
import { refusal } from '../refusal.ts';
import type { CompanyState } from '../state.ts';
import { mayTake } from '../workflow/step-takers.ts';
import type { ReviewOf, Task } from './task.ts';

/** Null: the member may take it, if it is ready and not kept for another. Says nothing of who is available. */
export function refusalToTake(state: CompanyState, member: Member, task: Task): Refusal | null {
  if (!mayTake(state, member, task)) return lacks(state, member, task);
  if (task.review) return refusalToReview(state, member, task, task.review);
  const spoiled = spoiledGate(state, member, task);
  if (!spoiled) return null;
  return refusal(
    'SELF_APPROVAL',
    `${member.name} can't take "${task.title}": as its author they could not sign gate ${spoiled.name}, which needs them`,
    { taskId: task.id, gateId: spoiled.id },
  );
}

function lacks(state: CompanyState, member: Member, task: Task): Refusal {
  const missing = task.requiresCapabilities.filter(
    (capability) => !holdsCapability(state, member, capability),
  );
  const need = missing.length > 0 ? `the capability ${missing.join(', ')}` : `the role ${task.roleId}`;
  return refusal('NOT_ENTITLED', `${member.name} can't take "${task.title}": it needs ${need}`, {
    taskId: task.id,
    memberId: member.id,
  });
}

/** A review is for an agent who may fill the slot, and whom no other slot needs more. */
function refusalToReview(state: CompanyState, member: Member, task: Task, review: ReviewOf): Refusal | null {
  const about = { taskId: task.id, gateId: review.gateId };
  const gate = state.gates.get(review.gateId);
  if (!gate) return refusal('NOT_FOUND', `"${task.title}" is about a gate that isn't there`, about);
  if (member.kind === 'human') {
    return refusal(
      'FORBIDDEN',
      `"${task.title}" is an agent's way to sign; a person signs gate ${gate.name} directly, with \`approve\` or \`reject\``,
      about,
    );
  }
  const against = refusalToSign(state, gate, member, review.roleId);
  if (against) return against;
  if (reviewsAlready(state, gate, member, review)) {
    return refusal(
      'NOT_DISTINCT',
      `${member.name} reviews for gate ${gate.name} already; each of its slots needs another member`,
      about,
    );
  }
  if (leavesRestFillable(state, gate, member, review.roleId)) return null;
  return refusal('NOT_DISTINCT', `${member.name} is needed for another slot of gate ${gate.name}`, about);
}

/** Whether the member holds another review of this gate that would then fill one slot too many. */
function reviewsAlready(state: CompanyState, gate: Gate, member: Member, { roleId }: ReviewOf): boolean {
  for (const { lease, review } of state.index.reviewsByGate.get(gate.id)) {
    if (lease?.memberId !== member.id) continue;
    if (gate.rule.distinct || review?.roleId === roleId) return true;
  }
  return false;
}
