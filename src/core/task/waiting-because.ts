/** Why a task does not go on, in words for people. */
import { durationWords } from '../duration-words.ts';
import { canStart, gatesOf } from '../gate/ask.ts';
import type { Gate } from '../gate/gate.ts';
import { membersEntitled } from '../gate/gate-candidates.ts';
import { isBarredAuthor, needsHuman } from '../gate/signing-rules.ts';
import { openSlots } from '../gate/slot-matching.ts';
import type { GateId, RoleId } from '../ids.ts';
import { agentState, openLeases } from '../org/availability.ts';
import type { Presence } from '../org/available-agents.ts';
import { isOwner, seniority } from '../org/membership.ts';
import type { Member } from '../org/org.ts';
import { restOf } from '../org/pause.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import { sinceMs } from '../units.ts';
import { startHoldOf } from '../worker/start-hold.ts';
import type { StartHold } from '../worker/worker.ts';
import { isDelivered, isUnmerged } from './delivered.ts';
import { openParts } from './parts.ts';
import { openQuestion } from './questions.ts';
import { refusalToTake } from './taking-rules.ts';
import type { Task } from './task.ts';
import { isCalling, keptFor, presenceOf, presences } from './turn.ts';

/** Null when nothing holds it: somebody works on it or can take it at once, or it is over. */
export function waitingBecause(state: CompanyState, task: Task, now: EpochMs): string | null {
  switch (task.state) {
    case 'blocked':
      return blockedBecause(state, task, now);
    case 'ready':
      return untakenBecause(state, task, now);
    case 'awaiting_gate':
      return atGates(state, task.gatesAfter);
    case 'failed':
      return task.failures >= task.maxAttempts
        ? `failed after ${task.failures} attempts: ${task.failedBecause}`
        : (task.failedBecause ?? 'failed');
    case 'done':
      return isUnmerged(task) ? 'its change has yet to be merged into the branch of its epic' : null;
    case 'leased':
    case 'cancelled':
      return null;
  }
}

function blockedBecause(state: CompanyState, task: Task, now: EpochMs): string | null {
  if (task.retryAt !== null) {
    const wait = durationWords(sinceMs(now, task.retryAt));
    return `retry ${task.failures + 1} of ${task.maxAttempts} in ${wait}: ${lastReason(task)}`;
  }
  if (task.awaitsBudget) return `out of budget: ${lastReason(task)}`;
  const asked = openQuestion(task);
  if (asked) return `asked ${nameOf(state, asked.to)}: “${asked.text.replace(/\s+/g, ' ').slice(0, 200)}”`;
  if (task.awaitsParts)
    return `waits for its parts: ${listed(openParts(state, task).map(({ title }) => `“${title}”`))}`;
  if (canStart(state, task)) return atGates(state, task.gatesBefore);
  const missing = task.dependsOn
    .flatMap((id) => state.tasks.get(id) ?? [])
    .filter((dependency) => !isDelivered(dependency))
    .map(missingWords);
  return `waits for ${listed(missing)}`;
}

function missingWords({ title, state }: Task): string {
  if (state === 'done') return `“${title}” to be merged`;
  return state === 'cancelled' ? `“${title}”, which was cancelled` : `“${title}”`;
}

function atGates(state: CompanyState, ids: readonly GateId[]): string | null {
  const reasons = gatesOf(state, ids)
    .filter((gate) => gate.state !== 'open')
    .map((gate) => atGate(state, gate));
  return reasons.length > 0 ? listed(reasons) : null;
}

function atGate(state: CompanyState, gate: Gate): string {
  const { name } = gate;
  const note = gate.refusal?.note ?? '';
  switch (gate.state) {
    case 'vetoed':
      return `vetoed at gate ${name}: ${note}`;
    case 'rejected':
      return `turned down at gate ${name}: ${note}`;
    case 'cancelled':
      return `its gate ${name} was cancelled`;
    case 'pending':
    case 'open':
      return `comes to gate ${name}`;
    case 'waiting': {
      const roles = [...new Set(openSlots(gate.rule.requires, gate.signOffs).map(({ roleId }) => roleId))];
      const human = needsHuman(gate) ? ', a human among them' : '';
      return `waits at gate ${name} for ${listed(roles)}${human}${barredBecause(state, gate, roles)}`;
    }
  }
}

