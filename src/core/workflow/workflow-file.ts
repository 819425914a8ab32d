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
  name: workflowNameSchema.describe('no other gate of the workflow has it'),
  position: z
    .enum(['before', 'after'])
    .describe('`after`: the step’s result is signed; `before`: the results that the step builds on'),
  requires: z
    .record(roleIdSchema, z.number().int().min(1).max(20))
    .refine((roles) => Object.keys(roles).length > 0, 'needs at least one role, such as `em: 1`')
    .describe('how many sign-offs of which role open it, such as `{ em: 1, pm: 1 }`'),
  human_required: z.boolean().default(false).describe('a person must be among those who sign'),
  self_approval: z
    .enum(['allowed', 'forbidden'])
    .default('forbidden')
    .describe('whether whoever did the step may sign'),
  distinct: z.boolean().default(true).describe('one member fills one slot at most'),
  timeout: durationTextSchema
    .describe('how long it waits before `on_timeout`; left out: for ever')
    .optional(),
  on_timeout: z
    .enum(['escalate', 'reject'])
    .default('escalate')
    .describe('let the next senior role sign, too, or send the work back; a time-out never approves'),
});

export const stepFileSchema = z.strictObject({
  id: stepIdTextSchema.describe('a number or a word; no other step of the workflow has it'),
  title: z.string().trim().min(1).max(200).describe('what is to be done'),
  role: roleIdSchema.describe('who does it: this role, or one that inherits it'),
  depends_on: z.array(stepIdTextSchema).default([]).describe('steps that must be done before'),
  complexity: z.number().positive().max(1_000).default(1).describe('its weight in progress and estimates'),
  requires_capabilities: z.array(capabilitySchema).default([]).describe('what its doer must be able to do'),
  checks: z
    .array(z.string().min(1))
    .default([])
    .describe('shell commands that must pass before its result is handed in'),
  gates: z.array(gateFileSchema).default([]),
});

export const workflowFileSchema = z.strictObject({
  name: workflowNameSchema,
  version: z.number().int().positive().default(1).describe('higher after each change'),
  priority: z.enum(priorities).default('NORMAL').describe('of its epics, unless they say otherwise'),
  steps: z.array(stepFileSchema).min(1).max(500),
});

export type WorkflowFile = z.output<typeof workflowFileSchema>;
