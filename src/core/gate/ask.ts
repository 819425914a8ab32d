/** Asks the gates around a task: those after it when it was handed in, those before it when it could start. */
import type { Context } from '../context.ts';
import type { CompanyEvent } from '../event.ts';
import type { ArtifactHash, GateId, MemberId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import { isDelivered } from '../task/delivered.ts';
import { isParked } from '../task/questions.ts';
import { submissionHash } from '../task/submission.ts';
import type { Task } from '../task/task.ts';
import type { EpochMs } from '../units.ts';
import { addMs } from '../units.ts';
import { stillCounts } from './evolve-gate.ts';
import type { Gate } from './gate.ts';
import { gatedTask } from './gated-work.ts';

/** What a gate is asked about, and who made it. */
interface Subject {
  readonly artifactHash: ArtifactHash;
  readonly authors: readonly MemberId[];
}

/** What was handed in goes to every gate that isn't open for it already; if all are, the task is done. */
export function askGatesAfter(state: CompanyState, task: Task, { now }: Context): CompanyEvent[] {
  const { submission } = task;
  if (!submission) return [];
  const subject = { artifactHash: submission.hash, authors: authorsOf(task) };
  const shut = gatesOf(state, task.gatesAfter).filter((gate) => !isOpenFor(gate, subject));
  if (shut.length === 0) return [{ type: 'task.done', taskId: task.id, submission: null }];
  return ask(shut, subject, now);
}

/** A blocked step whose dependencies are all done: its gates are asked about their results; if none is, it is ready. */
export function askGatesBefore(state: CompanyState, task: Task, context: Context): CompanyEvent[] {
  if (!canStart(state, task)) return [];
  const subject = inputsOf(state, task, context);
  const shut = gatesOf(state, task.gatesBefore).filter((gate) => !isOpenFor(gate, subject));
  if (shut.length === 0) return [{ type: 'task.readied', taskId: task.id }];
  return ask(shut, subject, context.now);
}

/** A gate opened: its task goes on if it was the last one. */
export function passGate(state: CompanyState, gate: Gate, context: Context): CompanyEvent[] {
  const task = gatedTask(state, gate);
  if (!task) return [];
  const allOpen = (ids: readonly GateId[], subject: Subject) =>
    gatesOf(state, ids).every((other) => isOpenFor(other, subject));
  if (gate.rule.position === 'before') {
    const passed = canStart(state, task) && allOpen(task.gatesBefore, inputsOf(state, task, context));
    return passed ? [{ type: 'task.readied', taskId: task.id }] : [];
  }
  if (task.state !== 'awaiting_gate' || !task.submission) return [];
  const subject = { artifactHash: task.submission.hash, authors: authorsOf(task) };
  const passed = allOpen(task.gatesAfter, subject);
  return passed ? [{ type: 'task.done', taskId: task.id, submission: null }] : [];
}

/** An approval outside workflows is asked again about what it was asked about before. */
export function askAgain(gate: Gate, { now }: Context): CompanyEvent[] {
  const { artifactHash, authors } = gate;
  return artifactHash === null ? [] : ask([gate], { artifactHash, authors }, now);
}

/** Nothing but its gates and its turn holds it back. */
export function canStart(state: CompanyState, task: Task): boolean {
  // What waits for another attempt, for its budget, an answer or its parts has begun: its gates have been passed.
  if (task.state !== 'blocked' || task.retryAt !== null || task.awaitsBudget !== null) return false;
  if (isParked(task)) return false;
  return isFed(state, task);
}

/** It is fed, and every gate before it is open for just that. */
export function mayBegin(state: CompanyState, task: Task, context: Context): boolean {
  if (!isFed(state, task)) return false;
  if (task.gatesBefore.length === 0) return true;
  const subject = inputsOf(state, task, context);
  return gatesOf(state, task.gatesBefore).every((gate) => isOpenFor(gate, subject));
}

/** What it builds on is there. */
export function isFed(state: CompanyState, { dependsOn }: Pick<Task, 'dependsOn'>): boolean {
  return dependsOn.every((id) => isDelivered(state.tasks.get(id)));
}

/** Everybody who ever handed it in: whoever wrote a part of it may not approve what another made of it. */
export function authorsOf({ submission, attempts }: Task): MemberId[] {
  const earlier = attempts.filter(({ outcome }) => outcome === 'submitted').map(({ memberId }) => memberId);
  return [...new Set([...(submission ? [submission.memberId] : []), ...earlier])];
}

export function gatesOf(state: CompanyState, ids: readonly GateId[]): Gate[] {
  return ids.flatMap((id) => state.gates.get(id) ?? []);
}

/** A vetoed gate is left alone: only an arbiter moves it. */
function ask(gates: readonly Gate[], { artifactHash, authors }: Subject, now: EpochMs): CompanyEvent[] {
  return gates
    .filter((gate) => gate.state !== 'vetoed')
    .map(({ id, rule }) => ({
      type: 'gate.asked',
      gateId: id,
      artifactHash,
      authors,
      deadline: rule.timeout === null ? null : addMs(now, rule.timeout),
    }));
}

function isOpenFor(gate: Gate, subject: Subject): boolean {
  if (gate.state !== 'open' || gate.artifactHash !== subject.artifactHash) return false;
  return gate.signOffs.every((signOff) => stillCounts(signOff, gate, subject));
}

/** The results of the tasks it depends on; of a first step, the text of the epic. */
function inputsOf(state: CompanyState, task: Task, { sha256 }: Context): Subject {
  if (task.dependsOn.length === 0) {
    const epic = task.epicId && state.epics.get(task.epicId);
    return { artifactHash: sha256(epic ? `${epic.title}\n${epic.description}` : ''), authors: [] };
  }
  const dependencies = task.dependsOn.flatMap((id) => state.tasks.get(id) ?? []);
  const submissions = dependencies.flatMap(({ submission }) => submission ?? []);
  return {
    artifactHash: submissionHash(
      submissions.flatMap(({ artifacts }) => artifacts),
      sha256,
    ),
    authors: [...new Set(dependencies.flatMap(authorsOf))],
  };
}
