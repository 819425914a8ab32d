/** What can be asked about the board. */
import { z } from 'zod';
import { memberIdSchema, seqSchema, threadIdSchema } from '../ids.ts';
import { prioritySchema } from '../task/task-commands.ts';
import { messageKinds } from './board.ts';

const textSchema = z
  .string()
  .max(20_000)
  .refine((text) => text.trim() !== '', 'says nothing');
const noteSchema = z.string().trim().max(2_000).default('');
const kindSchema = z.enum(messageKinds).default('STATUS');

/** Starts a thread for everybody with its first message. */
export const startThreadSchema = z.strictObject({
  type: z.literal('thread.start'),
  title: z.string().trim().min(1).max(200),
  text: textSchema,
  kind: kindSchema,
  priority: prioritySchema.default('NORMAL'),
});

/** Writes in a thread; one that is resolved, or that waits for an answer, is active again. */
export const postMessageSchema = z.strictObject({
  type: z.literal('message.post'),
  threadId: threadIdSchema,
  text: textSchema,
  kind: kindSchema,
  /** Null: that of the thread. */
  priority: prioritySchema.nullable().default(null),
});

/** A direct message from the actor to one other member, in the one thread that the two have. */
export const sendMessageSchema = z.strictObject({
  type: z.literal('message.send'),
  to: memberIdSchema,
  text: textSchema,
  kind: kindSchema,
  priority: prioritySchema.default('NORMAL'),
});

/** The thread waits for an answer, or for something outside; the note says for what. */
export const waitThreadSchema = z.strictObject({
  type: z.literal('thread.wait'),
  threadId: threadIdSchema,
  note: noteSchema,
});
export const resolveThreadSchema = z.strictObject({
  type: z.literal('thread.resolve'),
  threadId: threadIdSchema,
  note: noteSchema,
});
export const reopenThreadSchema = z.strictObject({
  type: z.literal('thread.reopen'),
  threadId: threadIdSchema,
});
export const prioritizeThreadSchema = z.strictObject({
  type: z.literal('thread.prioritize'),
  threadId: threadIdSchema,
  priority: prioritySchema,
});

/** The actor has read a thread, or all that concern them. */
export const markReadSchema = z.strictObject({
  type: z.literal('board.mark_read'),
  /** Null: every thread that the actor takes part in. */
  threadId: threadIdSchema.nullable().default(null),
  /** Up to and with the message of this `seq`. Null: all there is now. */
  upTo: seqSchema.nullable().default(null),
});

/** Writes to channels by name, or to all: in a new thread, or in one that then reaches these channels too. */
export const postToChannelsSchema = z
  .strictObject({
    type: z.literal('channel.post'),
    /** Null: every channel there is. */
    channels: z.array(z.string().min(1).max(40)).min(1).max(50).nullable(),
    /** Null: a new thread. */
    threadId: threadIdSchema.nullable().default(null),
    /** Of the new thread. */
    title: z.string().trim().max(200).default(''),
    text: textSchema,
    kind: kindSchema,
    /** Null: that of the thread, or NORMAL. */
    priority: prioritySchema.nullable().default(null),
  })
  .refine(({ threadId, title }) => threadId !== null || title !== '', {
    path: ['title'],
    message: 'a new thread needs a title',
  });

export const boardCommandSchemas = [
  startThreadSchema,
  postMessageSchema,
  sendMessageSchema,
  postToChannelsSchema,
  waitThreadSchema,
  resolveThreadSchema,
  reopenThreadSchema,
  prioritizeThreadSchema,
  markReadSchema,
] as const;
