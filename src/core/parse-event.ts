/** Reads the text of an event, whichever version it is of, in the shape of today: nobody else knows what older ones lack. */
import type { CompanyEvent, EventOf } from './event.ts';

/** The `home` of a task came without a new version: to a program that does not know it, it is of no consequence. */
type WithoutHome<Event> = Omit<Event, 'home'> & { readonly home?: EventOf<'task.created'>['home'] };
type Version2Event = Exclude<CompanyEvent, { type: 'task.created' }> | WithoutHome<EventOf<'task.created'>>;

type ChangedSince1 = 'task.created' | 'task.done';
type Version1Event =
  | Exclude<CompanyEvent, { type: ChangedSince1 }>
  | Omit<EventOf<'task.created'>, 'isReady' | 'home'>
  | Omit<EventOf<'task.done'>, 'submission'>;

/** @param version in which it was written: at most `eventVersion`, or it is not understood. @throws SyntaxError */
export function parseEvent(data: string, version: number): CompanyEvent {
  return inShapeOfToday(JSON.parse(data), version);
}

/** @param event as it was written in that version; the same one if it lacks nothing */
export function inShapeOfToday(event: unknown, version: number): CompanyEvent {
  return version < 2 ? fromVersion1(event as Version1Event) : fromVersion2(event as Version2Event);
}

/** A task was always created blocked, and what was handed in came by `task.submitted`. */
function fromVersion1(event: Version1Event): CompanyEvent {
  switch (event.type) {
    case 'task.created':
      return { ...event, isReady: false, home: null };
    case 'task.done':
      return { ...event, submission: null };
    default:
      return event;
  }
}

function fromVersion2(event: Version2Event): CompanyEvent {
  if (event.type !== 'task.created') return event;
  return hasHome(event) ? event : { ...event, home: null };
}

function hasHome(event: WithoutHome<EventOf<'task.created'>>): event is EventOf<'task.created'> {
  return event.home !== undefined;
}
