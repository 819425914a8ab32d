/** How many workers a group of agents has: between two bounds, by how much work waits for them. */

import type { RoleId } from '../ids.ts';
import type { Member } from '../org/org.ts';
import type { Task } from '../task/task.ts';
import type { DurationMs, EpochMs } from '../units.ts';

export interface ScalingRule {
  /** Its name; unique in the company. */
  readonly id: string;
  /** The agents of that role, and the tasks for it; null: of any role. */
  readonly roleId: RoleId | null;
  /** The agents with that tag, and the tasks with it; null: with any or none. */
  readonly tag: string | null;
  readonly min: number;
  readonly max: number;
  /** So many tasks that wait or are under way ask for one worker. */
  readonly tasksPerWorker: number;
  /** How long after the last change it may grow again. */
  readonly upCooldown: DurationMs;
  /** How long after the last change it may shrink. */
  readonly downCooldown: DurationMs;
}

/** A rule, and what it has led to. */
export interface Scaling extends ScalingRule {
  /** How many workers it asks for now. */
  readonly size: number;
  /** When that changed last; null: never yet. */
  readonly changedAt: EpochMs | null;
}

export function isInGroup({ roleId, tag }: ScalingRule, { kind, roleIds, tags }: Member): boolean {
  return (
    kind === 'agent' && (roleId === null || roleIds.includes(roleId)) && (tag === null || tags.includes(tag))
  );
}

export function isForGroup({ roleId, tag }: ScalingRule, task: Pick<Task, 'roleId' | 'tags'>): boolean {
  return (roleId === null || task.roleId === roleId) && (tag === null || task.tags.includes(tag));
}
