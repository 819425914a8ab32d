/** What can have happened to the workflows of a company. */
import type { WorkflowName } from '../ids.ts';
import type { Workflow } from './workflow.ts';

export type WorkflowEvent =
  /** Defined for the first time, or replaced by a later version. */
  | { readonly type: 'workflow.defined'; readonly workflow: Workflow }
  | { readonly type: 'workflow.removed'; readonly workflowId: WorkflowName };
