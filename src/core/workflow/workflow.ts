/** A workflow: a DAG of steps with gates before or after them, as the company knows it. */
import type { Capability, RoleId, StepId, WorkflowName } from '../ids.ts';
import type { DurationMs } from '../units.ts';

/** Most urgent last, so that a higher index goes first. */
export const priorities = ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const;
export type Priority = (typeof priorities)[number];

/** How many distinct members of a role must sign. */
export interface RoleRequirement {
  readonly roleId: RoleId;
  readonly count: number;
}

/** A gate as its workflow describes it. */
export interface GateRule {
  readonly name: string;
  readonly position: 'before' | 'after';
  readonly requires: readonly RoleRequirement[];
  /** At least one of the sign-offs comes from a human. */
  readonly humanRequired: boolean;
  /** Forbidden: whoever did the gated step can't sign. */
  readonly selfApproval: 'allowed' | 'forbidden';
  /** One member fills at most one slot. */
  readonly distinct: boolean;
  /** How long it waits before `onTimeout` happens; null waits for ever. */
  readonly timeout: DurationMs | null;
  readonly onTimeout: 'escalate' | 'reject';
}

export interface Step {
  readonly id: StepId;
  readonly title: string;
  readonly roleId: RoleId;
  readonly dependsOn: readonly StepId[];
  /** Its weight in the progress of the epic; 1 when the file says nothing. */
  readonly complexity: number;
  /** Narrows who may take it beyond the role. */
  readonly requiresCapabilities: readonly Capability[];
  /** Commands that must pass in the workspace before the step can complete. */
  readonly checks: readonly string[];
  readonly gates: readonly GateRule[];
}

export interface Workflow {
  /** Its name; unique in the company. */
  readonly id: WorkflowName;
  readonly version: number;
  readonly priority: Priority;
  /** In the order of the file. */
  readonly steps: readonly Step[];
}
