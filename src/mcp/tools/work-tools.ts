/** Tools to do work: claim a task, tell how it goes, hand it in, judge somebody else's, or give it back. */
import { z } from 'zod';
import { taskIdSchema } from '../../core/ids.ts';
import { contentInput, contentOf } from '../content-shape.ts';
import type { Call, Tool } from '../define-tool.ts';
import { defineTool } from '../define-tool.ts';
import { briefOf, briefShape, Names, taskOf, taskShape } from '../shapes.ts';
import { waitInput, waitMs } from '../wait-input.ts';

const reason = z.string().trim().min(1).max(2_000);
const task = { task_id: taskIdSchema.describe('a task that you claimed in this session') };
const changed = z.object({ task: taskShape });

export const workTools: readonly Tool[] = [
  defineTool({
    name: 'claim_task',
    title: 'Claim a task',
    description:
      'Claims a task for you and answers with all that is needed to do it: the best one that is ready for your role, or the one you name. `task` is null when nothing fits; give wait_seconds to wait for one. While you hold it nobody else works on it; the lease is renewed by itself. Finish with complete_task (or answer_review when it is a review), fail_task or release_task.',
    input: z.strictObject({
      task_id: taskIdSchema.optional().describe('this one; left out: the best that is ready'),
      tags: z
        .array(z.string().min(1).max(60))
        .max(20)
        .default([])
        .describe('only tasks with all of these tags'),
      ...waitInput,
    }),
    output: z.object({ task: briefShape.nullable() }),
    run: async ({ task_id: taskId, tags, wait_seconds: wait }, { desk, session, signal, progress }) => {
      if (wait > 0) await progress('waiting for a task that fits');
      const held = await session.claimTask({
        ...(taskId !== undefined && { taskId }),
        tags,
        wait: waitMs(wait),
        signal,
      });
      if (!held) return { task: null };
      desk.tasks.add(held);
      const [view, names] = await Promise.all([
        session.query('task', { taskId: held.id }),
        Names.of(session),
      ]);
      return { task: briefOf(held.brief, view, names, session.member.id) };
    },
  }),
  defineTool({
    name: 'report_progress',
    title: 'Report progress',
    description:
      'Tells the company how a task that you hold goes: renews your lease and writes the note into a thread of the board about the task, where people follow it. Use it at every milestone, and when you are stuck.',
    input: z.strictObject({
      ...task,
      note: z.string().trim().min(1).max(20_000).describe('Markdown; @name reaches a member'),
      kind: z.enum(['STATUS', 'ERROR', 'SUCCESS', 'QUESTION']).default('STATUS'),
    }),
    output: z.object({ thread_id: z.string() }),
    run: async ({ task_id: taskId, note, kind }, { desk, session }) => {
      const held = desk.tasks.require(taskId);
      await session.command({ type: 'task.renew', taskId: held.id, token: held.token });
      const known = desk.progressThreads.get(taskId);
      if (known !== undefined) {
        await session.reply(known, note, { kind });
        return { thread_id: known };
      }
      const title = `Progress: ${held.title}`.slice(0, 200);
      const threadId = await session.postThread({ title, message: note, kind });
      desk.progressThreads.set(taskId, threadId);
      return { thread_id: threadId };
    },
  }),
  defineTool({
    name: 'complete_task',
    title: 'Complete a task',
    description:
      'Hands in the results of a task that you hold. A step of a workflow needs at least one artifact; gates may then ask others to sign it, and it comes back to you with notes when they refuse. A review is answered with answer_review instead.',
    input: z.strictObject({
      ...task,
      artifacts: z
        .array(
          z.strictObject({
            path: z.string().min(1).max(500).describe('relative, with / between its parts: docs/prd.md'),
            ...contentInput,
          }),
        )
        .max(200)
        .default([]),
    }),
    output: changed,
    run: async ({ task_id: taskId, artifacts }, call) => {
      const held = call.desk.tasks.require(taskId);
      await held.complete(artifacts.map(({ path, ...content }) => ({ path, content: contentOf(content) })));
      return await over(taskId, call);
    },
  }),
  defineTool({
    name: 'answer_review',
    title: 'Answer a review',
    description:
      'Answers a review task that you hold: `approve` fills the slot of the gate, `request_changes` sends the work back with your note, `veto` stops it until somebody arbitrates. Look at the artifacts before; a note is needed unless you approve.',
    input: z.strictObject({
      ...task,
      decision: z.enum(['approve', 'request_changes', 'veto']),
      note: z.string().max(20_000).default('').describe('what must change, or why'),
    }),
    output: changed,
    run: async ({ task_id: taskId, decision, note }, call) => {
      await call.desk.tasks.require(taskId).answer(decision, note);
      return await over(taskId, call);
    },
  }),
  defineTool({
    name: 'fail_task',
    title: 'Fail a task',
    description:
      'Says that your attempt at a task that you hold has failed, and why. It is tried again later, as often as the company allows. If somebody else should do it, use release_task.',
    input: z.strictObject({ ...task, reason }),
    output: changed,
    run: async ({ task_id: taskId, reason: why }, call) => {
      await call.desk.tasks.require(taskId).fail(why);
      return await over(taskId, call);
    },
  }),
  defineTool({
    name: 'release_task',
    title: 'Release a task',
    description:
      'Gives a task that you hold back unfinished: somebody else may take it at once. It counts as no failure.',
    input: z.strictObject({ ...task, reason }),
    output: changed,
    run: async ({ task_id: taskId, reason: why }, call) => {
      await call.desk.tasks.require(taskId).release(why);
      return await over(taskId, call);
    },
  }),
];

/** It is held no more; the task as it is now. */
async function over(taskId: z.output<typeof taskIdSchema>, { desk, session }: Call) {
  desk.tasks.remove(taskId);
  const [view, names] = await Promise.all([session.query('task', { taskId }), Names.of(session)]);
  return { task: taskOf(view, names) };
}
