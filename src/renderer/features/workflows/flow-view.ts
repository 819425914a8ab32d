/** What every part of the drawing has to know, whichever item it shows. */
import { createContext, use } from 'react';
import type { Finding } from '../../../core/workflow/finding.ts';
import type { Repair } from '../../../core/workflow/repair.ts';
import type { Workflow } from '../../../core/workflow/workflow.ts';
import type { RuleSlots } from './rule-slots.ts';

export interface FlowView {
  readonly workflow: Workflow;
  readonly findings: readonly Finding[];
  /** Of each gate, by its name: who could sign which of its slots. */
  readonly slots: ReadonlyMap<string, readonly RuleSlots[]>;
  /** From which step a line is being led; null: none is. */
  readonly leadingFrom: string | null;
  readonly onAddStep: (after: string) => void;
  readonly onAddGate: (step: string) => void;
  readonly onRepair: (finding: Finding, repair: Repair) => void;
}

export const FlowViewContext = createContext<FlowView | null>(null);

export function useFlowView(): FlowView {
  const view = use(FlowViewContext);
  if (!view) throw new Error('a part of the drawing stands outside of it');
  return view;
}
