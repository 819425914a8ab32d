/** The type of every event by name, and what a person may write for one or several of them. */
import type { EventType } from './event.ts';
import { nearestName } from './nearest-name.ts';

/** Compiles only while it has a line for every type there is. */
export const eventTypes: readonly EventType[] = Object.keys({
  'company.created': 0,
  'company.configured': 0,
  'company.template_merged': 0,
  'company.paused': 0,
  'company.stopped': 0,
  'company.resumed': 0,
  'role.defined': 0,
  'role.removed': 0,
  'department.added': 0,
  'department.changed': 0,
  'department.removed': 0,
  'team.added': 0,
  'team.changed': 0,
  'team.removed': 0,
  'member.added': 0,
  'member.changed': 0,
  'member.removed': 0,
  'member.paused': 0,
  'member.rested': 0,
  'member.resumed': 0,
  'workflow.defined': 0,
  'workflow.removed': 0,
  'epic.created': 0,
  'story.created': 0,
  'epic.routed': 0,
  'epic.started': 0,
  'epic.revised': 0,
  'epic.blocked': 0,
  'epic.unblocked': 0,
  'epic.completed': 0,
  'epic.cancelled': 0,
  'task.created': 0,
  'task.readied': 0,
  'task.held': 0,
  'task.claimed': 0,
  'task.lease_renewed': 0,
  'task.submitted': 0,
  'task.done': 0,
  'task.attempt_failed': 0,
  'task.failed': 0,
  'task.released': 0,
  'task.budget_awaited': 0,
  'task.asked': 0,
  'task.answered': 0,
  'task.divided': 0,
  'task.parts_awaited': 0,
  'task.returned': 0,
  'task.sent_back': 0,
  'task.merged': 0,
  'task.conflicted': 0,
  'task.retried': 0,
  'task.assigned': 0,
  'task.prioritized': 0,
  'task.cancelled': 0,
  'gate.created': 0,
  'approval.requested': 0,
  'gate.asked': 0,
  'gate.signed': 0,
  'gate.sign_off_voided': 0,
  'gate.opened': 0,
  'gate.rejected': 0,
  'gate.vetoed': 0,
  'gate.arbitrated': 0,
  'gate.escalated': 0,
  'gate.delegated': 0,
  'gate.set_aside': 0,
  'gate.taken_up': 0,
  'gate.withdrawn': 0,
  'gate.cancelled': 0,
  'thread.started': 0,
  'message.posted': 0,
  'thread.addressed': 0,
  'thread.waiting': 0,
  'thread.resolved': 0,
  'thread.reopened': 0,
  'thread.prioritized': 0,
  'thread.read': 0,
  'budget.set': 0,
  'budget.warned': 0,
  'usage.reserved': 0,
  'usage.settled': 0,
  'worker.started': 0,
  'worker.ready': 0,
  'worker.seen': 0,
  'worker.draining': 0,
  'worker.paused': 0,
  'worker.resumed': 0,
  'worker.hung': 0,
  'worker.stopped': 0,
  'worker.crashed': 0,
  'worker.requested': 0,
  'lock.acquired': 0,
  'lock.renewed': 0,
  'lock.released': 0,
  'host.joined': 0,
  'host.left': 0,
  'host.lost': 0,
  'host.cut_off': 0,
  'host.came_back': 0,
  'conflict.recorded': 0,
  'conflict.resolved': 0,
  'scaling.set': 0,
  'scaling.removed': 0,
  'scaling.changed': 0,
  'command.refused': 0,
  'decision.logged': 0,
  'session.opened': 0,
} satisfies Record<EventType, 0>) as EventType[];

/** `gate` and `gate.` stand for every event of gates. */
export function isOfType(type: string, wanted: string): boolean {
  return type === wanted || type.startsWith(wanted.endsWith('.') ? wanted : `${wanted}.`);
}

/** Null: there are such events. Else a clause, `did you mean …?`, or which types there are. */
export function insteadOfEventType(wanted: string): string | null {
  return eventTypes.some((type) => isOfType(type, wanted)) ? null : remedy(wanted);
}

function remedy(wanted: string): string {
  const kind = wanted.slice(0, wanted.indexOf('.') + 1);
  const ofKind = eventTypes.filter((type) => kind !== '' && type.startsWith(kind));
  const kinds = [...new Set(eventTypes.map((type) => type.slice(0, type.indexOf('.'))))];
  const nearest = nearestName(wanted, [...(ofKind.length > 0 ? ofKind : eventTypes), ...kinds]);
  if (nearest !== null) return `did you mean \`${nearest}\`?`;
  return ofKind.length > 0
    ? `there are ${quoted(ofKind)}`
    : `there are ${quoted(kinds)}, each for all of its kind, and single ones such as \`gate.signed\``;
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
