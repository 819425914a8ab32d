/** Tools to plan work, for those whose role may: single tasks and epics. */
import { z } from 'zod';
import { eventIn } from '../../client/event-in.ts';
import { epicIdSchema, roleIdSchema, taskIdSchema, workflowNameSchema } from '../../core/ids.ts';
import { priorities } from '../../core/workflow/workflow.ts';
import type { Tool } from '../define-tool.ts';
import { defineTool } from '../define-tool.ts';
import { epicOf, epicShape, Names, taskOf, taskShape } from '../shapes.ts';

const title = z.string().trim().min(1).max(200);
const description = z
  .string()
  .max(20_000)
  .default('')
  .describe('Markdown: all that whoever does it must know');

export const planTools: readonly Tool[] = [
  defineTool({
    name: 'create_task',
    title: 'Create a task',
    description:
      'Creates a task outside any epic. Only roles that assign work may (for example em and pm); others ask on the board.',
    input: z.strictObject({
      title,
      description,
      role: roleIdSchema.optional().describe('who may take it; left out: anybody'),
      tags: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
      priority: z.enum(priorities).default('NORMAL'),
      depends_on: z.array(taskIdSchema).max(100).default([]).describe('ready only when these are done'),
    }),
    output: z.object({ task: taskShape }),
    run: async ({ role, depends_on: dependsOn, ...wish }, { session }) => {
      const [taskId] = await session.createTasks([{ ...wish, dependsOn, roleId: role ?? null }]);
      if (taskId === undefined) throw new Error('the host created nothing');
      const [view, names] = await Promise.all([session.query('task', { taskId }), Names.of(session)]);
      return { task: taskOf(view, names) };
    },
  }),
  defineTool({
    name: 'create_epic',
    title: 'Create an epic',
    description:
      'Routes a piece of work through a workflow (such as feature or bug): a task for each step, a gate for each approval. Only roles that plan may. Refused with what to repair when the company could never finish it.',
    input: z.strictObject({
      title,
      description,
      workflow: workflowNameSchema,
      stories: z.array(title).max(50).default([]).describe('each passes through the workflow by itself'),
      priority: z.enum(priorities).optional(),
    }),
    output: z.object({ epic: epicShape }),
    run: async ({ priority, ...wish }, { session }) => {
      const receipt = await session.command({ type: 'epic.create', ...wish, priority: priority ?? null });
      const { epic } = eventIn(receipt, 'epic.created');
      return { epic: epicOf(await session.query('epic', { epicId: epic.id })) };
    },
  }),
  defineTool({
    name: 'cancel_epic',
    title: 'Cancel an epic',
    description:
      'Gives an epic up with all of its tasks. Only whoever created it, and roles that set priorities, may.',
    input: z.strictObject({ epic_id: epicIdSchema, reason: z.string().trim().min(1).max(2_000) }),
    output: z.object({ epic: epicShape }),
    destroys: true,
    run: async ({ epic_id: epicId, reason }, { session }) => {
      await session.command({ type: 'epic.cancel', epicId, reason });
      return { epic: epicOf(await session.query('epic', { epicId })) };
    },
  }),
];
