/** What is true of a company after every command, whatever was asked. */
import { expect } from 'vitest';
import type { Thread } from '../../../src/core/board/board.ts';
import { accountIdOf } from '../../../src/core/budget/budget.ts';
import { accountOf, budgetOf, scopesOf } from '../../../src/core/budget/room.ts';
import type { CommandInput } from '../../../src/core/command.ts';
import { isFinished } from '../../../src/core/epic/progress.ts';
import type { StoredEvent } from '../../../src/core/event.ts';
import type { Gate } from '../../../src/core/gate/gate.ts';
import { openSlots } from '../../../src/core/gate/slot-matching.ts';
import type { LockId, Seq, TaskId } from '../../../src/core/ids.ts';
import { overlap, parseScope } from '../../../src/core/lock/path-scope.ts';
import { entitlement } from '../../../src/core/org/entitlement.ts';
import { isOwner } from '../../../src/core/org/membership.ts';
import type { CompanyState } from '../../../src/core/state.ts';
import { submissionHash } from '../../../src/core/task/submission.ts';
import { externalLauncher } from '../../../src/core/worker/worker.ts';
import type { World } from '../kit.ts';
import { sha256 } from '../kit.ts';

/** Follows the leases by the events alone, as somebody outside would. */
export class LeaseWitness {
  readonly #held = new Set<TaskId>();
  #lastToken = 0 as Seq;

