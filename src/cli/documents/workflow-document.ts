/** What `--json` says of a workflow that the company has. */
import type { CompanyState } from '../../core/state.ts';
import { checkSatisfiability } from '../../core/workflow/satisfiability.ts';
import type { Priority, Workflow } from '../../core/workflow/workflow.ts';

export interface CompanyWorkflowDocument {
  readonly name: string;
  readonly version: number;
  /** Of epics that say none. */
  readonly priority: Priority;
  readonly steps: number;
  readonly gates: number;
  /** Whether the company, as it is, can get an epic through. */
  readonly finishable: boolean;
  /** Why not, with the best repair of each reason. */
  readonly reasons: readonly string[];
}

export function workflowDocument(state: CompanyState, workflow: Workflow): CompanyWorkflowDocument {
  const { id, version, priority, steps } = workflow;
  const { finishable, findings } = checkSatisfiability(state, workflow);
  return {
    name: id,
    version,
    priority,
    steps: steps.length,
    gates: steps.reduce((sum, step) => sum + step.gates.length, 0),
    finishable,
    reasons: findings
      .filter(({ severity }) => severity === 'error')
      .map(({ message, repairs: [best] }) => `${message}${best ? ` - ${best.text}` : ''}`),
  };
}
