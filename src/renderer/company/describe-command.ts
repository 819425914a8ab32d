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
  const named = [command['title'], command['name']].find((name) => typeof name === 'string');
  return named === undefined ? null : { title: named, href: null };
}

export interface CommandField {
  readonly name: string;
  readonly value: string;
}

/** All that it says beside its type, in the words of people; what has no name is told as JSON. */
export function commandFields(state: CompanyState, command: KeptCommand): CommandField[] {
  return Object.entries(command)
    .filter(([name, value]) => name !== 'type' && value !== null && value !== undefined && value !== '')
    .map(([name, value]) => ({ name: fieldWords(name), value: valueWords(state, name, value) }));
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

/** `artifactHash` → `artifact hash`, `taskId` → `task`. */
function fieldWords(name: string): string {
  return name
    .replace(/Id$/, '')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
}

function valueWords(state: CompanyState, name: string, value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return subjects[name]?.(state, value)?.title ?? value;
}
