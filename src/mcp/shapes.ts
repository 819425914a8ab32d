/** What tools and resources answer with: things of the company as a model reads them, names beside ids. */
import { z } from 'zod';
import type { Session } from '../client/session.ts';
import type { EpicView, GateView, TaskBrief, TaskView, ThreadView } from '../contract/queries.ts';
import type { MemberId } from '../core/ids.ts';
import type { FileLock } from '../core/lock/lock.ts';
import type { Artifact, Task } from '../core/task/task.ts';

const id = z.string();
const name = z.string();
const instant = z.string().describe('ISO 8601, UTC');

export const artifactShape = z.object({
  path: z.string(),
  hash: z.string().describe('SHA-256; read_artifact takes it'),
  bytes: z.number(),
});

export const taskShape = z.object({
  id,
  title: z.string(),
  kind: z.enum(['step', 'review', 'single']),
  state: z.enum(['blocked', 'ready', 'leased', 'awaiting_gate', 'done', 'failed', 'cancelled']),
  role: z.string().nullable().describe('who may take it: this role, or one that inherits it; null: anybody'),
  priority: z.string(),
  tags: z.array(z.string()),
  epic_id: id.nullable(),
  worked_on_by: name.nullable(),
  kept_for: name.nullable(),
  waiting_because: z.string().nullable(),
  attempts: z.number(),
});

export const gateShape = z.object({
  id,
  name: z.string(),
  state: z.enum(['pending', 'waiting', 'open', 'rejected', 'vetoed', 'cancelled']),
  epic: z.string().nullable(),
  task: z.string().nullable(),
  artifact_hash: z.string().nullable().describe('what a signature is given for; sign_gate needs it'),
  artifacts: z.array(artifactShape.extend({ from: z.string() })),
  slots: z.array(
    z.object({ role: z.string(), signed_by: name.nullable(), note: z.string(), could_sign: z.array(name) }),
  ),
  needs_human: z.boolean(),
  you_could_sign: z.boolean(),
  refusal: z.string().nullable(),
});

export const epicShape = z.object({
  id,
  title: z.string(),
  workflow: z.string(),
  state: z.enum(['pending', 'in_progress', 'blocked', 'completed', 'cancelled']),
  progress: z.number().describe('from 0 to 1'),
  tasks_done: z.number(),
  tasks_total: z.number(),
  waiting_because: z.string().nullable(),
});

export const lockShape = z.object({
  id,
  scope: z.string(),
  held_by: name,
  intent: z.string(),
  until: instant,
});

export const threadShape = z.object({
  id,
  title: z.string(),
  state: z.enum(['active', 'waiting', 'resolved']),
  priority: z.string(),
  messages: z.number(),
  last_by: name,
  last_at: instant,
  unread: z.number().nullable(),
});

export const briefShape = taskShape.extend({
  description: z.string(),
  checks: z.array(z.string()).describe('commands whose success is expected'),
  epic: z.object({ id, title: z.string(), description: z.string() }).nullable(),
  story: z.string().nullable(),
  inputs: z
    .array(z.object({ from: z.string(), artifacts: z.array(artifactShape) }))
    .describe('what the tasks before it handed in'),
  sent_back: z
    .array(z.object({ gate: z.string(), by: name.nullable(), note: z.string() }))
    .describe('why earlier results were refused, oldest first: heed every note'),
  review_of: gateShape.nullable().describe('for a review: the gate to judge; answer with answer_review'),
});

/** The members by id, as they are called now. */
export class Names {
  readonly #names: ReadonlyMap<MemberId, string>;

  private constructor(names: ReadonlyMap<MemberId, string>) {
    this.#names = names;
  }

  static async of(session: Pick<Session, 'query'>): Promise<Names> {
    const members = await session.query('members', {});
    return new Names(new Map(members.map(({ member }) => [member.id, member.name])));
  }

  /** The id of somebody who has left. */
  of(memberId: MemberId): string {
    return this.#names.get(memberId) ?? memberId;
  }
}

export const iso = (at: number): string => new Date(at).toISOString();

export const artifactOf = ({ path, hash, bytes }: Artifact): z.input<typeof artifactShape> => ({
  path,
  hash,
  bytes,
});

export function taskOf({ task, waitingBecause }: Pick<TaskView, 'task' | 'waitingBecause'>, names: Names) {
  return {
    id: task.id,
    title: task.title,
    kind: task.kind,
    state: task.state,
    role: task.roleId,
    priority: task.priority,
    tags: [...task.tags],
    epic_id: task.epicId,
    worked_on_by: task.lease && names.of(task.lease.memberId),
    kept_for: task.reserved && task.assigneeId !== null ? names.of(task.assigneeId) : null,
    waiting_because: waitingBecause,
    attempts: task.attempts.length,
  };
}

export function briefOf(
  brief: TaskBrief,
  view: { waitingBecause: string | null },
  names: Names,
  me: MemberId,
) {
  const { task, epic, story, inputs, notes, review } = brief;
  return {
    ...taskOf({ task, waitingBecause: view.waitingBecause }, names),
    description: task.description,
    checks: [...task.checks],
    epic: epic && { id: epic.id, title: epic.title, description: epic.description },
    story: story?.title ?? null,
    inputs: inputs.map(({ title, artifacts }) => ({ from: title, artifacts: artifacts.map(artifactOf) })),
    sent_back: notes.map(({ gateName, by, note }) => ({ gate: gateName, by: by && names.of(by), note })),
    review_of: review && gateOf(review, names, me),
  };
}

export function gateOf(
  { gate, epic, task, slots, artifacts, needsHuman }: GateView,
  names: Names,
  me: MemberId,
) {
  return {
    id: gate.id,
    name: gate.name,
    state: gate.state,
    epic: epic?.title ?? null,
    task: task?.title ?? null,
    artifact_hash: gate.artifactHash,
    artifacts: artifacts.map((artifact) => ({ ...artifactOf(artifact), from: artifact.from })),
    slots: slots.map(({ roleId, signOff, entitled }) => ({
      role: roleId,
      signed_by: signOff && names.of(signOff.memberId),
      note: signOff?.note ?? '',
      could_sign: entitled.map((member) => member.name),
    })),
    needs_human: needsHuman,
    you_could_sign: slots.some(
      ({ signOff, entitled }) => signOff === null && entitled.some((member) => member.id === me),
    ),
    refusal: gate.refusal?.note ?? null,
  };
}

export function epicOf({ epic, progress, done, total, waitingBecause }: EpicView) {
  return {
    id: epic.id,
    title: epic.title,
    workflow: epic.workflow.name,
    state: epic.state,
    progress,
    tasks_done: done,
    tasks_total: total,
    waiting_because: epic.reason ?? waitingBecause,
  };
}

export function lockOf({ id, scope, holder, intent, until }: FileLock, names: Names) {
  return { id, scope, held_by: names.of(holder.memberId), intent, until: iso(until) };
}

export function threadOf({ thread, title, unread }: ThreadView, names: Names) {
  return {
    id: thread.id,
    title,
    state: thread.state,
    priority: thread.priority,
    messages: thread.messages,
    last_by: names.of(thread.lastBy),
    last_at: iso(thread.lastAt),
    unread,
  };
}

/** The artifacts that a task has handed in. */
export const handedIn = ({ submission }: Task): readonly Artifact[] => submission?.artifacts ?? [];
