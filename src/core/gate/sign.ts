/** Decides a verdict on a gate: a human's sign-off, or the answer of an agent's review. */
import { actingMember } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { ArtifactHash, RoleId } from '../ids.ts';
import { entitlement } from '../org/entitlement.ts';
import type { Member } from '../org/org.ts';
import { throwIfRefused } from '../refusal.ts';
import { requireGate } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import { leavesRestFillable } from './fillable.ts';
import type { Decision, Gate } from './gate.ts';
import type { GateEvent } from './gate-events.ts';
import { requireInPerson } from './in-person.ts';
import { isEntitledToAny, notEntitled, refusalToSign } from './signing-rules.ts';

export interface Verdict {
  /** Null: the slot that suits best. */
  readonly roleId: RoleId | null;
  readonly decision: Decision;
  readonly note: string;
  /** What the member looked at. */
  readonly artifactHash: ArtifactHash;
}

export function decideSignGate(
  state: CompanyState,
  command: CommandOf<'gate.sign'>,
  context: Context,
): GateEvent[] {
  const gate = requireGate(state, command.gateId);
  const member = actingMember(state, context);
  requireInPerson(context, member);
  return judge(state, gate, member, command, context.now);
}

/**
 * @throws CoordError `GATE_NOT_WAITING`, `ARTIFACT_CHANGED`, `NOT_ENTITLED`, `SLOT_FILLED`, `SELF_APPROVAL`,
 *   `NOT_DISTINCT`, `HUMAN_REQUIRED`, `NOTE_REQUIRED`
 */
export function judge(
  state: CompanyState,
  gate: Gate,
  member: Member,
  verdict: Verdict,
  now: EpochMs,
): GateEvent[] {
  requireWaiting(gate);
  requireSameArtifact(gate, verdict.artifactHash);
  if (verdict.decision !== 'approve') return turnDown(state, gate, member, verdict);
  const roleId = verdict.roleId ?? suitingSlot(state, gate, member);
  throwIfRefused(refusalToSign(state, gate, member, roleId));
  const overrideBy = entitlement(state, member, roleId)?.overrideBy ?? null;
  const { note, artifactHash } = verdict;
  const { id: memberId, kind } = member;
  const signOff = { roleId, memberId, kind, overrideBy, note, artifactHash, at: now };
  return [{ type: 'gate.signed', gateId: gate.id, signOff }];
}

/** Whoever is entitled to any slot may turn the work down, also after they signed; it fills no slot. */
function turnDown(
  state: CompanyState,
  gate: Gate,
  member: Member,
  { decision, note, artifactHash }: Verdict,
): GateEvent[] {
  if (!isEntitledToAny(state, gate, member)) {
    const roleIds = gate.rule.requires.map(({ roleId }) => roleId);
    throwIfRefused(notEntitled(state, gate, member, roleIds));
  }
  if (note.trim() === '') {
    throw new CoordError(
      'NOTE_REQUIRED',
      `Gate ${gate.name} was not turned down: say in a note what has to change`,
      { gateId: gate.id },
    );
  }
  const type = decision === 'veto' ? 'gate.vetoed' : 'gate.rejected';
  return [{ type, gateId: gate.id, by: member.id, note, artifactHash }];
}

/**
 * The slot for a member who named none: one that may be filled now, rather one whose role they hold than one they
 * override, rather one that leaves the others to those who can fill them. If there is none, the one they come nearest to.
 */
function suitingSlot(state: CompanyState, gate: Gate, member: Member): RoleId {
  const roles = gate.rule.requires
    .map(({ roleId }) => ({ roleId, entitled: entitlement(state, member, roleId) }))
    .filter(({ entitled }) => entitled !== null)
    .sort((a, b) => Number(a.entitled?.overrideBy !== null) - Number(b.entitled?.overrideBy !== null))
    .map(({ roleId }) => roleId);
  const against = (roleId: RoleId) => refusalToSign(state, gate, member, roleId)?.code ?? null;
  const possible = roles.filter((roleId) => against(roleId) === null);
  const best = possible.find((roleId) => leavesRestFillable(state, gate, member, roleId));
  const open = roles.find((roleId) => against(roleId) !== 'SLOT_FILLED');
  const chosen = best ?? possible[0] ?? open ?? roles[0];
  if (chosen) return chosen;
  const all = gate.rule.requires.map(({ roleId }) => roleId);
  const { code, message, details } = notEntitled(state, gate, member, all);
  throw new CoordError(code, message, details);
}

/** @throws CoordError `GATE_NOT_WAITING` */
export function requireWaiting(gate: Gate): void {
  if (gate.state === 'waiting') return;
  const why = {
    pending: 'there is nothing to sign yet; wait until the work is handed in',
    open: 'it is open already',
    rejected: gate.request
      ? 'it was rejected, which is final; ask for a new one'
      : 'the work was sent back; wait until it is handed in again',
    vetoed: 'it was vetoed; somebody who may arbitrate conflicts must rule first',
    cancelled: gate.request ? 'whoever asked took it back' : 'its work was cancelled',
  }[gate.state];
  throw new CoordError('GATE_NOT_WAITING', `Gate ${gate.name} can't be signed: ${why}`, {
    gateId: gate.id,
    state: gate.state,
  });
}

function requireSameArtifact(gate: Gate, seen: ArtifactHash): void {
  if (gate.artifactHash === seen) return;
  throw new CoordError(
    'ARTIFACT_CHANGED',
    `Gate ${gate.name} is about another artifact by now (${gate.artifactHash}); look at it and decide again`,
    { gateId: gate.id, seen, current: gate.artifactHash },
  );
}
