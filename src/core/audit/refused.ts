/** Which refusals are worth knowing later, and what is recorded of them. */
import type { CoordError, ErrorCode } from '../error.ts';
import type { AuditEvent } from './audit-events.ts';

/** Somebody reached for what was not theirs. Any other refusal is only a mistake, or bad timing. */
const worthKnowing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'APPROVAL_REFUSED',
  'FORBIDDEN',
  'LEASE_LOST',
  'LOCK_LOST',
  'NOT_DISTINCT',
  'NOT_ENTITLED',
  'NOT_IN_PERSON',
  'NOT_LINKED',
  'NOT_LOCKED',
  'PATH_OUTSIDE',
  'SELF_APPROVAL',
  'SESSION_INVALID',
]);

const longestReason = 1_000;
/** Nobody has checked the type of a command that came by a withdrawn session. */
const longestName = 60;

export function isWorthKnowing({ code }: CoordError): boolean {
  return worthKnowing.has(code);
}

/** @param asked the command, or a call that is none, by its name */
export function refusedEvent(
  asked: { readonly type: string },
  { code, message }: CoordError,
  unrecorded: number,
): AuditEvent {
  return {
    type: 'command.refused',
    command: asked.type.slice(0, longestName),
    code,
    reason: message.slice(0, longestReason),
    objects: idsIn(asked),
    unrecorded,
  };
}

/** `taskId: 'task_…'` and the like. */
function idsIn(asked: object): string[] {
  return Object.entries(asked)
    .filter(([key, value]) => key.endsWith('Id') && typeof value === 'string')
    .map(([, value]) => String(value));
}
