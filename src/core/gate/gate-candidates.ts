/** Who of a company could sign a gate of a given rule, and for which of its roles. */
import type { RoleId } from '../ids.ts';
import { entitlement } from '../org/entitlement.ts';
import { isOwner, membersByName } from '../org/membership.ts';
import type { Member } from '../org/org.ts';
import type { CompanyState } from '../state.ts';
import type { GateRule } from '../workflow/workflow.ts';
import type { Candidate } from './slot-matching.ts';

/** All members who may sign at least one of the slots; holders of a required role come before those who override. */
export function gateCandidates(state: CompanyState, rule: Pick<GateRule, 'requires'>): readonly Candidate[] {
  const roles = rule.requires.map(({ roleId }) => roleId).join(' ');
  const several = state.company?.policy.ownerMayFillSeveralSlots ?? false;
  const owner = state.company?.ownerId ?? '';
  return state.index.signers.get(`${owner} ${several} ${roles}`, () => findCandidates(state, rule));
}

/** The members whose role lets them sign a slot, whatever they did or signed already; in no order that means anything. */
export function membersEntitled(
  state: CompanyState,
  { rule }: { readonly rule: Pick<GateRule, 'requires'> },
  roleId: RoleId,
): Member[] {
  return gateCandidates(state, rule)
    .filter(({ signs }) => signs.has(roleId))
    .flatMap(({ memberId }) => state.members.get(memberId) ?? []);
}

function findCandidates(state: CompanyState, rule: Pick<GateRule, 'requires'>): Candidate[] {
  const byName = membersByName(state).map((member) => ({
    member,
    candidate: candidateOf(state, member, rule),
  }));
  const holdsOne = (member: Member) => rule.requires.some(({ roleId }) => member.roleIds.includes(roleId));
  return byName
    .filter(({ candidate }) => candidate.signs.size > 0)
    .sort((a, b) => Number(holdsOne(b.member)) - Number(holdsOne(a.member)))
    .map(({ candidate }) => candidate);
}

function candidateOf(
  state: CompanyState,
  member: Member,
  { requires }: Pick<GateRule, 'requires'>,
): Candidate {
  const signs = new Set<RoleId>();
  for (const { roleId } of requires) if (entitlement(state, member, roleId)) signs.add(roleId);
  return {
    memberId: member.id,
    human: member.kind === 'human',
    signs,
    mayFillSeveral: isOwner(state, member) && (state.company?.policy.ownerMayFillSeveralSlots ?? false),
  };
}
