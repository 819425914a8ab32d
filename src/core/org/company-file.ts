/** The shape of a company file (YAML), as people write it. */
import { z } from 'zod';
import { capabilitySchema, roleIdSchema, workflowNameSchema } from '../ids.ts';
import { workflowFileSchema } from '../workflow/workflow-file.ts';
import { durationTextSchema } from './duration-text.ts';

const nameSchema = z.string().trim().min(1).max(80);

export const budgetFileSchema = z.strictObject({
  /** US dollars. */
  money: z.number().nonnegative().optional(),
  tokens: z.number().int().nonnegative().optional(),
});

/** `script`, or the runner with its options: `{ name: command, command: "…" }`. */
export const runnerFileSchema = z.union([
  z
    .string()
    .min(1)
    .max(60)
    .transform((name) => ({ name })),
  z.looseObject({ name: z.string().min(1).max(60) }),
]);

export const memberFileSchema = z.strictObject({
  name: nameSchema,
  role: roleIdSchema,
  /** Further roles of a human. */
  also: z.array(roleIdSchema).default([]),
  kind: z.enum(['agent', 'human']).default('agent'),
  tags: z.array(z.string().trim().min(1).max(60)).default([]),
  runner: runnerFileSchema.optional(),
  max_concurrent: z.number().int().min(1).max(100).default(1),
  budget: budgetFileSchema.optional(),
});

export const teamFileSchema = z.strictObject({
  name: nameSchema,
  lead: nameSchema.optional(),
  members: z.array(memberFileSchema).default([]),
});

export const departmentFileSchema = z.strictObject({
  name: nameSchema,
  head: nameSchema.optional(),
  teams: z.array(teamFileSchema).default([]),
});

export const roleFileSchema = z.strictObject({
  id: roleIdSchema,
  title: nameSchema,
  department: nameSchema,
  inherits: z.array(roleIdSchema).default([]),
  capabilities: z.array(capabilitySchema).default([]),
});

export const policyFileSchema = z.strictObject({
  owner_may_fill_several_slots: z.boolean().optional(),
  lease: durationTextSchema.optional(),
  heartbeat: durationTextSchema.optional(),
  hung_after: durationTextSchema.optional(),
  retry_base: durationTextSchema.optional(),
  max_attempts: z.number().int().min(1).max(20).optional(),
});

export const companyFileSchema = z.strictObject({
  name: nameSchema,
  template: z.string().min(1).max(60).default('custom'),
  version: z.number().int().positive().default(1),
  policy: policyFileSchema.default({}),
  departments: z.array(departmentFileSchema).default([]),
  roles: z.array(roleFileSchema).default([]),
  /** Names of built-in workflows, or workflows written out. */
  workflows: z.array(z.union([workflowNameSchema, workflowFileSchema])).default([]),
  channels: z.array(nameSchema).default([]),
});

export type CompanyFile = z.output<typeof companyFileSchema>;
export type MemberFile = z.output<typeof memberFileSchema>;
