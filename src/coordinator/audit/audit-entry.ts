/** One entry of the audit: an event in words, with the rows that it changed. */
import type { AuditEntry, RowChange } from '../../contract/audit.ts';
import type { Budget } from '../../core/budget/budget.ts';
import { dollars, nameOfScope } from '../../core/budget/room.ts';
import type { CompanyEvent, StoredEvent } from '../../core/event.ts';
import type { CompanyState } from '../../core/state.ts';
import { hostWords, worthTelling } from './host-words.ts';
import { workerWords } from './worker-words.ts';

/** @param state as it is right after the event */
export function auditEntry(
  { seq, at, actor, event }: StoredEvent,
  changes: readonly RowChange[],
  state: CompanyState,
): AuditEntry {
  return {
    seq,
    at,
    actor: { id: actor, name: actor === null ? 'host' : nameOf(state, actor, changes) },
    type: event.type,
    what: whatHappened(event, changes, state),
    reason: reasonOf(event),
    changes: worthTelling(event, changes),
    event,
  };
}

/** Whoever has just left is known by their last row. */
function nameOf(state: CompanyState, id: string, changes: readonly RowChange[]): string {
  const row = state.members.get(id as never) ?? changes.find((change) => change.id === id)?.before;
  return labelOf(row ?? null) ?? id;
}

function whatHappened(event: CompanyEvent, changes: readonly RowChange[], state: CompanyState): string {
  if (event.type === 'command.refused') return `refused ${event.command}: ${event.code}`;
  if (event.type === 'decision.logged') return `decided ${event.kind}: ${event.context}`;
  if (event.type === 'session.opened') {
    const name = labelOf(state.members.get(event.memberId) ?? null) ?? event.memberId;
    return `session opened for ${name} by “${event.client}” (process ${event.pid})`;
  }
  if (event.type === 'budget.set') {
    const of = nameOfScope(state, event.scope);
    return event.budget === null
      ? `budget of ${of} lifted`
      : `budget of ${of} set: ${limitWords(event.budget)}`;
  }
  if (event.type === 'budget.warned') {
    const words = event.measure === 'money' ? dollars : (count: number) => `${count} tokens`;
    const percent = event.limit === 0 ? 100 : Math.floor((event.spent / event.limit) * 100);
    return `budget of ${nameOfScope(state, event.scope)} nearly used up: ${words(event.spent)} of ${words(event.limit)} (${percent} %)`;
  }
  const ofHost = hostWords(event, state) ?? workerWords(event, state);
  if (ofHost !== null) return ofHost;
  const words = event.type.replaceAll(/[._]/g, ' ');
  const label = mainLabel(changes, state);
  return label === null ? words : `${words}: ${label}`;
}

function limitWords({ money, tokens }: Budget): string {
  const limits = [
    ...(money === null ? [] : [dollars(money)]),
    ...(tokens === null ? [] : [`${tokens} tokens`]),
  ];
  return limits.join(' and ');
}

/** The first row with a title or a name; a worker is called by its agent's. */
function mainLabel(changes: readonly RowChange[], state: CompanyState): string | null {
  for (const { before, after } of changes) {
    const row = after ?? before;
    const label = labelOf(row);
    if (label !== null) return label;
    if (row && 'memberId' in row) return labelOf(state.members.get(row.memberId as never) ?? null);
  }
  return null;
}

function labelOf(row: object | null): string | null {
  if (row === null) return null;
  for (const field of ['title', 'name', 'scope'] as const) {
    const value = (row as Readonly<Record<string, unknown>>)[field];
    if (typeof value === 'string') return value;
  }
  return null;
}

/** Events call it `reason` or `note`; a sign-off and a rejection hold theirs one level down. */
function reasonOf(event: CompanyEvent): string | null {
  if (event.type === 'conflict.recorded') return event.conflict.refusal.message;
  const fields = event as unknown as Readonly<Record<string, unknown>>;
  for (const value of [fields['reason'], fields['note'], noteIn(fields['signOff']), noteIn(fields['note'])]) {
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

function noteIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'note' in value ? value.note : null;
}
