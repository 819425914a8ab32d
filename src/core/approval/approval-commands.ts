/** What can be asked about approvals outside workflows. */
import { z } from 'zod';
import { gateIdSchema, roleIdSchema } from '../ids.ts';
import { artifactSchema, prioritySchema } from '../task/task-commands.ts';
import { durationMsSchema } from '../units.ts';

/** So many members of one role may have to sign. */
export const mostOfARole = 20;

/** Asks roles to approve something; it waits as a gate does, and whoever asked can wait for the answer. */
export const requestApprovalSchema = z.strictObject({
  type: z.literal('approval.request'),
  /** What is to be approved, in a line. It names the gate. */
  title: z.string().trim().min(1).max(200),
  /** Why, and whatever the signers must know. Stored as the artifact `context.md`: sign-offs are given for it. */
  context: z
    .string()
    .max(20_000)
    .refine((text) => text.trim() !== '', 'says nothing'),
  /** What is signed beside the context; the bytes must be stored before. */
  artifacts: z.array(artifactSchema).max(50).default([]),
  /** How many distinct members of each role must sign. */
  roles: z
    .record(roleIdSchema, z.number().int().min(1).max(mostOfARole))
    .refine((roles) => Object.keys(roles).length > 0, 'needs at least one role, such as `em: 1`')
    .refine((roles) => Object.keys(roles).length <= 20, 'names more than 20 roles'),
  /** At least one of the sign-offs comes from a human. */
  humanRequired: z.boolean().default(false),
  /** Whether whoever asks may fill a slot too. Only a person may ask for that. */
  selfApproval: z.enum(['allowed', 'forbidden']).default('forbidden'),
  /** How long it waits before `onTimeout` happens; null waits for ever. */
  timeout: durationMsSchema
    .refine((duration) => duration > 0, 'a time-out of no time')
    .nullable()
    .default(null),
  onTimeout: z.enum(['escalate', 'reject']).default('escalate'),
  /** Of the review tasks by which agents sign. */
  priority: prioritySchema.default('NORMAL'),
});

/** Takes the question back; sign-offs that were given stay on record. */
export const cancelApprovalSchema = z.strictObject({
  type: z.literal('approval.cancel'),
  gateId: gateIdSchema,
});

export const approvalCommandSchemas = [requestApprovalSchema, cancelApprovalSchema] as const;
