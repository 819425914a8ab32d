/** Reads the text of an event, whichever version it is of, in the shape of today: nobody else knows what older ones lack. */
import type { CompanyEvent, EventOf } from './event.ts';

/** The `home` of a task came without a new version: to a program that does not know it, it is of no consequence. */
type WithoutHome<Event> = Omit<Event, 'home'> & { readonly home?: EventOf<'task.created'>['home'] };
type WithoutHostOf<Event, Field extends keyof Event> = Omit<Event, Field> & {
  readonly [Key in Field]: Omit<Event[Key], 'hostId'>;
};
type ChangedSince2 = 'task.created' | 'worker.started' | 'lock.acquired';
type Version2Event =
  | Exclude<CompanyEvent, { type: ChangedSince2 }>
  | WithoutHome<EventOf<'task.created'>>
  | WithoutHostOf<EventOf<'worker.started'>, 'worker'>
  | LockWithoutHost;

type LockAcquired = EventOf<'lock.acquired'>;
type LockWithoutHost = Omit<LockAcquired, 'lock'> & {
  readonly lock: WithoutHostOf<LockAcquired['lock'], 'holder'>;
};

type ChangedSince1 = 'task.created' | 'task.done';
type Version1Event =
  | Exclude<Version2Event, { type: ChangedSince1 }>
  | Omit<EventOf<'task.created'>, 'isReady' | 'home'>
  | Omit<EventOf<'task.done'>, 'submission'>;

/** @param version in which it was written: at most `eventVersion`, or it is not understood. @throws SyntaxError */
export function parseEvent(data: string, version: number): CompanyEvent {
  return inShapeOfToday(JSON.parse(data), version);
}

/** @param event as it was written in that version; the same one if it lacks nothing */
export function inShapeOfToday(event: unknown, version: number): CompanyEvent {
  if (version < 2) return fromVersion2(fromVersion1(event as Version1Event));
  return version < 3 ? fromVersion2(event as Version2Event) : (event as CompanyEvent);
}

/** A task was always created blocked, and what was handed in came by `task.submitted`. */
function fromVersion1(event: Version1Event): Version2Event {
  switch (event.type) {
    case 'task.created':
      return { ...event, isReady: false, home: null };
    case 'task.done':
      return { ...event, submission: null };
    default:
      return event;
  }
}

/** Versions 4 to 6 have events that the one before has not, and nothing that its events lack. There was but one host, or none that said so of itself. */
function fromVersion2(event: Version2Event): CompanyEvent {
  switch (event.type) {
    case 'task.created':
      return hasHome(event) ? event : { ...event, home: null };
    case 'worker.started':
      return { ...event, worker: { ...event.worker, hostId: null } };
    case 'lock.acquired':
      return { ...event, lock: { ...event.lock, holder: { ...event.lock.holder, hostId: null } } };
    default:
      return event;
  }
}

function hasHome(event: WithoutHome<EventOf<'task.created'>>): event is EventOf<'task.created'> {
  return event.home !== undefined;
}
