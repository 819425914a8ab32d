/** Every event there is, and the envelope in which the log keeps it. */

import type { AuditEvent } from './audit/audit-events.ts';
import type { BoardEvent } from './board/board-events.ts';
import type { BudgetEvent } from './budget/budget-events.ts';
import type { ConflictEvent } from './conflict/conflict-events.ts';
import type { EpicEvent } from './epic/epic-events.ts';
import type { GateEvent } from './gate/gate-events.ts';
import type { HostEvent } from './host/host-events.ts';
import type { MemberId, Seq } from './ids.ts';
import type { LockEvent } from './lock/lock-events.ts';
import type { OrgEvent } from './org/org-events.ts';
import type { ScalingEvent } from './scaling/scaling-events.ts';
import type { TaskEvent } from './task/task-events.ts';
import type { EpochMs } from './units.ts';
import type { WorkerEvent, WorkersAsked } from './worker/worker-events.ts';
import type { WorkflowEvent } from './workflow/workflow-events.ts';

export type CompanyEvent =
  | OrgEvent
  | WorkflowEvent
  | EpicEvent
  | TaskEvent
  | GateEvent
  | WorkerEvent
  | BudgetEvent
  | LockEvent
  | AuditEvent
  | BoardEvent
  | HostEvent
  | ConflictEvent
  | ScalingEvent
  | WorkersAsked;
export type EventType = CompanyEvent['type'];
export type EventOf<Type extends EventType> = Extract<CompanyEvent, { type: Type }>;

/**
 * The version of the events that this program writes; a newer one is not read, and an older one gets the shape of today
 * by `parseEvent`. Whoever raises it raises `stateVersion`, too.
 */
export const eventVersion = 6;

/** An event with what is known of it before the log numbers it. */
export interface PendingEvent {
  readonly at: EpochMs;
  /** Who caused it; null: the host itself, by the clock. */
  readonly actor: MemberId | null;
  readonly event: CompanyEvent;
}

/** A fact in the log. */
export interface StoredEvent extends PendingEvent {
  readonly seq: Seq;
  /** In which it was written; the event has the shape of today all the same. */
  readonly version: number;
}
