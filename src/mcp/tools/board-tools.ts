/** Tools to speak with the others: threads of the board, direct messages, the inbox, and decisions for the record. */
import { z } from 'zod';
import { messageKinds } from '../../core/board/board.ts';
import { threadIdSchema } from '../../core/ids.ts';
import { priorities } from '../../core/workflow/workflow.ts';
import type { Tool } from '../define-tool.ts';
import { defineTool } from '../define-tool.ts';
import { gateOf, gateShape, iso, Names, threadOf, threadShape } from '../shapes.ts';

const message = z
  .string()
  .max(20_000)
  .refine((text) => text.trim() !== '', 'says nothing')
  .describe('Markdown; @name reaches a member');
const kind = z.enum(messageKinds).default('STATUS').describe('QUESTION when you need an answer');
const priority = z.enum(priorities).optional();
const said = z.object({ author: z.string(), at: z.string(), kind: z.string(), text: z.string() });

export const boardTools: readonly Tool[] = [
  defineTool({
    name: 'post_thread',
    title: 'Post a thread',
    description:
      'Starts a thread on the board for everybody. Answer in an existing one with reply_to_thread instead.',
    input: z.strictObject({ title: z.string().trim().min(1).max(200), message, kind, priority }),
    output: z.object({ thread_id: z.string() }),
    run: async ({ title, message: text, kind: of, priority: urgency }, { session }) => ({
      thread_id: await session.postThread({
        title,
        message: text,
        kind: of,
        ...(urgency && { priority: urgency }),
      }),
    }),
  }),
  defineTool({
    name: 'reply_to_thread',
    title: 'Reply to a thread',
    description: 'Writes in a thread; everybody who takes part in it finds it in the inbox.',
    input: z.strictObject({ thread_id: threadIdSchema, message, kind }),
    output: z.object({ thread_id: z.string() }),
    run: async ({ thread_id: threadId, message: text, kind: of }, { session }) => {
      await session.reply(threadId, text, { kind: of });
      return { thread_id: threadId };
    },
  }),
  defineTool({
    name: 'send_message',
    title: 'Send a direct message',
    description: 'Writes to one member directly; nobody else reads it but the owner.',
    input: z.strictObject({
      to: z.string().min(1).max(80).describe('name or id of a member'),
      message,
      kind,
    }),
    output: z.object({ sent_to: z.string() }),
    run: async ({ to, message: text, kind: of }, { session }) => {
      await session.send(to, text, { kind: of });
      return { sent_to: to };
    },
  }),
  defineTool({
    name: 'list_threads',
    title: 'List threads',
    description: 'The threads of the board that you may see, those with the newest message first.',
    input: z.strictObject({
      state: z.enum(['active', 'waiting', 'resolved']).optional(),
      mine: z.boolean().default(false).describe('only those that you take part in'),
      limit: z.number().int().min(1).max(100).default(30),
    }),
    output: z.object({ threads: z.array(threadShape) }),
    reads: true,
    run: async ({ state, mine, limit }, { session }) => {
      const [threads, names] = await Promise.all([
        session.query('threads', { mine, limit, ...(state && { state }) }),
        Names.of(session),
      ]);
      return { threads: threads.map((thread) => threadOf(thread, names)) };
    },
  }),
  defineTool({
    name: 'read_thread',
    title: 'Read a thread',
    description: 'What was said in a thread, the oldest first; it then counts as read.',
    input: z.strictObject({
      thread_id: threadIdSchema,
      limit: z.number().int().min(1).max(200).default(50).describe('the newest so many messages'),
    }),
    output: z.object({ thread: threadShape, messages: z.array(said), more: z.boolean() }),
    run: async ({ thread_id: threadId, limit }, { session }) => {
      const [page, names] = await Promise.all([
        session.query('thread', { threadId, limit }),
        Names.of(session),
      ]);
      const newest = page.messages.at(-1);
      if (newest) await session.command({ type: 'board.mark_read', threadId, upTo: newest.seq });
      return {
        thread: threadOf(page, names),
        messages: page.messages.map((one) => ({
          author: names.of(one.author),
          at: iso(one.at),
          kind: one.kind,
          text: one.text,
        })),
        more: page.more,
      };
    },
  }),
  defineTool({
    name: 'read_inbox',
    title: 'Read your inbox',
    description:
      'What is unread of what reached you (mentions, replies, direct messages), and the gates that wait for you. Look between tasks. With mark_read, what is answered then counts as read.',
    input: z.strictObject({ mark_read: z.boolean().default(false) }),
    output: z.object({
      messages: z.array(said.extend({ thread_id: z.string(), thread: z.string(), why: z.string() })),
      more: z.boolean(),
      gates: z.array(gateShape),
    }),
    run: async ({ mark_read: markRead }, { session }) => {
      const [inbox, names] = await Promise.all([session.inbox({ onlyUnread: true }), Names.of(session)]);
      const newest = inbox.messages[0];
      if (markRead && newest) {
        await session.command({ type: 'board.mark_read', threadId: null, upTo: newest.message.seq });
      }
      return {
        messages: inbox.messages.map(({ message: one, thread }) => ({
          thread_id: one.threadId,
          thread: thread.title,
          why: one.reason,
          author: names.of(one.author),
          at: iso(one.at),
          kind: one.kind,
          text: one.text,
        })),
        more: inbox.more,
        gates: inbox.approvals.map((gate) => gateOf(gate, names, session.member.id)),
      };
    },
  }),
  defineTool({
    name: 'log_decision',
    title: 'Log a decision',
    description:
      'Puts a decision of yours on record, with why: whoever asks later finds it in the audit. Use it for choices that others will have to live with.',
    input: z.strictObject({
      kind: z.string().trim().min(1).max(60).describe('in your words: library, architecture, deployment'),
      context: z.string().trim().min(1).max(20_000).describe('what it is about'),
      reason: z.string().trim().min(1).max(5_000).describe('why this and nothing else'),
    }),
    output: z.object({ event: z.number().describe('its number in the log') }),
    run: async (decision, { session }) => {
      const { seq } = await session.command({ type: 'decision.log', ...decision });
      return { event: seq };
    },
  }),
];
