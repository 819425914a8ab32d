/** Decides that a member is asked to fill a slot that whoever asks could fill. It gives nobody a right that they lack. */
import { actingMember } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { RoleId } from '../ids.ts';
import { entitlement } from '../org/entitlement.ts';
import { requireMember } from '../org/membership.ts';
import type { Member } from '../org/org.ts';
import { throwIfRefused } from '../refusal.ts';
import { requireGate } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import type { Gate } from './gate.ts';
import type { GateEvent } from './gate-events.ts';
import { slotsForAgents } from './human-slot.ts';
import { requireInPerson } from './in-person.ts';
import { requireWaiting } from './sign.ts';
import { isBarredAuthor, notEntitled, refusalToSign } from './signing-rules.ts';
import { openSlots } from './slot-matching.ts';

/**
 * @throws CoordError `GATE_NOT_WAITING`, `NOT_ENTITLED`, `SLOT_FILLED`, `SELF_APPROVAL`, `NOT_DISTINCT`, `HUMAN_REQUIRED`;
 *   `NOT_FOUND` - there is no such member, or nothing to take back; `WRONG_STATE` - an agent reviews it already
 */
export function decideDelegateGate(
  state: CompanyState,
  { gateId, roleId, to, note }: CommandOf<'gate.delegate'>,
  context: Context,
): GateEvent[] {
  const gate = requireGate(state, gateId);
  const member = actingMember(state, context);
  requireInPerson(context, member);
  requireWaiting(gate);
  requireDelegator(state, gate, member, roleId);
  if (to === null) {
    requireDelegated(gate, roleId);
  } else {
    const delegate = requireMember(state, to);
    requireOther(gate, member, delegate);
    throwIfRefused(refusalToSign(state, gate, delegate, roleId));
    if (delegate.kind === 'agent') requireOpenToAgents(state, gate, delegate, roleId);
    requireNobodyReviews(state, gate, delegate, roleId);
  }
  return [{ type: 'gate.delegated', gateId, roleId, by: member.id, to, note }];
}

/** Whoever is entitled to the slot, though they may have filled another one; nobody who made what it is about. */
function requireDelegator(state: CompanyState, gate: Gate, member: Member, roleId: RoleId): void {
  if (!entitlement(state, member, roleId)) throwIfRefused(notEntitled(state, gate, member, [roleId]));
  const about = { gateId: gate.id, roleId, memberId: member.id };
  if (isBarredAuthor(gate, member.id)) {
    const message = `${member.name} made what gate ${gate.name} is about and may not say who signs it; somebody else must`;
    throw new CoordError('SELF_APPROVAL', message, about);
  }
  if (openSlots(gate.rule.requires, gate.signOffs).some((slot) => slot.roleId === roleId)) return;
  const has = gate.rule.requires.some((required) => required.roleId === roleId);
  throw has
    ? new CoordError('SLOT_FILLED', `The ${roleId} slot of gate ${gate.name} is filled already`, about)
    : new CoordError('NOT_ENTITLED', `Gate ${gate.name} has no slot for ${roleId}`, about);
}

function requireDelegated({ id, name, delegations }: Gate, roleId: RoleId): void {
  if (delegations.some((delegation) => delegation.roleId === roleId)) return;
  throw new CoordError(
    'NOT_FOUND',
    `Nobody was asked to sign gate ${name} for ${roleId}: there is nothing to take back`,
    { gateId: id, roleId },
  );
}

function requireOther(gate: Gate, member: Member, to: Member): void {
  if (to.id !== member.id) return;
  throw new CoordError(
    'BAD_INPUT',
    `${member.name} can’t ask themselves to sign gate ${gate.name}: sign it, or name somebody else`,
    { gateId: gate.id, to: to.id },
  );
}

/** A human must sign, and none has: the slot that is kept for one is no agent's. */
function requireOpenToAgents(state: CompanyState, gate: Gate, to: Member, roleId: RoleId): void {
  if (slotsForAgents(state, gate).includes(roleId)) return;
  throw new CoordError(
    'HUMAN_REQUIRED',
    `Gate ${gate.name} needs a human, and its ${roleId} slot is kept for one: ${to.name} is an agent; name a person`,
    { gateId: gate.id, roleId, to: to.id },
  );
}

function requireNobodyReviews(state: CompanyState, gate: Gate, to: Member, roleId: RoleId): void {
  const open = openSlots(gate.rule.requires, gate.signOffs).filter((slot) => slot.roleId === roleId);
  const holders = [...state.index.reviewsByGate.get(gate.id)].flatMap(({ review, lease }) =>
    review?.roleId === roleId && lease ? [lease.memberId] : [],
  );
  if (holders.length < open.length || holders.includes(to.id)) return;
  const [holder] = holders;
  const who = (holder && state.members.get(holder)?.name) ?? holder;
  throw new CoordError(
    'WRONG_STATE',
    `${who} reviews gate ${gate.name} for ${roleId} already: wait for the verdict, or take the review task back first`,
    { gateId: gate.id, roleId, holder },
  );
}
