/** Folds events into spans: an epic, its tasks, their attempts, and the calls, checks and gates within. Pure. */
import { z } from 'zod';
import type { Reservation } from '../../core/budget/budget.ts';
import type { CompanyEvent, EventOf, StoredEvent } from '../../core/event.ts';
import type { Gate } from '../../core/gate/gate.ts';
import type { GateId, TaskId } from '../../core/ids.ts';
import type { NewTask } from '../../core/task/task-events.ts';
import type { EpochMs } from '../../core/units.ts';
import type { EndedSpan, OpenSpan, SpanAttributes } from './span.ts';
import { openSpanSchema, spanIdOf, traceIdOf } from './span.ts';

/** What is under way, by the id of what it is about; kept between two starts. */
export const trackedSchema = z.record(z.string(), openSpanSchema);
export type Tracked = z.output<typeof trackedSchema>;

const longestName = 100;
/** A gate that is asked again and again would grow without end. */
const mostEvents = 100;

type Where = Pick<OpenSpan, 'traceId' | 'parentId'>;

export class SpanTracker {
  readonly #open: Map<string, OpenSpan>;

  constructor(tracked: Tracked = {}) {
    this.#open = new Map(Object.entries(tracked));
  }

  /** What is under way, to go on from after a restart. */
  get tracked(): Tracked {
    return Object.fromEntries(this.#open);
  }

  /** @returns the spans that ended with it */
  see({ event, at, seq }: StoredEvent): readonly EndedSpan[] {
    switch (event.type) {
      case 'epic.created':
        return this.#begin(event.epic.id, 'epic', event.epic.title, at, epicPlace(event.epic.id), {
          'agentcoord.epic.id': event.epic.id,
          'agentcoord.workflow': event.epic.workflow.name,
        });
      case 'epic.completed':
        return this.#end(event.epicId, at, { 'agentcoord.outcome': 'completed' });
      case 'epic.cancelled':
        return this.#end(event.epicId, at, { 'agentcoord.outcome': 'cancelled' }, event.reason);
      case 'task.created':
        return this.beginTask(event.task, at);
      case 'task.claimed':
        return this.beginAttempt(event.taskId, event.token ?? seq, at, {
          'agentcoord.member.id': event.memberId,
          ...(event.workerId !== null && { 'agentcoord.worker.id': event.workerId }),
        });
      case 'usage.settled':
        return this.#modelCall(event, at);
      case 'gate.created':
        return this.#note(event.gate.id, event.gate);
      case 'approval.requested':
        return this.#note(event.gate.id, { ...event.gate, epicId: null, taskId: null });
      case 'gate.asked':
        return this.beginGate(event.gateId, at, seq);
      case 'gate.signed':
        return this.#mark(`gate ${event.gateId}`, 'signed', at, { 'agentcoord.role': event.signOff.roleId });
      case 'gate.escalated':
        return this.#mark(`gate ${event.gateId}`, 'escalated', at, { 'agentcoord.role': event.to });
      case 'gate.arbitrated':
        return this.#mark(`gate ${event.gateId}`, `arbitrated: ${event.ruling}`, at, {});
      default:
        return this.#endings(event, at);
    }
  }

  beginTask(task: Pick<NewTask, 'id' | 'title' | 'epicId' | 'kind' | 'review' | 'roleId'>, at: EpochMs) {
    const { id, epicId, kind, review } = task;
    const gate = review ? this.#open.get(`gate ${review.gateId}`) : undefined;
    const own = { traceId: traceIdOf(epicId ?? id), parentId: epicId && spanIdOf('epic', epicId) };
    const where = gate ? { traceId: gate.traceId, parentId: gate.spanId } : own;
    return this.#begin(id, 'task', task.title, at, where, {
      'agentcoord.task.id': id,
      'agentcoord.task.kind': kind,
      ...(task.roleId !== null && { 'agentcoord.role': task.roleId }),
    });
  }

  beginAttempt(taskId: TaskId, token: number, at: EpochMs, attributes: SpanAttributes) {
    const task = this.#open.get(taskId);
    const where = { traceId: task?.traceId ?? traceIdOf(taskId), parentId: spanIdOf('task', taskId) };
    const key = attemptKey(taskId);
    // It lost its lease without a word of its own.
    const before = this.#end(key, at, { 'agentcoord.outcome': 'taken over' }, 'another attempt began');
    const name = named('attempt', task ? task.name.slice('task: '.length) : '');
    const spanId = spanIdOf('attempt', `${taskId} ${token}`);
    this.#open.set(key, {
      ...where,
      spanId,
      name,
      start: at,
      attributes: { 'agentcoord.task.id': taskId, ...attributes },
      events: [],
    });
    return before;
  }

  /** @param seq of what asked: a gate may be asked again */
  beginGate(gateId: GateId, at: EpochMs, seq: number): readonly EndedSpan[] {
    const note = this.#open.get(noteKey(gateId));
    if (!note) return [];
    const { traceId, parentId, name, attributes } = note;
    const before = this.#end(`gate ${gateId}`, at, { 'agentcoord.outcome': 'asked again' });
    const spanId = spanIdOf('gate', `${gateId} ${seq}`);
    this.#open.set(`gate ${gateId}`, { traceId, parentId, spanId, name, start: at, attributes, events: [] });
    return before;
  }

  noteGate(gate: Pick<Gate, 'id' | 'name' | 'epicId' | 'taskId'>): void {
    this.#note(gate.id, gate);
  }

  #endings(event: CompanyEvent, at: EpochMs): readonly EndedSpan[] {
    switch (event.type) {
      case 'task.submitted':
        return this.#endAttempt(event.taskId, at, 'submitted', event.submission);
      case 'task.done':
        return [
          ...this.#endAttempt(event.taskId, at, 'submitted', event.submission),
          ...this.#end(event.taskId, at, { 'agentcoord.outcome': 'done' }),
        ];
      case 'task.attempt_failed':
        return this.#endAttempt(event.taskId, at, event.outcome, null, event.reason);
      case 'task.failed':
        return [
          ...this.#endAttempt(event.taskId, at, event.outcome, null, event.reason),
          ...this.#end(event.taskId, at, { 'agentcoord.outcome': 'failed' }, event.reason),
        ];
      case 'task.cancelled':
        return [
          ...this.#endAttempt(event.taskId, at, 'cancelled', null, event.reason),
          ...this.#end(event.taskId, at, { 'agentcoord.outcome': 'cancelled' }, event.reason),
        ];
      case 'task.released':
        return this.#endAttempt(event.taskId, at, 'released', null, event.reason);
      case 'task.budget_awaited':
        return this.#endAttempt(event.taskId, at, 'waits for budget', null);
      case 'task.asked':
        return this.#endAttempt(event.taskId, at, 'waits for an answer', null);
      case 'task.parts_awaited':
        return this.#endAttempt(event.taskId, at, 'waits for its parts', null);
      case 'task.sent_back':
      case 'task.conflicted':
        return this.#mark(event.taskId, event.type, at, { 'agentcoord.gate': event.note.gateName });
      case 'gate.opened':
        return this.#end(`gate ${event.gateId}`, at, { 'agentcoord.outcome': 'open' });
      case 'gate.rejected':
        return this.#end(`gate ${event.gateId}`, at, { 'agentcoord.outcome': 'rejected' });
      case 'gate.vetoed':
        return this.#mark(`gate ${event.gateId}`, 'vetoed', at, {});
      case 'gate.withdrawn':
        return this.#end(`gate ${event.gateId}`, at, { 'agentcoord.outcome': 'withdrawn' });
      case 'gate.cancelled':
        this.#open.delete(noteKey(event.gateId));
        return this.#end(`gate ${event.gateId}`, at, { 'agentcoord.outcome': 'cancelled' });
      default:
        return [];
    }
  }

  #begin(
    key: string,
    kind: 'epic' | 'task',
    title: string,
    start: EpochMs,
    where: Where,
    attributes: SpanAttributes,
  ): readonly EndedSpan[] {
    const spanId = spanIdOf(kind, key);
    this.#open.set(key, { ...where, spanId, name: named(kind, title), start, attributes, events: [] });
    return [];
  }

  /** Of a gate that may be asked: where it will stand. */
  #note(gateId: GateId, { name, epicId, taskId }: Pick<Gate, 'name' | 'epicId' | 'taskId'>) {
    const parentId = taskId ? spanIdOf('task', taskId) : epicId && spanIdOf('epic', epicId);
    const attributes = { 'agentcoord.gate.id': gateId };
    const traceId = traceIdOf(epicId ?? taskId ?? gateId);
    const place = { traceId, parentId, spanId: '', name: named('gate', name), attributes, events: [] };
    this.#open.set(noteKey(gateId), { ...place, start: 0 as EpochMs });
    return [];
  }

  #mark(key: string, name: string, at: EpochMs, attributes: SpanAttributes): readonly EndedSpan[] {
    const span = this.#open.get(key);
    if (span && span.events.length < mostEvents) {
      this.#open.set(key, { ...span, events: [...span.events, { name, at, attributes }] });
    }
    return [];
  }

  #endAttempt(
    taskId: TaskId,
    at: EpochMs,
    outcome: string,
    submission: EventOf<'task.done'>['submission'],
    failedBecause: string | null = null,
  ): readonly EndedSpan[] {
    const ended = this.#end(attemptKey(taskId), at, { 'agentcoord.outcome': outcome }, failedBecause);
    const [attempt] = ended;
    const checks = submission?.proof?.checks ?? [];
    if (!attempt) return ended;
    // They ran one after the other, up to the moment in which it was handed in.
    let end = at;
    const spans = checks.toReversed().map((check, i): EndedSpan => {
      const start = Math.max(attempt.start, end - check.took) as EpochMs;
      const span = {
        ...{ traceId: attempt.traceId, parentId: attempt.spanId, start, end, events: [] },
        spanId: spanIdOf('check', `${attempt.spanId} ${i}`),
        name: named('command', check.command),
        attributes: { 'process.exit.code': check.exitCode ?? -1 },
        failedBecause: check.exitCode === 0 ? null : `exit code ${check.exitCode ?? 'none'}`,
      };
      end = start;
      return span;
    });
    return [...ended, ...spans];
  }

  #modelCall({ reservation, tokensIn, tokensOut, money, because }: EventOf<'usage.settled'>, at: EpochMs) {
    const { id, taskId, token, epicId, model }: Reservation = reservation;
    const span: EndedSpan = {
      traceId: this.#open.get(taskId)?.traceId ?? traceIdOf(epicId ?? taskId),
      spanId: spanIdOf('model call', id),
      parentId: spanIdOf('attempt', `${taskId} ${token}`),
      name: named('chat', model),
      start: reservation.at,
      end: at,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': model,
        'gen_ai.usage.input_tokens': tokensIn,
        'gen_ai.usage.output_tokens': tokensOut,
        'agentcoord.cost_usd': money / 1_000_000,
      },
      events: [],
      failedBecause: because === 'lease_ended' ? 'its lease ended before it was settled' : null,
    };
    return [span];
  }

  #end(
    key: string,
    end: EpochMs,
    attributes: SpanAttributes,
    failedBecause: string | null = null,
  ): readonly EndedSpan[] {
    const span = this.#open.get(key);
    if (!span) return [];
    this.#open.delete(key);
    return [{ ...span, attributes: { ...span.attributes, ...attributes }, end, failedBecause }];
  }
}

const epicPlace = (id: string): Where => ({ traceId: traceIdOf(id), parentId: null });
const attemptKey = (taskId: TaskId): string => `attempt ${taskId}`;
const noteKey = (gateId: GateId): string => `note ${gateId}`;
const named = (kind: string, title: string): string => `${kind}: ${title}`.slice(0, longestName);
