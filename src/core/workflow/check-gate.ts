/** Whether a company could open a gate, whoever of it does the gated work. */
import { gateCandidates } from '../gate/gate-candidates.ts';
import type { Candidate, SlotAnswer, Unfillable } from '../gate/slot-matching.ts';
import { matchSlots } from '../gate/slot-matching.ts';
import type { MemberId, RoleId } from '../ids.ts';
import { isOwner } from '../org/membership.ts';
import type { CompanyState } from '../state.ts';
import type { Finding } from './finding.ts';
import { authorSets } from './gate-authors.ts';
import type { Repair } from './repair.ts';
import { addHuman, addMember, allowSelfApproval, defineRole } from './repair.ts';
import type { GateRule, Step, Workflow } from './workflow.ts';

type Place = Pick<Finding, 'stepId' | 'gate'>;

export function checkGate(state: CompanyState, workflow: Workflow, step: Step, rule: GateRule): Finding[] {
  const place: Place = { stepId: step.id, gate: rule.name };
  const candidates = gateCandidates(state, rule);
  const open = (authors: ReadonlySet<MemberId>): SlotAnswer => matchWith(rule, candidates, authors);
  const answer = open(new Set());
  if (!answer.ok) return [unopenable(state, place, rule, answer.reason)];
  const notes = rule.requires.flatMap(({ roleId }) => onlyOwner(state, place, roleId, candidates));
  if (rule.selfApproval === 'allowed') return notes;
  const sets = authorSets(state, workflow, step, rule, candidates);
  const refused = sets.filter((authors) => !open(authors).ok);
  if (refused.length === 0) return notes;
  const names = namesOf(state, refused);
  if (refused.length === sets.length) return [...notes, onlyAuthors(state, place, rule, names)];
  const message = `Gate ${rule.name} could not be opened if the work is done by ${names}: so it is not given to them`;
  return [...notes, { ...place, severity: 'note', kind: 'not-by-every-author', message, repairs: [] }];
}

function matchWith(
  { requires, distinct, humanRequired }: GateRule,
  candidates: readonly Candidate[],
  excluded: ReadonlySet<MemberId>,
): SlotAnswer {
  return matchSlots({ requires, filled: [], candidates, distinct, humanRequired, excluded });
}

function unopenable(state: CompanyState, place: Place, rule: GateRule, reason: Unfillable): Finding {
  const nobody = `Nobody can open gate ${rule.name}`;
  const error = { ...place, severity: 'error' } as const;
  switch (reason.kind) {
    case 'nobody':
    case 'only-excluded': {
      const { roleId } = reason;
      const isKnown = state.roles.get(roleId) !== undefined;
      const why = isKnown ? `no member may sign as ${roleId}` : `there is no role ${roleId}`;
      const repairs = [staff(state, roleId, 1)];
      return { ...error, kind: 'missing-role', message: `${nobody}: ${why}`, repairs };
    }
    case 'too-few': {
      const roles = reason.roleIds.join(' and ');
      const message = `${nobody}: it needs ${reason.slots} distinct members to sign as ${roles}, and there ${areMembers(reason.members)}`;
      const missing = reason.slots - reason.members;
      const repairs = reason.roleIds.map((roleId) => staff(state, roleId, missing));
      return { ...error, kind: 'too-few-members', message, repairs };
    }
    case 'no-human': {
      const message = `${nobody}: it needs the sign-off of a human, and none may sign a slot that is left to them`;
      const repairs = rule.requires.map(({ roleId }) => addHuman(roleId));
      return { ...error, kind: 'no-human', message, repairs };
    }
  }
}

function onlyAuthors(state: CompanyState, place: Place, rule: GateRule, names: string): Finding {
  const message = `Nobody can open gate ${rule.name}: whoever could do the work (${names}) is needed to sign it, and self-approval is forbidden`;
  const scarce = [...rule.requires].sort((a, b) => holdersOf(state, a.roleId) - holdersOf(state, b.roleId));
  const repairs: Repair[] = [
    ...scarce.slice(0, 1).map(({ roleId }) => addMember(roleId, 1)),
    allowSelfApproval(rule.name),
  ];
  return { ...place, severity: 'error', kind: 'sole-approver-is-author', message, repairs };
}

/** It works, but every time it is the person at the app who must sign. */
function onlyOwner(
  state: CompanyState,
  place: Place,
  roleId: RoleId,
  candidates: readonly Candidate[],
): Finding[] {
  const signers = candidates.filter(({ signs }) => signs.has(roleId));
  if (!signers.every(({ memberId }) => isOwner(state, { id: memberId }))) return [];
  const message = `Only the owner can sign gate ${place.gate} as ${roleId}, by override`;
  return [
    { ...place, severity: 'note', kind: 'only-the-owner', message, repairs: [staff(state, roleId, 1)] },
  ];
}

function namesOf(state: CompanyState, sets: readonly ReadonlySet<MemberId>[]): string {
  const names = sets.map((set) => [...set].map((id) => state.members.get(id)?.name ?? id).join(' with '));
  return names.sort().join(', ');
}

const holdersOf = (state: CompanyState, roleId: RoleId): number =>
  [...state.members.values()].filter(({ roleIds }) => roleIds.includes(roleId)).length;

const areMembers = (count: number): string => (count === 1 ? 'is 1' : `are ${count}`);

function staff(state: CompanyState, roleId: RoleId, count: number): Repair {
  return state.roles.get(roleId) ? addMember(roleId, count) : defineRole(roleId);
}
