/** Folds what happened to a gate. */
import type { MemberId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import type { Delegation, Gate, SignOff } from './gate.ts';
import type { GateEvent } from './gate-events.ts';
import { openSlots } from './slot-matching.ts';

export function evolveGate(state: CompanyState, event: GateEvent, at: EpochMs): void {
  if (event.type === 'gate.created') {
    state.gates.put({ ...event.gate, request: null, ...untouched });
    return;
  }
  if (event.type === 'approval.requested') {
    state.gates.put({ ...event.gate, epicId: null, storyId: null, stepId: null, taskId: null, ...untouched });
    return;
  }
  const gate = state.gates.get(event.gateId);
  if (gate) state.gates.put({ ...gate, ...changeBy(event, gate, at) });
}

/** Nothing to sign yet, and nothing signed. */
const untouched = {
  state: 'pending',
  artifactHash: null,
  authors: [],
  signOffs: [],
  refusal: null,
  escalations: [],
  delegations: [],
  setAside: [],
  waitingSince: null,
  deadline: null,
  openedAt: null,
} as const;

function changeBy(
  event: Exclude<GateEvent, { type: 'gate.created' | 'approval.requested' }>,
  gate: Gate,
  at: EpochMs,
): Partial<Gate> {
  switch (event.type) {
    case 'gate.asked':
      return {
        state: 'waiting',
        artifactHash: event.artifactHash,
        authors: event.authors,
        signOffs: gate.signOffs.filter((signOff) => stillCounts(signOff, gate, event)),
        refusal: null,
        escalations: [],
        setAside: [],
        waitingSince: at,
        deadline: event.deadline,
        openedAt: null,
      };
    case 'gate.signed':
      return signedBy(event.signOff, gate);
    case 'gate.sign_off_voided':
      return {
        signOffs: gate.signOffs.filter(
          ({ memberId, roleId }) => memberId !== event.memberId || roleId !== event.roleId,
        ),
      };
    case 'gate.opened':
      return { state: 'open', openedAt: at, deadline: null, delegations: [], setAside: [] };
    case 'gate.rejected':
      return { state: 'rejected', ...refusedBy(event.by, event.note, gate, at) };
    case 'gate.vetoed':
      return { state: 'vetoed', ...refusedBy(event.by, event.note, gate, at) };
    case 'gate.arbitrated':
      return event.ruling === 'resume'
        ? { state: 'pending', refusal: null }
        : { state: 'rejected', ...refusedBy(event.by, event.note, gate, at) };
    case 'gate.escalated':
      return {
        deadline: event.deadline,
        escalations: [
          ...gate.escalations.filter(({ roleId }) => roleId !== event.roleId),
          { roleId: event.roleId, to: event.to },
        ],
        // Whoever was asked did not sign in time, and whoever looked away has to look again.
        delegations: gate.delegations.filter(({ roleId }) => roleId !== event.roleId),
        setAside: [],
      };
    case 'gate.delegated':
      return { delegations: delegatedBy(event, gate, at) };
    case 'gate.set_aside': {
      const { memberId, reason, until } = event;
      return { setAside: [...withoutOwn(gate.setAside, memberId), { memberId, reason, at, until }] };
    }
    case 'gate.taken_up':
      return { setAside: withoutOwn(gate.setAside, event.memberId) };
    case 'gate.withdrawn':
      return { state: 'pending', deadline: null, setAside: [] };
    case 'gate.cancelled':
      return { state: 'cancelled', deadline: null, delegations: [], setAside: [] };
  }
}

/** A sign-off survives only for the same artifact, and only if its member didn't become the author. */
export function stillCounts(
  signOff: SignOff,
  { rule }: Gate,
  about: { readonly artifactHash: string; readonly authors: readonly MemberId[] },
): boolean {
  if (signOff.artifactHash !== about.artifactHash) return false;
  return rule.selfApproval === 'allowed' || !about.authors.includes(signOff.memberId);
}

/** Whoever turns the work down takes back what they signed before. */
function refusedBy(by: MemberId | null, note: string, gate: Gate, at: EpochMs): Partial<Gate> {
  return {
    refusal: { by, note, at },
    signOffs: gate.signOffs.filter(({ memberId }) => memberId !== by),
    deadline: null,
    setAside: [],
  };
}

/** The slot is filled: who was asked for it is asked no more. */
function signedBy(signOff: SignOff, gate: Gate): Partial<Gate> {
  const { roleId, memberId } = signOff;
  const signOffs = [...gate.signOffs, signOff];
  const others = gate.delegations.filter((one) => one.roleId !== roleId || one.to !== memberId);
  return {
    signOffs,
    delegations: inOpenSlots(others, { ...gate, signOffs }),
    setAside: withoutOwn(gate.setAside, memberId),
  };
}

/** Whoever asks anew asks somebody else than before. */
function delegatedBy(
  { roleId, by, to, note }: Extract<GateEvent, { type: 'gate.delegated' }>,
  gate: Gate,
  at: EpochMs,
): Delegation[] {
  if (to === null) return gate.delegations.filter((one) => one.roleId !== roleId);
  const others = gate.delegations.filter(
    (one) => one.roleId !== roleId || (one.by !== by && one.to !== by && one.to !== to),
  );
  return inOpenSlots([...others, { roleId, by, to, note, at }], gate);
}

/** Not more for a role than it has open slots: the newest stay. */
function inOpenSlots(delegations: readonly Delegation[], { rule, signOffs }: Gate): Delegation[] {
  const open = openSlots(rule.requires, signOffs);
  const kept = rule.requires.flatMap(({ roleId }) => {
    const room = open.filter((slot) => slot.roleId === roleId).length;
    return room === 0 ? [] : delegations.filter((one) => one.roleId === roleId).slice(-room);
  });
  return delegations.filter((one) => kept.includes(one));
}

function withoutOwn(setAside: Gate['setAside'], memberId: MemberId): Gate['setAside'] {
  return setAside.filter((one) => one.memberId !== memberId);
}
