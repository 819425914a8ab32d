/** What goes to a channel and what comes from one. */
import { z } from 'zod';

export const priorities = ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const;
export const messageTypes = ['STATUS', 'ERROR', 'SUCCESS', 'QUESTION', 'ANNOUNCEMENT'] as const;

/** How the channel calls what it has sent. Its own words: we only keep them, and hand them back. */
export const messageRefSchema = z.strictObject({
  /** The message. */
  id: z.string().min(1).max(300),
  /** Where it stands, if that is not clear: the room or the conversation of a direct message. */
  place: z.string().max(300).optional(),
  /** The thread that it began or stands in; what answers it is sent there. */
  thread: z.string().max(300).optional(),
});

/** Somebody as the channel knows them: never by a name that they can choose themselves. */
export const personSchema = z.strictObject({
  id: z.string().min(1).max(200),
  name: z.string().max(200).default(''),
});

export const actionSchema = z.strictObject({
  /** Comes back as it is when the button is pressed. At most 90 characters, so that it fits everywhere. */
  token: z.string().min(1).max(90),
  label: z.string().min(1).max(75),
  style: z.enum(['primary', 'danger', 'plain']),
  /** Asks for a note before it is sent. */
  asksForNote: z.boolean(),
});

export const fieldSchema = z.strictObject({ name: z.string().max(100), value: z.string().max(1_000) });

export const outboundMessageSchema = z.strictObject({
  /** The same again for the same message: what was sent under it once need not be sent again. */
  key: z.string().min(1).max(200),
  /** Markdown by convention. With a capability that the channel lacks, what it would have shown is in here. */
  text: z.string().max(40_000),
  /** Empty: it has none. */
  title: z.string().max(300),
  priority: z.enum(priorities),
  type: z.enum(messageTypes),
  /** What it is about: `message`, `gate`, `task` … */
  category: z.string().max(40),
  /** Who wrote it; null: the company itself. */
  author: z.string().max(200).nullable(),
  /** ISO 8601. */
  at: z.string().max(40),
  /** What it answers; only for a channel with `thread`. */
  thread: messageRefSchema.nullable(),
  /** Only for a channel with `rich`. */
  fields: z.array(fieldSchema).max(25),
  /** Only for a channel with `actions`. */
  actions: z.array(actionSchema).max(20),
  /** To this person alone; only for a channel with `dm`. */
  to: personSchema.nullable(),
  /** Where it is seen in the app; null: nowhere. */
  link: z.string().max(500).nullable(),
});

/** What people do there. `id` names it for ever: what comes twice is taken once. */
export const inboundMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    /** Somebody wrote below one of our messages, or directly to us. */
    kind: z.literal('reply'),
    id: z.string().min(1).max(300),
    from: personSchema,
    text: z.string().max(40_000),
    /** Below which; null: below none. */
    thread: messageRefSchema.nullable(),
  }),
  z.strictObject({
    /** Somebody pressed a button. */
    kind: z.literal('action'),
    id: z.string().min(1).max(300),
    from: personSchema,
    token: z.string().max(200),
    note: z.string().max(4_000).default(''),
  }),
  z.strictObject({
    /** Somebody gave a command, such as `/agentcoord link 4F7K-2M9Q`: the words after its name. */
    kind: z.literal('command'),
    id: z.string().min(1).max(300),
    from: personSchema,
    text: z.string().max(4_000),
  }),
]);

/** For the person who wrote, and for nobody else where the channel can do that. */
export const inboundAnswerSchema = z.strictObject({ ok: z.boolean(), text: z.string().max(4_000) });

export const healthSchema = z.strictObject({
  state: z.enum(['ready', 'degraded']),
  /** What is wrong, for a person; empty when nothing is. */
  reason: z.string().max(500).default(''),
});

export type MessageRef = z.output<typeof messageRefSchema>;
export type Person = z.output<typeof personSchema>;
export type Action = z.output<typeof actionSchema>;
export type OutboundMessage = z.output<typeof outboundMessageSchema>;
export type InboundMessage = z.input<typeof inboundMessageSchema>;
export type InboundAnswer = z.output<typeof inboundAnswerSchema>;
export type Health = z.input<typeof healthSchema>;
