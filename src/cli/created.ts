/** The id of what a command has just created, out of its events. */
import type { Receipt } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { EventOf, EventType } from '../core/event.ts';
import type { EpicId, GateId, TaskId } from '../core/ids.ts';

export const createdEpicId = (receipt: Receipt): EpicId => find(receipt, 'epic.created').epic.id;
export const createdTaskId = (receipt: Receipt): TaskId => find(receipt, 'task.created').task.id;
export const requestedApprovalId = (receipt: Receipt): GateId => find(receipt, 'approval.requested').gate.id;

function find<Type extends EventType>({ events }: Receipt, type: Type): EventOf<Type> {
  for (const { event } of events) if (event.type === type) return event as EventOf<Type>;
  throw new CoordError('INTERNAL', `The host took the command but its receipt has no ${type} event.`);
}
