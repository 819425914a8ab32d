/** What happened to hosts and conflicts, in words. */
import type { RowChange } from '../../contract/audit.ts';
import type { KeptActor } from '../../core/conflict/conflict.ts';
import type { CompanyEvent } from '../../core/event.ts';
import { hostName } from '../../core/host/among-hosts.ts';
import type { CompanyState } from '../../core/state.ts';

/** Null: it is about something else. */
export function hostWords(event: CompanyEvent, state: CompanyState): string | null {
  switch (event.type) {
    case 'host.joined':
      return `host ${event.name} joined`;
    case 'host.left':
      return `host ${hostName(state, event.hostId)} left the company`;
    case 'host.lost': {
      const to = event.adoptedBy === null ? 'no host in particular' : hostName(state, event.adoptedBy);
      return `host ${hostName(state, event.hostId)} lost: its tasks go to ${to}`;
    }
    case 'host.cut_off':
      return `host ${hostName(state, event.hostId)} cut off: it goes on by itself`;
    case 'host.came_back':
      return `host ${hostName(state, event.hostId)} is back: what it did by itself stands in the log`;
    case 'conflict.recorded': {
      const { hostId, actor, command } = event.conflict;
      return `conflict at ${hostName(state, hostId)}: ${command.type} of ${nameOf(state, actor)} did not fit any more`;
    }
    case 'conflict.resolved': {
      const conflict = state.conflicts.get(event.conflictId);
      const what = conflict?.command.type ?? event.conflictId;
      return event.how === 'reapplied'
        ? `conflict resolved: ${what} applied again`
        : `conflict ${event.how}: ${what}`;
    }
    default:
      return null;
  }
}

function nameOf({ members }: CompanyState, actor: KeptActor): string {
  return actor.kind === 'host' ? 'the host' : (members.get(actor.memberId)?.name ?? actor.memberId);
}

/** A host that goes changes the home of each of its tasks, perhaps of 20,000: where to, the event says. */
export function worthTelling(event: CompanyEvent, changes: readonly RowChange[]): readonly RowChange[] {
  if (event.type !== 'host.lost' && event.type !== 'host.left') return changes;
  return changes.filter(({ table }) => table !== 'tasks');
}
