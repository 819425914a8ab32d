/** Keeps the review tasks of a gate in line with its open slots: makes those that are missing, cancels the others. */
import type { Context } from '../context.ts';
import type { CompanyEvent } from '../event.ts';
import type { ArtifactHash, MemberId, RoleId } from '../ids.ts';
import { seniority } from '../org/membership.ts';
import type { Member } from '../org/org.ts';
import { requireCompany } from '../org/require-company.ts';
import type { CompanyState } from '../state.ts';
import { inOrder } from '../task/in-order.ts';
import type { Task } from '../task/task.ts';
import type { NewTask } from '../task/task-events.ts';
import type { Gate } from './gate.ts';
import { membersEntitled } from './gate-candidates.ts';
import { gatedEpic, gatedTask } from './gated-work.ts';
import { slotsForAgents } from './human-slot.ts';
import { refusalToSign } from './signing-rules.ts';
import { openSlots } from './slot-matching.ts';

/** A review that the gate needs now: of which slot, and asked of which role, or of one agent of it. */
interface Wanted {
  readonly slot: RoleId;
  readonly asked: RoleId;
  /** Null: of whoever's turn it is. */
  readonly assigneeId: MemberId | null;
}

export function planReviews(state: CompanyState, gate: Gate, context: Context): CompanyEvent[] {
  const missing = wantedReviews(state, gate);
  const cancelled: CompanyEvent[] = [];
  for (const review of openReviews(state, gate)) {
    const place = missing.findIndex((wanted) => isFor(review, wanted, gate));
    if (place >= 0) missing.splice(place, 1);
    else cancelled.push({ type: 'task.cancelled', taskId: review.id, reason: whyNoMore(gate) });
  }
  if (gate.artifactHash === null) return cancelled;
  const { artifactHash } = gate;
  const created = missing.map((wanted): CompanyEvent => {
    const task = reviewTask(state, gate, artifactHash, wanted, context);
    return { type: 'task.created', task, isReady: true, home: context.host };
  });
  return [...cancelled, ...created];
}

/** Those that are not over, a failed one included: it is not made again. Those in work first, then the oldest. */
function openReviews(state: CompanyState, gate: Gate): Task[] {
  return [...state.index.reviewsByGate.get(gate.id)]
    .filter(({ state: now }) => now !== 'done' && now !== 'cancelled')
    .sort((a, b) => Number(b.lease !== null) - Number(a.lease !== null) || inOrder(a, b));
}

/** One for each open slot that is not kept for a human and that some agent may sign. */
function wantedReviews(state: CompanyState, gate: Gate): Wanted[] {
  if (gate.state !== 'waiting') return [];
  const named = namedSigners(state, gate);
  return slotsForAgents(state, gate).flatMap((slot): Wanted[] => {
    const signers = agentsWhoMaySign(state, gate, slot);
    if (signers.length === 0) return [];
    const signer = named.next(slot);
    if (signer === 'human') return [];
    if (signer) return [{ slot, asked: slot, assigneeId: signer }];
    const escalated = gate.escalations.find(({ roleId }) => roleId === slot)?.to;
    const reachable = escalated && signers.some((agent) => seniority(state, agent, escalated) !== null);
    return [{ slot, asked: reachable ? escalated : slot, assigneeId: null }];
  });
}

/** Whom somebody asked to fill the slots of each role, agents first; a person takes the slot that is kept for one, if there is one. */
function namedSigners(state: CompanyState, gate: Gate) {
  const open = openSlots(gate.rule.requires, gate.signOffs).map(({ roleId }) => roleId);
  const forAgents = slotsForAgents(state, gate);
  const count = (roles: readonly RoleId[], roleId: RoleId) => roles.filter((one) => one === roleId).length;
  const byRole = new Map<RoleId, (MemberId | 'human')[]>();
  for (const roleId of new Set(open)) {
    const named = gate.delegations
      .filter((one) => one.roleId === roleId)
      .flatMap(({ to }) => state.members.get(to) ?? [])
      .filter((member) => refusalToSign(state, gate, member, roleId) === null);
    const humans = named.filter(({ kind }) => kind === 'human').length;
    const kept = count(open, roleId) - count(forAgents, roleId);
    byRole.set(roleId, [
      ...named.filter(({ kind }) => kind === 'agent').map(({ id }) => id),
      ...Array.from({ length: Math.max(0, humans - kept) }, () => 'human' as const),
    ]);
  }
  return { next: (roleId: RoleId) => byRole.get(roleId)?.shift() ?? null };
}

function agentsWhoMaySign(state: CompanyState, gate: Gate, slot: RoleId): Member[] {
  return membersEntitled(state, gate, slot).filter(
    (member) => member.kind === 'agent' && refusalToSign(state, gate, member, slot) === null,
  );
}

/** One that somebody works on goes on, also when another role is asked meanwhile. */
function isFor(task: Task, { slot, asked, assigneeId }: Wanted, gate: Gate): boolean {
  const { review, roleId, lease } = task;
  if (review?.roleId !== slot || review.artifactHash !== gate.artifactHash) return false;
  if (lease !== null) return assigneeId === null || lease.memberId === assigneeId;
  return (review.askedOf ?? null) === assigneeId && roleId === asked;
}

function whyNoMore(gate: Gate): string {
  return gate.state === 'waiting'
    ? `gate ${gate.name} needs this review no more`
    : `gate ${gate.name} is ${gate.state}`;
}

function reviewTask(
  state: CompanyState,
  gate: Gate,
  artifactHash: ArtifactHash,
  { slot, asked, assigneeId }: Wanted,
  { newId }: Context,
): NewTask {
  const gated = gatedTask(state, gate);
  return {
    id: newId('task'),
    kind: 'review',
    title: gate.request
      ? `Review "${gate.name}" as ${slot}`
      : `Review "${gated?.title ?? gate.stepId}" for ${gate.name} as ${slot}`,
    description: '',
    epicId: gate.epicId,
    storyId: gate.storyId,
    stepId: gate.stepId,
    roleId: asked,
    requiresCapabilities: [],
    tags: [],
    priority: gate.request?.priority ?? gated?.priority ?? gatedEpic(state, gate)?.priority ?? 'NORMAL',
    complexity: 1,
    dependsOn: [],
    checks: [],
    gatesBefore: [],
    gatesAfter: [],
    review: {
      gateId: gate.id,
      roleId: slot,
      artifactHash,
      ...(assigneeId !== null && { askedOf: assigneeId }),
    },
    assigneeId,
    reserved: assigneeId !== null,
    maxAttempts: requireCompany(state).policy.maxAttempts,
  };
}
