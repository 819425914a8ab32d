/** What can be asked about workflows. */
import { z } from 'zod';
import { workflowNameSchema } from '../ids.ts';
import { workflowFileSchema } from './workflow-file.ts';

/** Adds a workflow, or replaces the one of the same name; epics that run already keep theirs. */
export const defineWorkflowSchema = z.strictObject({
  type: z.literal('workflow.define'),
  workflow: workflowFileSchema,
});
export const removeWorkflowSchema = z.strictObject({
  type: z.literal('workflow.remove'),
  workflowId: workflowNameSchema,
});

export const workflowCommandSchemas = [defineWorkflowSchema, removeWorkflowSchema] as const;
