/** Whether a member may fill a slot of a gate now, by every rule there is, in the order in which they are told. */
import type { MemberId, RoleId } from '../ids.ts';
import { entitlement } from '../org/entitlement.ts';
import { isOwner, membersByName } from '../org/membership.ts';
import type { Member } from '../org/org.ts';
import type { Refusal } from '../refusal.ts';
import { refusal } from '../refusal.ts';
import type { CompanyState } from '../state.ts';
import type { Gate } from './gate.ts';
import { openSlots } from './slot-matching.ts';

/** Null: the sign-off may be given. The gate is waiting, and for the artifact that the member saw. */
export function refusalToSign(
  state: CompanyState,
  gate: Gate,
  member: Member,
  roleId: RoleId,
): Refusal | null {
  const open = openSlots(gate.rule.requires, gate.signOffs);
  const about = { gateId: gate.id, roleId, memberId: member.id };
  if (!gate.rule.requires.some((required) => required.roleId === roleId)) {
    const roles = gate.rule.requires.map((required) => required.roleId).join(', ');
    return refusal('NOT_ENTITLED', `Gate ${gate.name} has no slot for ${roleId}; it has: ${roles}`, about);
  }
  if (!entitlement(state, member, roleId)) return notEntitled(state, gate, member, [roleId]);
  if (!open.some((slot) => slot.roleId === roleId)) {
    return refusal('SLOT_FILLED', `The ${roleId} slot of gate ${gate.name} is filled already`, about);
  }
  if (isBarredAuthor(gate, member.id)) {
    return refusal(
      'SELF_APPROVAL',
      gate.request
        ? `${member.name} asked for the approval "${gate.name}" and may not give it; somebody else must`
        : `${member.name} did the work that gate ${gate.name} is about and may not approve it; somebody else must`,
      about,
    );
  }
  if (hasSignedTooOften(state, gate, member, roleId)) {
    return refusal(
      'NOT_DISTINCT',
      `${member.name} signed gate ${gate.name} already; each of its slots needs another member`,
      about,
    );
  }
  if (open.length === 1 && needsHuman(gate) && member.kind === 'agent') {
    return refusal(
      'HUMAN_REQUIRED',
      `Gate ${gate.name} needs the sign-off of at least one human, and this is its last open slot`,
      about,
    );
  }
  return null;
}

/** No human has signed yet, and one must. */
export function needsHuman({ rule, signOffs }: Gate): boolean {
  return rule.humanRequired && !signOffs.some(({ kind }) => kind === 'human');
}

/** Every slot is filled, by a human where one must. */
export function isFilled(gate: Gate): boolean {
  return openSlots(gate.rule.requires, gate.signOffs).length === 0 && !needsHuman(gate);
}

export function isBarredAuthor({ rule, authors }: Gate, id: MemberId): boolean {
  return rule.selfApproval === 'forbidden' && authors.includes(id);
}

export function isEntitledToAny(state: CompanyState, { rule }: Gate, member: Member): boolean {
  return rule.requires.some(({ roleId }) => entitlement(state, member, roleId) !== null);
}

/** Says who is entitled instead. */
export function notEntitled(
  state: CompanyState,
  gate: Gate,
  member: Member,
  roleIds: readonly RoleId[],
): Refusal {
  const entitled = membersByName(state)
    .filter((other) => roleIds.some((roleId) => entitlement(state, other, roleId)))
    .map(({ name }) => name);
  const who = entitled.length > 0 ? `entitled are: ${entitled.join(', ')}` : 'nobody in this company is';
  return refusal(
    'NOT_ENTITLED',
    `${member.name} is not entitled to sign gate ${gate.name} for ${roleIds.join(' or ')}; ${who}`,
    { gateId: gate.id, roleIds, memberId: member.id, entitled },
  );
}

/** One slot of a role per member always; one slot of the gate where it asks for distinct members. */
function hasSignedTooOften(state: CompanyState, gate: Gate, member: Member, roleId: RoleId): boolean {
  const signed = gate.signOffs.filter(({ memberId }) => memberId === member.id);
  if (signed.some((signOff) => signOff.roleId === roleId)) return true;
  return signed.length > 0 && gate.rule.distinct && !mayFillSeveral(state, member);
}

/** The owner is exempt from `distinct` where the company's policy says so. */
export function mayFillSeveral(state: CompanyState, member: Member): boolean {
  return isOwner(state, member) && (state.company?.policy.ownerMayFillSeveralSlots ?? false);
}
