/** The shape of a workflow file (YAML), as people write it. */
import { z } from 'zod';
import { capabilitySchema, roleIdSchema, workflowNameSchema } from '../ids.ts';
import { durationTextSchema } from '../org/duration-text.ts';
import { priorities } from './workflow.ts';

/** Step ids are written as numbers or words: `1`, `write_prd`. */
const stepIdTextSchema = z
  .union([z.number().int().nonnegative(), z.string().min(1).max(60)])
  .transform(String);

export const gateFileSchema = z.strictObject({
  name: workflowNameSchema,
  position: z.enum(['before', 'after']),
  requires: z
    .record(roleIdSchema, z.number().int().min(1).max(20))
    .refine((roles) => Object.keys(roles).length > 0, 'needs at least one role, such as `em: 1`'),
  human_required: z.boolean().default(false),
  self_approval: z.enum(['allowed', 'forbidden']).default('forbidden'),
  distinct: z.boolean().default(true),
  timeout: durationTextSchema.optional(),
  on_timeout: z.enum(['escalate', 'reject']).default('escalate'),
});

export const stepFileSchema = z.strictObject({
  id: stepIdTextSchema,
  title: z.string().trim().min(1).max(200),
  role: roleIdSchema,
  depends_on: z.array(stepIdTextSchema).default([]),
  complexity: z.number().positive().max(1_000).default(1),
  requires_capabilities: z.array(capabilitySchema).default([]),
  checks: z.array(z.string().min(1)).default([]),
  gates: z.array(gateFileSchema).default([]),
});

export const workflowFileSchema = z.strictObject({
  name: workflowNameSchema,
  version: z.number().int().positive().default(1),
  priority: z.enum(priorities).default('NORMAL'),
  steps: z.array(stepFileSchema).min(1).max(500),
});

export type WorkflowFile = z.output<typeof workflowFileSchema>;
