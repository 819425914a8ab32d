/** Folds what happened to a gate. */
import type { MemberId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import type { Gate, SignOff } from './gate.ts';
import type { GateEvent } from './gate-events.ts';

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
        waitingSince: at,
        deadline: event.deadline,
        openedAt: null,
      };
    case 'gate.signed':
      return { signOffs: [...gate.signOffs, event.signOff] };
    case 'gate.sign_off_voided':
      return {
        signOffs: gate.signOffs.filter(
          ({ memberId, roleId }) => memberId !== event.memberId || roleId !== event.roleId,
        ),
      };
    case 'gate.opened':
      return { state: 'open', openedAt: at, deadline: null };
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
      };
    case 'gate.withdrawn':
      return { state: 'pending', deadline: null };
    case 'gate.cancelled':
      return { state: 'cancelled', deadline: null };
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
  };
}
