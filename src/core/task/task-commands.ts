/** What can be asked about tasks. */
import { z } from 'zod';
import {
  artifactHashSchema,
  capabilitySchema,
  commitHashSchema,
  memberIdSchema,
  roleIdSchema,
  seqSchema,
  taskIdSchema,
  workerIdSchema,
} from '../ids.ts';
import { durationMsSchema } from '../units.ts';
import { priorities } from '../workflow/workflow.ts';
import { isInnerPath } from './artifact-path.ts';
import { proofSchema } from './proof.ts';

export const prioritySchema = z.enum(priorities);
const titleSchema = z.string().trim().min(1).max(200);
const textSchema = z.string().max(20_000);
const reasonSchema = z.string().trim().min(1).max(2_000);
const tagSchema = z.string().trim().min(1).max(60);

export const artifactSchema = z.strictObject({
  hash: artifactHashSchema,
  /** A line of its own in the list that is hashed when there are several. */
  path: z
    .string()
    .min(1)
    .max(500)
    .refine(
      isInnerPath,
      'it must be relative, with / between its parts, and without “..”, backslash or colon',
    ),
  bytes: z.number().int().nonnegative(),
});

/** Creates a stand-alone task. */
export const createTaskSchema = z.strictObject({
  type: z.literal('task.create'),
  title: titleSchema,
  description: textSchema.default(''),
  roleId: roleIdSchema.nullable().default(null),
  requiresCapabilities: z.array(capabilitySchema).max(20).default([]),
  tags: z.array(tagSchema).max(20).default([]),
  priority: prioritySchema.default('NORMAL'),
  dependsOn: z.array(taskIdSchema).max(100).default([]),
  /** Kept for this member while they are there. */
  assigneeId: memberIdSchema.nullable().default(null),
});

/** Claims the best ready task for the actor, or the one that is named. No event when nothing fits. */
export const claimTaskSchema = z.strictObject({
  type: z.literal('task.claim'),
  taskId: taskIdSchema.nullable().default(null),
  /** Only tasks with all of these tags. */
  tags: z.array(tagSchema).max(20).default([]),
  workerId: workerIdSchema.nullable().default(null),
  /** Null: the company's lease. */
  lease: durationMsSchema.nullable().default(null),
});

/** Every command of a lease's holder names the token of the claim. */
const held = { taskId: taskIdSchema, token: seqSchema };

export const renewLeaseSchema = z.strictObject({ type: z.literal('task.renew'), ...held });

/** Hands in the artifacts of a step or of a single task. */
export const completeTaskSchema = z.strictObject({
  type: z.literal('task.complete'),
  ...held,
  artifacts: z.array(artifactSchema).max(200),
  /** What it did in its worktree, as its host committed it; null: nothing. */
  change: z.strictObject({ commit: commitHashSchema, base: commitHashSchema }).nullable().default(null),
  /** That the checks of the step passed; null: it has none. */
  proof: proofSchema.nullable().default(null),
});

/** Paths of files in git. */
const changedPathsSchema = z.array(z.string().min(1));

/** Puts a change whose gates are open into the branch of its epic. */
export const mergeTaskSchema = z.strictObject({
  type: z.literal('task.merge'),
  taskId: taskIdSchema,
  commit: commitHashSchema,
  /** The branch as it was when the merge was prepared; null: nothing was merged into it yet. */
  onto: commitHashSchema.nullable(),
  head: commitHashSchema,
  /** What the change changes. */
  paths: changedPathsSchema,
});

/** The change can't be merged: these files were changed otherwise meanwhile. */
export const reportConflictSchema = z.strictObject({
  type: z.literal('task.report_conflict'),
  taskId: taskIdSchema,
  commit: commitHashSchema,
  onto: commitHashSchema.nullable(),
  paths: changedPathsSchema.min(1),
});

