/** Finds what a command did in its receipt. */
import type { Receipt } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { EventOf, EventType } from '../core/event.ts';

export function eventIn<Type extends EventType>({ events }: Receipt, type: Type): EventOf<Type> {
  for (const { event } of events) if (event.type === type) return event as EventOf<Type>;
  throw new CoordError('INTERNAL', `The host answered with no event ${type}`);
}