/** Says so when all who could fill a slot worked on what the gate is about. */
function barredBecause(state: CompanyState, gate: Gate, roles: readonly RoleId[]): string {
  const unsigned = roles.find((roleId) => {
    const entitled = membersEntitled(state, gate, roleId);
    return entitled.length > 0 && entitled.every(({ id }) => isBarredAuthor(gate, id));
  });
  if (unsigned === undefined) return '';
  const names = membersEntitled(state, gate, unsigned).map(({ name }) => name);
  return `, but all who may sign as ${unsigned} worked on it: ${listed(names.sort())}`;
}

function untakenBecause(state: CompanyState, task: Task, now: EpochMs): string | null {
  const { pause } = state.company ?? {};
  if (pause) return `the company is ${pause.kind}: ${pause.reason}`;
  const kept = keptFor(state, task, now);
  const takers = kept
    ? [kept]
    : [...state.members.values()].filter(
        (member) => !isOwner(state, member) && refusalToTake(state, member, task) === null,
      );
  const next = nextInTurn(state, task, takers, now);
  if (next?.presence === 'available') return null;
  const agents = takers.filter(({ kind }) => kind === 'agent');
  if (next) {
    const held = next.presence === 'offline' ? heldBack(state, agents, now) : null;
    return held ?? `calls ${next.member.name} (${next.member.roleIds.join(', ')})`;
  }
  if (kept) return `kept for ${kept.name}`;
  const role = task.roleId ?? 'member';
  if (takers.length === 0) return `no ${role} may take it`;
  if (agents.length === 0) return `waits for a person: ${listed(takers.map(({ name }) => name).sort())}`;
  const [rest, ...otherRests] = new Set(agents.map((agent) => restOf(state, agent)?.because ?? null));
  if (rest && otherRests.length === 0) return rest;
  if (rest !== null && otherRests.every((other) => other !== null))
    return `every ${role} is paused or out of budget`;
  const states = new Set(agents.map((agent) => agentState(state, agent, now)));
  if (states.has('working')) return `every ${role} is busy`;
  if (states.has('blocked')) return `no ${role} is ready yet`;
  return heldBack(state, agents, now) ?? `no ${role} is online`;
}

/** The next of them for whom a worker is started after crashes; null: somebody’s may be started at once. */
function heldBack(state: CompanyState, agents: readonly Member[], now: EpochMs): string | null {
  const holds = agents.map(({ id, name }) => ({ name, hold: startHoldOf(state, id, now) }));
  let next: { readonly name: string; readonly hold: StartHold } | null = null;
  for (const { name, hold } of holds) {
    if (hold === null) return null;
    const isSooner = next === null || hold.until < next.hold.until;
    if (isSooner || (hold.until === next?.hold.until && name < next.name)) next = { name, hold };
  }
  if (next === null) return null;
  const { name, hold } = next;
  const often = hold.crashes === 1 ? 'once' : `${hold.crashes} times`;
  return `workers of ${name} crashed ${often}: the next try is in ${durationWords(sinceMs(now, hold.until))}`;
}

/** Of those who may take the task, the one whose turn it is: the least senior who is there, or is called. */
function nextInTurn(
  state: CompanyState,
  task: Task,
  takers: readonly Member[],
  now: EpochMs,
): { readonly member: Member; readonly presence: Presence } | null {
  const { roleId } = task;
  const candidates = takers.flatMap((member) => {
    const presence = presenceOf(state, member.id, now);
    if (presence === null || (presence === 'offline' && !isCalling(state, task, now))) return [];
    const rank = roleId === null ? 0 : (seniority(state, member, roleId) ?? 0);
    return [{ member, presence, rank, leases: openLeases(state, member) }];
  });
  candidates.sort(
    (a, b) =>
      a.rank - b.rank ||
      presences.indexOf(a.presence) - presences.indexOf(b.presence) ||
      a.leases - b.leases ||
      (a.member.name < b.member.name ? -1 : 1),
  );
  return candidates[0] ?? null;
}

function nameOf(state: CompanyState, id: Member['id']): string {
  return state.members.get(id)?.name ?? id;
}

function lastReason({ attempts }: Task): string {
  return attempts.at(-1)?.reason ?? 'no reason was given';
}

/** `a`, `a and b`, `a, b and c` */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
