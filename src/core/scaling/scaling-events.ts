/** What can have happened to the number of workers. */
import type { ScalingRule } from './scaling.ts';

export type ScalingEvent =
  | { readonly type: 'scaling.set'; readonly rule: ScalingRule }
  | { readonly type: 'scaling.removed'; readonly id: string }
  /** From now on the rule asks for so many workers; `because` says what of it was counted. */
  | {
      readonly type: 'scaling.changed';
      readonly id: string;
      readonly from: number;
      readonly to: number;
      readonly because: string;
    };
