/** Folds what happened to the workflows of a company. */
import type { CompanyState } from '../state.ts';
import type { WorkflowEvent } from './workflow-events.ts';

export function evolveWorkflow(state: CompanyState, event: WorkflowEvent): void {
  switch (event.type) {
    case 'workflow.defined':
      state.workflows.put(event.workflow);
      return;
    case 'workflow.removed':
      state.workflows.delete(event.workflowId);
      return;
  }
}
