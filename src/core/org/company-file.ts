/** The shape of a company file (YAML), as people write it. The descriptions are what editors and docs/templates.md show. */
import { z } from 'zod';
import { capabilitySchema, roleIdSchema, workflowNameSchema } from '../ids.ts';
import { launcherNames } from '../worker/launcher-names.ts';
import { workflowFileSchema } from '../workflow/workflow-file.ts';
import { channelFileSchema } from './channel-file.ts';
import { durationTextSchema } from './duration-text.ts';

const nameSchema = z.string().trim().min(1).max(80);

export const budgetFileSchema = z.strictObject({
  money: z.number().nonnegative().describe('US dollars').optional(),
  tokens: z.number().int().nonnegative().describe('tokens, in and out').optional(),
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

/** What starts the workers of an agent. */
const launcherSchema = z.enum(launcherNames);

const memberFields = {
  name: nameSchema.describe('what everybody calls this member; no other member of the company has it'),
  role: roleIdSchema.describe('a built-in role, or one of `roles`'),
  also: z.array(roleIdSchema).describe('further roles, of a human'),
  kind: z.enum(['agent', 'human']).describe('a program, or a person who works and signs by hand'),
  tags: z
    .array(z.string().trim().min(1).max(60))
    .describe('words to find members by; a scaling rule may name one'),
  max_concurrent: z.number().int().min(1).max(100).describe('tasks at once'),
};

export const memberFileSchema = z.strictObject({
  ...memberFields,
  also: memberFields.also.default([]),
  kind: memberFields.kind.default('agent'),
  tags: memberFields.tags.default([]),
  max_concurrent: memberFields.max_concurrent.default(1),
  runner: runnerFileSchema
    .describe('what does this agent’s tasks: a name, or a name with options; left out: as the host says')
    .optional(),
  launcher: launcherSchema
    .describe('what starts the workers of this agent; left out: as the host says')
    .optional(),
  budget: budgetFileSchema.describe('the most that this member may spend on models').optional(),
});

/** What is left out stays as it is, so nothing has a default; null takes the runner, the launcher or the budget away. */
export const memberChangeSchema = z
  .strictObject({
    ...memberFields,
    runner: runnerFileSchema.nullable(),
    launcher: launcherSchema.nullable(),
    budget: budgetFileSchema.nullable(),
  })
  .partial();

export const teamFileSchema = z.strictObject({
  name: nameSchema.describe('no other team of the department has it'),
  lead: nameSchema.describe('a member of this team').optional(),
  members: z.array(memberFileSchema).default([]),
});

export const departmentFileSchema = z.strictObject({
  name: nameSchema.describe('no other department has it'),
  head: nameSchema.describe('a member of this department').optional(),
  teams: z.array(teamFileSchema).default([]),
});

export const roleFileSchema = z.strictObject({
  id: roleIdSchema.describe('by which members, steps and gates name it'),
  title: nameSchema.describe('as people read it'),
  department: nameSchema.describe('within it, it may sign for the roles that it inherits'),
  inherits: z.array(roleIdSchema).default([]).describe('roles whose capabilities it has, too'),
  capabilities: z.array(capabilitySchema).default([]).describe('built-in ones, or new ones'),
});

export const policyFileSchema = z.strictObject({
  owner_may_fill_several_slots: z
    .boolean()
    .describe('the owner may sign several slots of one gate (false)')
    .optional(),
  lease: durationTextSchema
    .describe('how long a claim on a task holds; workers renew it at half (60s)')
    .optional(),
  call_wait: durationTextSchema
    .describe('how long a ready task waits for the one whose turn it is, before others get it (5s)')
    .optional(),
  heartbeat: durationTextSchema.describe('how often a worker says that it lives (15s)').optional(),
  hung_after: durationTextSchema
    .describe('a worker that was silent for so long is hung: it is ended and replaced (5m)')
    .optional(),
  retry_base: durationTextSchema
    .describe('the wait before the second attempt; it doubles with each (60s)')
    .optional(),
  lock_ttl: durationTextSchema.describe('how long a file lock holds unless it is renewed (1h)').optional(),
  host_lost_after: durationTextSchema
    .describe('another host that was silent for so long is lost (5m)')
    .optional(),
  max_attempts: z
    .number()
    .int()
    .min(1)
    .max(20)
    .describe('attempts at a task before it has failed (3)')
    .optional(),
  loop_after: z
    .number()
    .int()
    .min(2)
    .max(20)
    .describe('so many failures alike, one after the other, and a task has failed (3)')
    .optional(),
  max_rework: z
    .number()
    .int()
    .min(1)
    .max(100)
    .describe('how often a task may be sent back before it has failed (10)')
    .optional(),
});

/** How many workers the agents of a role or with a tag have; without either, all agents. */
export const scalingFileSchema = z.strictObject({
  name: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _, starting with a letter')
    .describe('of the rule'),
  role: roleIdSchema.describe('for the agents of this role').optional(),
  tag: z.string().trim().min(1).max(60).describe('for the agents with this tag').optional(),
  min: z.number().int().min(0).max(1_000).default(0).describe('workers, even without work'),
  max: z.number().int().min(1).max(1_000).describe('workers at most'),
  tasks_per_worker: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(1)
    .describe('tasks that wait or are under way'),
  up_cooldown: durationTextSchema.describe('after a change, no more workers before that (0s)').optional(),
  down_cooldown: durationTextSchema.describe('after a change, no fewer workers before that (60s)').optional(),
});

export const companyFileSchema = z.strictObject({
  name: nameSchema.describe('of the company'),
  template: z.string().min(1).max(60).default('custom').describe('which template it was made from'),
  version: z.number().int().positive().default(1).describe('of that template'),
  policy: policyFileSchema.default({}).describe('what differs from the usual times and limits'),
  departments: z.array(departmentFileSchema).default([]),
  roles: z.array(roleFileSchema).default([]).describe('roles of its own, beside the 17 built-in ones'),
  workflows: z
    .array(z.union([workflowNameSchema, workflowFileSchema]))
    .default([])
    .describe('names of built-in workflows, or workflows written out'),
  channels: z
    .array(channelFileSchema)
    .max(100)
    .default([])
    .describe(
      'set up by the host that makes the company; afterwards each host has its own (`agentcoord channels`)',
    ),
  scaling: z.array(scalingFileSchema).default([]).describe('how many workers groups of agents have'),
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
