/** Steps with their gates as they are placed and joined by lines: what every drawing of a workflow is made of. */
import type { Step } from '../../core/workflow/workflow.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What has to be known of a step to place it: it is one of a workflow, or the task of one in an epic. */
export interface FlowStep {
  readonly id: string;
  readonly dependsOn: readonly string[];
  readonly gates: readonly FlowGate[];
}

export interface FlowGate {
  /** Unique among all that are placed. */
  readonly name: string;
  readonly position: 'before' | 'after';
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface FlowSizes {
  readonly step: Size;
  readonly gate: Size;
}

export type FlowItem<Placed extends FlowStep = Step> = {
  readonly id: string;
  readonly box: Box;
  readonly step: Placed;
} & ({ readonly kind: 'step' } | { readonly kind: 'gate'; readonly gate: Placed['gates'][number] });

/** `handover`: the next step begins with what the last one made. `guarded`: only once the gate before it has opened. */
export type LineKind = 'handover' | 'guarded' | 'rework';

export interface FlowLine<Placed extends FlowStep = Step> {
  readonly id: string;
  readonly kind: LineKind;
  readonly from: string;
  readonly to: string;
  /** The dependency that it stands for; null inside of a strip. */
  readonly dependency: { readonly from: Placed['id']; readonly to: Placed['id'] } | null;
  /** Where it passes steps that it has nothing to do with. */
  readonly via: readonly { readonly x: number; readonly y: number }[];
}

export interface FlowLayout<Placed extends FlowStep = Step> {
  readonly items: readonly FlowItem<Placed>[];
  readonly lines: readonly FlowLine<Placed>[];
  readonly byId: ReadonlyMap<string, FlowItem<Placed>>;
}

export const stepId = (id: string): string => `step:${id}`;
export const gateId = (name: string): string => `gate:${name}`;
