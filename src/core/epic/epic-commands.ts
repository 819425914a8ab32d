/** What can be asked about epics. */
import { z } from 'zod';
import { epicIdSchema, workflowNameSchema } from '../ids.ts';
import { prioritySchema } from '../task/task-commands.ts';

const titleSchema = z.string().trim().min(1).max(200);
const descriptionSchema = z.string().max(20_000);

/** Routes an epic: creates its stories, and a task for each step and a gate for each gate of each story. */
export const createEpicSchema = z.strictObject({
  type: z.literal('epic.create'),
  title: titleSchema,
  description: descriptionSchema.default(''),
  workflow: workflowNameSchema,
  /** Null: the workflow's own. */
  priority: prioritySchema.nullable().default(null),
  /** Each passes through the workflow by itself. None: one story with the title of the epic. */
  stories: z.array(titleSchema).max(50).default([]),
  /** Routes it even if the satisfiability check says that it could never finish. */
  force: z.boolean().default(false),
});

/** Changes the text of an epic; a gate before its first step that was rejected is asked again. */
export const reviseEpicSchema = z.strictObject({
  type: z.literal('epic.revise'),
  epicId: epicIdSchema,
  title: titleSchema,
  description: descriptionSchema,
});

export const cancelEpicSchema = z.strictObject({
  type: z.literal('epic.cancel'),
  epicId: epicIdSchema,
  reason: z.string().trim().min(1).max(2_000),
});

export const epicCommandSchemas = [createEpicSchema, reviseEpicSchema, cancelEpicSchema] as const;