/** Answers a review task: fills the slot it was made for, or sends the work back. */
export const answerReviewSchema = z.strictObject({
  type: z.literal('task.answer'),
  ...held,
  decision: z.enum(['approve', 'request_changes', 'veto']),
  note: textSchema.default(''),
});

export const failTaskSchema = z.strictObject({ type: z.literal('task.fail'), ...held, reason: reasonSchema });
export const releaseTaskSchema = z.strictObject({
  type: z.literal('task.release'),
  ...held,
  reason: reasonSchema,
});

/** Takes a lease away from whoever holds it: the task is ready again, and their run is stopped. */
export const forceReleaseTaskSchema = z.strictObject({
  type: z.literal('task.force_release'),
  taskId: taskIdSchema,
  reason: reasonSchema,
});
/** Keeps the task for another member, also when somebody works on it: their lease is taken away. Null: for anybody. */
export const reassignTaskSchema = z.strictObject({
  type: z.literal('task.reassign'),
  taskId: taskIdSchema,
  memberId: memberIdSchema.nullable(),
  reason: reasonSchema,
});

/** Gives a failed task a fresh set of attempts. */
export const retryTaskSchema = z.strictObject({ type: z.literal('task.retry'), taskId: taskIdSchema });
export const cancelTaskSchema = z.strictObject({
  type: z.literal('task.cancel'),
  taskId: taskIdSchema,
  reason: reasonSchema,
});
/** Keeps a waiting task for one member; null lets anyone entitled take it. */
export const assignTaskSchema = z.strictObject({
  type: z.literal('task.assign'),
  taskId: taskIdSchema,
  memberId: memberIdSchema.nullable(),
});
export const prioritizeTaskSchema = z.strictObject({
  type: z.literal('task.prioritize'),
  taskId: taskIdSchema,
  priority: prioritySchema,
});

/** Puts a question to somebody; the task waits for the answer, and the lease ends. */
export const askSchema = z.strictObject({
  type: z.literal('task.ask'),
  ...held,
  to: memberIdSchema,
  question: z.string().trim().min(1).max(10_000),
});
/** Answers what a task waits with. */
export const answerQuestionSchema = z.strictObject({
  type: z.literal('task.answer_question'),
  taskId: taskIdSchema,
  /** Refused when another question waits by now; null: whichever does. */
  number: z.number().int().positive().nullable().default(null),
  text: z.string().trim().min(1).max(20_000),
});

/** A lead gives those whom they lead parts of the task. */
export const divideSchema = z.strictObject({
  type: z.literal('task.divide'),
  ...held,
  parts: z
    .array(
      z.strictObject({
        title: titleSchema,
        description: textSchema.default(''),
        roleId: roleIdSchema.nullable().default(null),
        /** Kept for this member while they are there. */
        assigneeId: memberIdSchema.nullable().default(null),
        /** The parts before it in the list, from 1, that it builds on. */
        after: z.array(z.number().int().positive()).max(50).default([]),
      }),
    )
    .min(1)
    .max(50),
});
/** Gives the task back until every part is over. */
export const awaitPartsSchema = z.strictObject({ type: z.literal('task.await_parts'), ...held });
/** Sends a part that is done back to whoever did it; `taskId` is the whole. */
export const returnPartSchema = z.strictObject({
  type: z.literal('task.return_part'),
  ...held,
  partId: taskIdSchema,
  note: reasonSchema,
});

export const taskCommandSchemas = [
  createTaskSchema,
  claimTaskSchema,
  renewLeaseSchema,
  completeTaskSchema,
  answerReviewSchema,
  failTaskSchema,
  releaseTaskSchema,
  forceReleaseTaskSchema,
  reassignTaskSchema,
  retryTaskSchema,
  cancelTaskSchema,
  assignTaskSchema,
  prioritizeTaskSchema,
  mergeTaskSchema,
  reportConflictSchema,
  askSchema,
  answerQuestionSchema,
  divideSchema,
  awaitPartsSchema,
  returnPartSchema,
] as const;
