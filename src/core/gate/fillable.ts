/** Whether the open slots of a gate could still be filled if a member took one of them. */
import type { MemberId, RoleId } from '../ids.ts';
import { isOwner } from '../org/membership.ts';
import type { Member } from '../org/org.ts';
import type { CompanyState } from '../state.ts';
import type { GateRule } from '../workflow/workflow.ts';
import type { Gate } from './gate.ts';
import { gateCandidates } from './gate-candidates.ts';
import type { Candidate, SlotQuestion } from './slot-matching.ts';
import { matchSlots } from './slot-matching.ts';

type Filled = SlotQuestion['filled'];

/**
 * False when the member is needed for another slot: everything could be filled before, and could not after.
 * The owner, who can stand in anywhere, is left out of the reckoning as long as it works without.
 */
export function leavesRestFillable(state: CompanyState, gate: Gate, member: Member, roleId: RoleId): boolean {
  const filled = [...filledSlots(gate), ...slotsInWork(state, gate, member.id)];
  const taken = { roleId, memberId: member.id, human: member.kind === 'human' };
  const excluded = new Set(gate.rule.selfApproval === 'forbidden' ? gate.authors : []);
  const candidates = gateCandidates(state, gate.rule);
  for (const pool of [withoutOwner(state, candidates), candidates]) {
    if (!canFill(gate.rule, filled, pool, excluded)) continue;
    return canFill(gate.rule, [...filled, taken], pool, excluded);
  }
  return true;
}

export function canFill(
  rule: GateRule,
  filled: Filled,
  candidates: readonly Candidate[],
  excluded: ReadonlySet<MemberId>,
): boolean {
  const { requires, distinct, humanRequired } = rule;
  return matchSlots({ requires, filled, candidates, distinct, humanRequired, excluded }).ok;
}

export function withoutOwner(state: CompanyState, candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ memberId }) => !isOwner(state, { id: memberId }));
}

function filledSlots({ signOffs }: Gate): Filled {
  return signOffs.map(({ roleId, memberId, kind }) => ({ roleId, memberId, human: kind === 'human' }));
}

/** The slots for which others hold a review task. */
function slotsInWork(state: CompanyState, gate: Gate, except: MemberId): Filled {
  const filled: { roleId: RoleId; memberId: MemberId; human: boolean }[] = [];
  for (const { lease, review } of state.index.reviewsByGate.get(gate.id)) {
    if (!lease || !review || lease.memberId === except) continue;
    filled.push({ roleId: review.roleId, memberId: lease.memberId, human: false });
  }
  return filled;
}
