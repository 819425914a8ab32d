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

const memberFields = {
  name: nameSchema,
  role: roleIdSchema,
  also: z.array(roleIdSchema),
  kind: z.enum(['agent', 'human']),
  tags: z.array(z.string().trim().min(1).max(60)),
  max_concurrent: z.number().int().min(1).max(100),
};

export const memberFileSchema = z.strictObject({
  ...memberFields,
  /** Further roles of a human. */
  also: memberFields.also.default([]),
  kind: memberFields.kind.default('agent'),
  tags: memberFields.tags.default([]),
  max_concurrent: memberFields.max_concurrent.default(1),
  runner: runnerFileSchema.optional(),
  budget: budgetFileSchema.optional(),
});

/** What is left out stays as it is, so nothing has a default; null takes the runner or the budget away. */
export const memberChangeSchema = z
  .strictObject({
    ...memberFields,
    runner: runnerFileSchema.nullable(),
    budget: budgetFileSchema.nullable(),
  })
  .partial();

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
  call_wait: durationTextSchema.optional(),
  heartbeat: durationTextSchema.optional(),
  hung_after: durationTextSchema.optional(),
  retry_base: durationTextSchema.optional(),
  lock_ttl: durationTextSchema.optional(),
  host_lost_after: durationTextSchema.optional(),
  max_attempts: z.number().int().min(1).max(20).optional(),
  loop_after: z.number().int().min(2).max(20).optional(),
  max_rework: z.number().int().min(1).max(100).optional(),
});

/** How many workers the agents of a role or with a tag have; without either, all agents. */
export const scalingFileSchema = z.strictObject({
  name: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _, starting with a letter'),
  role: roleIdSchema.optional(),
  tag: z.string().trim().min(1).max(60).optional(),
  min: z.number().int().min(0).max(1_000).default(0),
  max: z.number().int().min(1).max(1_000),
  tasks_per_worker: z.number().int().min(1).max(10_000).default(1),
  /** How long after the last change there may be more (0s), and fewer (60s). */
  up_cooldown: durationTextSchema.optional(),
  down_cooldown: durationTextSchema.optional(),
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
  scaling: z.array(scalingFileSchema).default([]),
});

export type CompanyFile = z.output<typeof companyFileSchema>;
export type ScalingFile = z.output<typeof scalingFileSchema>;
/** As people write it: what has a default may be left out. */
export type CompanyFileInput = z.input<typeof companyFileSchema>;
export type MemberFileInput = z.input<typeof memberFileSchema>;
export type RoleFileInput = z.input<typeof roleFileSchema>;
export type PolicyFileInput = z.input<typeof policyFileSchema>;
export type MemberFile = z.output<typeof memberFileSchema>;
export type MemberChange = z.output<typeof memberChangeSchema>;