  see({ state }: World, { seq, event }: StoredEvent): void {
    switch (event.type) {
      case 'task.claimed': {
        expect(this.#held.has(event.taskId), `${event.taskId} is leased twice`).toBe(false);
        expect(seq).toBeGreaterThan(this.#lastToken);
        this.#lastToken = seq;
        this.#held.add(event.taskId);
        const holder = state.members.get(event.memberId);
        expect(state.company?.pause ?? null, 'nobody claims in a paused company').toBeNull();
        expect(holder?.pause ?? null, 'no paused agent claims').toBeNull();
        checkBeginning(state, event.taskId);
        if (holder?.kind === 'human') return;
        const leases = state.index.leasedByMember.get(event.memberId).size;
        expect(leases).toBeLessThanOrEqual(holder?.maxConcurrent ?? 0);
        return;
      }
      case 'task.submitted':
      case 'task.done':
      case 'task.attempt_failed':
      case 'task.failed':
      case 'task.released':
      case 'task.budget_awaited':
      case 'task.asked':
      case 'task.parts_awaited':
      case 'task.cancelled':
        this.#held.delete(event.taskId);
        return;
      default:
        return;
    }
  }
}

/** What the task builds on is done, and each gate before it is open for that and nothing else. */
function checkBeginning(state: CompanyState, taskId: TaskId): void {
  const task = state.tasks.get(taskId);
  const inputs = (task?.dependsOn ?? []).map((id) => state.tasks.get(id));
  for (const input of inputs) expect(input?.state, `${task?.title} builds on ${input?.title}`).toBe('done');
  const epic = task?.epicId ? state.epics.get(task.epicId) : undefined;
  const artifacts = inputs.flatMap((input) => input?.submission?.artifacts ?? []);
  const hash =
    inputs.length === 0 ? sha256(`${epic?.title}\n${epic?.description}`) : submissionHash(artifacts, sha256);
  for (const id of task?.gatesBefore ?? []) {
    const gate = state.gates.get(id);
    expect(gate?.state, `${gate?.name} before ${task?.title}`).toBe('open');
    expect(gate?.artifactHash, `${gate?.name} before ${task?.title}`).toBe(hash);
  }
}

/** What a task needs to go on, or to be retried, is there. */
export function checkDependencies(state: CompanyState): void {
  for (const { title, state: now, epicId, dependsOn } of state.tasks.values()) {
    if (now === 'done' || now === 'cancelled') continue;
    if (epicId !== null && state.epics.get(epicId)?.endedAt !== null) continue;
    for (const id of dependsOn) expect(state.tasks.get(id), `what ${title} depends on`).toBeDefined();
  }
}

/** Whoever signs is entitled at that moment, and an agent signs only by answering a review. */
export function checkSigning({ state }: World, { event }: StoredEvent, command: CommandInput): void {
  if (event.type !== 'gate.signed') return;
  const { memberId, roleId, kind, overrideBy } = event.signOff;
  const signer = state.members.get(memberId);
  if (!signer) throw new Error(`${memberId} signed and is no member`);
  expect(entitlement(state, signer, roleId)).toEqual({ overrideBy });
  expect(command.type).toBe(kind === 'agent' ? 'task.answer' : 'gate.sign');
}

export function checkState(state: CompanyState): void {
  for (const gate of state.gates.values()) if (gate.state === 'open') checkOpenGate(state, gate);
  for (const task of state.tasks.values()) {
    expect(task.state === 'leased', `lease of ${task.title}`).toBe(task.lease !== null);
    expect(task.state === 'ready', `call of ${task.title}`).toBe(task.readyAt !== null);
    if (task.kind !== 'step' || task.state !== 'done') continue;
    for (const id of [...task.gatesBefore, ...task.gatesAfter])
      expect(state.gates.get(id)?.state).toBe('open');
    for (const id of task.gatesAfter) expect(state.gates.get(id)?.artifactHash).toBe(task.submission?.hash);
  }
  for (const epic of state.epics.values()) {
    if (epic.state !== 'cancelled') expect(isFinished(state, epic.id)).toBe(epic.state === 'completed');
    expect(epic.reason !== null).toBe(epic.state === 'blocked' || epic.state === 'cancelled');
  }
  for (const gate of state.gates.values()) if (gate.state === 'waiting') checkSigners(state, gate);
  checkReviews(state);
  for (const thread of state.threads.values()) checkThread(state, thread);
  checkLocks(state);
  checkStop(state);
  checkAccounts(state);
}

/** Until the gate opens, only those count who may still sign. */
function checkSigners(state: CompanyState, { name, signOffs }: Gate): void {
  for (const { memberId, roleId } of signOffs) {
    const signer = state.members.get(memberId);
    expect(signer && entitlement(state, signer, roleId), `${memberId} signed ${name}`).toBeTruthy();
  }
}

function checkOpenGate(state: CompanyState, { name, rule, signOffs, artifactHash, authors }: Gate): void {
  expect(openSlots(rule.requires, signOffs), name).toEqual([]);
  expect(new Set(signOffs.map((signOff) => signOff.artifactHash))).toEqual(new Set([artifactHash]));
  if (rule.humanRequired) expect(signOffs.map(({ kind }) => kind)).toContain('human');
  if (rule.selfApproval === 'forbidden') {
    for (const { memberId } of signOffs) expect(authors).not.toContain(memberId);
  }
  const slots = signOffs.map(({ memberId, roleId }) => {
    const several =
      !rule.distinct || (isOwner(state, { id: memberId }) && state.company?.policy.ownerMayFillSeveralSlots);
    return several ? `${memberId} ${roleId}` : memberId;
  });
  expect(new Set(slots).size, `distinct members at ${name}`).toBe(slots.length);
}

/** No two locks share a path, and none outlives its reason. */
function checkLocks(state: CompanyState): void {
  const locks = state.locks.dump();
  for (const { id, scope, holder } of locks) {
    const overlapping = locks.filter((other) => overlap(parseScope(scope), parseScope(other.scope)));
    expect(overlapping.map((lock) => lock.id)).toEqual([id]);
    if (holder.taskId) expect(state.tasks.get(holder.taskId)?.state).toBe('leased');
    expect(state.members.get(holder.memberId) !== undefined).toBe(true);
    if (holder.workerId) expect(state.workers.get(holder.workerId)?.endedAt, 'its worker').toBeNull();
  }
}

/** While everything is stopped nobody works, no script is online, and no agent can write a file. */
function checkStop(state: CompanyState): void {
  if (state.company?.pause?.kind !== 'stopped') return;
  for (const { title, lease } of state.tasks.values()) expect(lease, title).toBeNull();
  for (const { id, launcher, endedAt } of state.workers.values()) {
    if (launcher === externalLauncher) expect(endedAt, `the end of ${id}`).not.toBeNull();
  }
  for (const { scope, holder } of state.locks.values())
    expect(state.members.get(holder.memberId)?.kind, `who holds ${scope}`).toBe('human');
}

/** What is reserved belongs to a lease that holds, and the accounts are the sums of what they stand for. */
function checkAccounts(state: CompanyState): void {
  const reserved = { money: 0, tokens: 0 };
  for (const { taskId, token, money, tokens } of state.reservations.values()) {
    expect(state.tasks.get(taskId)?.lease?.token, 'a call without its lease').toBe(token);
    reserved.money += money;
    reserved.tokens += tokens;
  }
  const spent = { money: 0, tokens: 0 };
  for (const { money, tokensIn, tokensOut } of state.usage.values()) {
    spent.money += money;
    spent.tokens += tokensIn + tokensOut;
  }
  const account = state.accounts.get('company');
  expect({ reserved: account?.reserved, spent: account?.spent }).toEqual(
    account ? { reserved, spent } : { reserved: undefined, spent: undefined },
  );
}

/** No call begins that a budget has no room for. */
export function checkRoom({ state }: World, { event }: StoredEvent): void {
  if (event.type !== 'usage.reserved') return;
  for (const scope of scopesOf(event.reservation)) {
    const { money, tokens } = budgetOf(state, scope);
    const { spent, reserved } = accountOf(state, accountIdOf(scope));
    if (money !== null) expect(spent.money + reserved.money).toBeLessThanOrEqual(money);
    if (tokens !== null) expect(spent.tokens + reserved.tokens).toBeLessThanOrEqual(tokens);
  }
}

/** Follows the locks by the events alone: tokens rise. */
export class LockWitness {
  readonly #held = new Map<LockId, Seq>();
  #lastToken = 0 as Seq;

  see({ seq, event }: StoredEvent): void {
    if (event.type === 'lock.acquired') {
      expect(seq).toBeGreaterThan(this.#lastToken);
      this.#lastToken = seq;
      this.#held.set(event.lock.id, seq);
    } else if (event.type === 'lock.renewed') {
      expect(this.#held.get(event.lockId)).toBe(event.token);
    } else if (event.type === 'lock.released') {
      expect(this.#held.get(event.lockId), 'a lock is freed once').toBe(event.token);
      this.#held.delete(event.lockId);
    }
  }
}

/** A thread without a message can't be; whom it concerns is told once, and direct messages concern their two members. */
function checkThread(state: CompanyState, thread: Thread): void {
  const { messages, participants, between, readMarks, last, note, state: now } = thread;
  expect(messages).toBeGreaterThan(0);
  expect(last).toBeLessThanOrEqual(state.seq);
  expect(new Set(participants).size).toBe(participants.length);
  expect(new Set(readMarks.map(({ memberId }) => memberId)).size).toBe(readMarks.length);
  expect(note === null).toBe(now === 'active');
  if (!between) return;
  expect([...participants].sort()).toEqual([...between].sort());
  for (const { memberId } of readMarks) expect(between).toContain(memberId);
}

/** Reviews are only for what waits now, and never for more slots than are open. */
function checkReviews(state: CompanyState): void {
  for (const gate of state.gates.values()) {
    const reviews = [...state.index.reviewsByGate.get(gate.id)].filter(
      (task) => task.state !== 'done' && task.state !== 'cancelled',
    );
    if (gate.state !== 'waiting') expect(reviews, gate.name).toEqual([]);
    for (const { roleId } of gate.rule.requires) {
      const open = openSlots(gate.rule.requires, gate.signOffs).filter((slot) => slot.roleId === roleId);
      const asked = reviews.filter(({ review }) => review?.roleId === roleId);
      expect(asked.length).toBeLessThanOrEqual(open.length);
      for (const { review } of asked) expect(review?.artifactHash).toBe(gate.artifactHash);
    }
  }
}
