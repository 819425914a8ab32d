/** A command that was kept, in words: what it asks for, of what, and each thing that it says. */
import { authorizationRules } from '../../core/authorization-rules.ts';
import type { CommandType } from '../../core/command.ts';
import type { KeptCommand } from '../../core/conflict/conflict.ts';
import type { EpicId, GateId, MemberId, TaskId, ThreadId, WorkerId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';

export interface Subject {
  readonly title: string;
  /** Where it is shown; null: nowhere. */
  readonly href: string | null;
}

/** `Change the priority of a task`; of a type that this program does not know, the type. */
export function commandWords({ type }: KeptCommand): string {
  if (!isKnown(type)) return type;
  const { doing } = authorizationRules[type];
  return doing.charAt(0).toUpperCase() + doing.slice(1);
}

/** What the command is about, by its name; null: nothing that has one. */
export function commandSubject(state: CompanyState, command: KeptCommand): Subject | null {
  for (const [field, find] of Object.entries(subjects)) {
    const id = command[field];
    const subject = typeof id === 'string' ? find(state, id) : null;
    if (subject) return subject;
  }
  // What it makes has no row here: it goes by the name that it was given.
  const named = [command, ...Object.values(command)].flatMap((part) => nameIn(part)).at(0);
  return named === undefined ? null : { title: named, href: null };
}

function nameIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  const { title, name } = part as { title?: unknown; name?: unknown };
  return [title, name].filter((value) => typeof value === 'string');
}

export interface CommandField {
  readonly name: string;
  readonly value: string;
}

/** All that it says beside its type, in the words of people: what is nested goes by the names of both. */
export function commandFields(state: CompanyState, { type: _, ...says }: KeptCommand): CommandField[] {
  return Object.entries(says).flatMap(([name, value]) => {
    const isNested = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isNested) return fieldOf(state, name, value);
    const within = Object.entries(value).flatMap(([part, inner]) => fieldOf(state, part, inner));
    return within.map((field) => ({ ...field, name: `${fieldWords(name)} ${field.name}` }));
  });
}

function fieldOf(state: CompanyState, name: string, value: unknown): CommandField[] {
  const isEmpty = value === null || value === undefined || value === '' || isEmptyList(value);
  return isEmpty ? [] : [{ name: fieldWords(name), value: valueWords(state, name, value) }];
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** What tells the subject of a command, the narrowest first. */
const subjects: Readonly<Record<string, (state: CompanyState, id: string) => Subject | null>> = {
  taskId: ({ tasks }, id) => at(tasks.get(id as TaskId)?.title, `/board/${id}`),
  gateId: ({ gates }, id) => at(gates.get(id as GateId)?.name, `/gates/${id}`),
  epicId: ({ epics }, id) => at(epics.get(id as EpicId)?.title, `/board/${id}`),
  threadId: ({ threads }, id) => at(threads.get(id as ThreadId)?.title, null),
  workerId: ({ workers, members }, id) => {
    const worker = workers.get(id as WorkerId);
    return at(worker && members.get(worker.memberId)?.name, `/workers/${id}`);
  },
  memberId: ({ members }, id) => at(members.get(id as MemberId)?.name, null),
};

function at(title: string | null | undefined, href: string | null): Subject | null {
  return title ? { title, href } : null;
}

function isKnown(type: string): type is CommandType {
  return Object.hasOwn(authorizationRules, type);
}

/** `artifactHash` → `artifact hash`, `max_concurrent` → `max concurrent`, `taskId` → `task`. */
function fieldWords(name: string): string {
  return name
    .replace(/Id$/, '')
    .replaceAll('_', ' ')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
}

function valueWords(state: CompanyState, name: string, value: unknown): string {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ');
  if (typeof value !== 'string') return JSON.stringify(value);
  return subjects[name]?.(state, value)?.title ?? value;
}
