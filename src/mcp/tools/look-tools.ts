/** Tools that only look: who one is, how the company stands, what there is to do, what waits for whom. */
import { z } from 'zod';
import { artifactHashSchema, epicIdSchema, gateIdSchema, taskIdSchema } from '../../core/ids.ts';
import type { Tool } from '../define-tool.ts';
import { defineTool } from '../define-tool.ts';
import { readableText } from '../readable-text.ts';
import {
  briefOf,
  briefShape,
  epicOf,
  epicShape,
  gateOf,
  gateShape,
  lockOf,
  lockShape,
  Names,
  taskOf,
  taskShape,
} from '../shapes.ts';

const nothing = z.strictObject({});

export const lookTools: readonly Tool[] = [
  defineTool({
    name: 'who_am_i',
    title: 'Who am I',
    description:
      'Says which member of which company you act for, your roles, and what you hold in this session: claimed tasks and file locks. Call it first, and again when you lost track.',
    input: nothing,
    output: z.object({
      member: z.object({ id: z.string(), name: z.string(), kind: z.enum(['agent', 'human']) }),
      roles: z.array(z.string()),
      company: z.object({ id: z.string(), name: z.string() }),
      company_pause: z.string().nullable().describe('why nothing is claimed just now; null: work goes on'),
      claimed_tasks: z.array(z.object({ id: z.string(), title: z.string() })),
      locks: z.array(z.object({ id: z.string(), scope: z.string() })),
    }),
    reads: true,
    run: async (_input, { desk, session }) => {
      const { company, members } = await session.status();
      const own = members.find(({ member }) => member.id === session.member.id);
      return {
        member: session.member,
        roles: [...(own?.member.roleIds ?? [])],
        company: session.company,
        company_pause: company.pause?.reason ?? null,
        claimed_tasks: [...desk.tasks].map(({ id, title }) => ({ id, title })),
        locks: [...desk.locks].map(({ id, scope }) => ({ id, scope })),
      };
    },
  }),
  defineTool({
    name: 'company_status',
    title: 'Company status',
    description:
      'The company at a glance: how many tasks are in each state, the epics and how far they are, who works on what, how many gates wait for a signature.',
    input: nothing,
    output: z.object({
      company: z.string(),
      tasks_by_state: z.record(z.string(), z.number()),
      gates_waiting: z.number(),
      epics: z.array(epicShape),
      members: z.array(
        z.object({
          name: z.string(),
          kind: z.enum(['agent', 'human']),
          roles: z.array(z.string()),
          state: z.string().nullable(),
          works_on: z.array(z.string()),
        }),
      ),
    }),
    reads: true,
    run: async (_input, { session }) => {
      const { company, tasks, gatesWaiting, epics, members } = await session.status();
      return {
        company: company.name,
        tasks_by_state: { ...tasks },
        gates_waiting: gatesWaiting,
        epics: epics.map(epicOf),
        members: members.map(({ member, agent }) => ({
          name: member.name,
          kind: member.kind,
          roles: [...member.roleIds],
          state: agent?.state ?? null,
          works_on: agent?.tasks.map(({ title }) => title) ?? [],
        })),
      };
    },
  }),
  defineTool({
    name: 'list_tasks',
    title: 'List tasks',
    description:
      'Lists tasks, the most urgent first, with why each waits. `ready` ones can be claimed by whoever holds their role. To work on one, use claim_task.',
    input: z.strictObject({
      state: z
        .enum(['blocked', 'ready', 'leased', 'awaiting_gate', 'done', 'failed', 'cancelled'])
        .optional()
        .describe('only those in this state'),
      epic_id: epicIdSchema.optional().describe('only those of this epic'),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ tasks: z.array(taskShape), total: z.number() }),
    reads: true,
    run: async ({ state, epic_id: epicId, limit }, { session }) => {
      const filter = { ...(state && { state }), ...(epicId && { epicId }) };
      const [tasks, total, names] = await Promise.all([
        session.query('tasks', { ...filter, limit }),
        session.query('taskCount', filter),
        Names.of(session),
      ]);
      return { tasks: tasks.map((view) => taskOf(view, names)), total };
    },
  }),
  defineTool({
    name: 'get_task',
    title: 'Get a task',
    description:
      'Everything needed to do a task: its description, its epic, what earlier tasks handed in (read them with read_artifact), the notes with which it was sent back, and for a review the gate to judge.',
    input: z.strictObject({ task_id: taskIdSchema }),
    output: z.object({ task: briefShape }),
    reads: true,
    run: async ({ task_id: taskId }, { session }) => {
      const [view, brief, names] = await Promise.all([
        session.query('task', { taskId }),
        session.query('taskBrief', { taskId }),
        Names.of(session),
      ]);
      return { task: briefOf(brief, view, names, session.member.id) };
    },
  }),
  defineTool({
    name: 'get_epic',
    title: 'Get an epic',
    description: 'An epic, how far it is, and all of its tasks.',
    input: z.strictObject({ epic_id: epicIdSchema }),
    output: z.object({ epic: epicShape.extend({ description: z.string() }), tasks: z.array(taskShape) }),
    reads: true,
    run: async ({ epic_id: epicId }, { session }) => {
      const [view, tasks, names] = await Promise.all([
        session.query('epic', { epicId }),
        session.query('tasks', { epicId, limit: 1_000 }),
        Names.of(session),
      ]);
      return {
        epic: { ...epicOf(view), description: view.epic.description },
        tasks: tasks.map((task) => taskOf(task, names)),
      };
    },
  }),
  defineTool({
    name: 'list_gates',
    title: 'List gates',
    description:
      'The gates and approvals that wait for signatures: what is to be signed, which role’s slot is open, who could sign. `you_could_sign` says whether one waits for you; look at its artifacts, then use sign_gate.',
    input: z.strictObject({ all: z.boolean().default(false).describe('also those that do not wait') }),
    output: z.object({ gates: z.array(gateShape) }),
    reads: true,
    run: async ({ all }, { session }) => {
      const [gates, names] = await Promise.all([session.query('gates', { all }), Names.of(session)]);
      return { gates: gates.map((gate) => gateOf(gate, names, session.member.id)) };
    },
  }),
  defineTool({
    name: 'get_gate',
    title: 'Get a gate',
    description:
      'One gate or approval: its slots, who signed with which note, and the artifacts it is about.',
    input: z.strictObject({ gate_id: gateIdSchema }),
    output: z.object({ gate: gateShape }),
    reads: true,
    run: async ({ gate_id: gateId }, { session }) => {
      const [gate, names] = await Promise.all([session.query('gate', { gateId }), Names.of(session)]);
      return { gate: gateOf(gate, names, session.member.id) };
    },
  }),
  defineTool({
    name: 'read_artifact',
    title: 'Read an artifact',
    description:
      'The content of an artifact by its SHA-256: what a task handed in, or what a gate asks you to judge. Text comes as `text`, anything else as `base64`.',
    input: z.strictObject({ hash: artifactHashSchema }),
    output: z.object({ hash: z.string(), text: z.string().optional(), base64: z.string().optional() }),
    reads: true,
    run: async ({ hash }, { session }) => {
      const bytes = await session.readArtifact(hash);
      const text = readableText(bytes);
      return { hash, ...(text === null ? { base64: Buffer.from(bytes).toString('base64') } : { text }) };
    },
  }),
  defineTool({
    name: 'list_locks',
    title: 'List file locks',
    description:
      'Who has locked which files, for what and until when; with a path or glob, only what overlaps it.',
    input: z.strictObject({ scope: z.string().min(1).max(1_000).optional().describe('a path, or a glob') }),
    output: z.object({ locks: z.array(lockShape) }),
    reads: true,
    run: async ({ scope }, { session }) => {
      const [locks, names] = await Promise.all([
        session.query('locks', { ...(scope !== undefined && { scope }) }),
        Names.of(session),
      ]);
      return { locks: locks.map((lock) => lockOf(lock, names)) };
    },
  }),
];
