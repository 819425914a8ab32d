/** The calls between the host and the process of a plugin, each a line of JSON. */
import { z } from 'zod';
import { channelErrorCodes } from './channel-error.ts';
import {
  healthSchema,
  inboundAnswerSchema,
  inboundMessageSchema,
  messageRefSchema,
  outboundMessageSchema,
} from './messages.ts';

/** The longest line either side accepts, in bytes. */
export const maxLineBytes = 1024 * 1024;

const settings = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));
const nothing = z.strictObject({});

export const initializeSchema = z.strictObject({
  /** The whole path of the module with the plugin. */
  module: z.string(),
  apiVersion: z.string(),
  hosts: z.array(z.string()),
  folder: z.string(),
  terminal: z
    .strictObject({ isInteractive: z.boolean(), hasColor: z.boolean(), columns: z.number().int().positive() })
    .nullable(),
});

/** What the host asks of the plugin. */
export const pluginCalls = {
  initialize: { params: initializeSchema, answer: z.strictObject({ apiVersion: z.string() }) },
  validateConfig: {
    params: z.strictObject({ settings }),
    answer: z.strictObject({
      problems: z.array(z.strictObject({ field: z.string().max(80), message: z.string().max(500) })).max(100),
    }),
  },
  /** Opens the channel, or gives the one that is open new settings. */
  configChanged: { params: z.strictObject({ settings }), answer: nothing },
  send: {
    params: z.strictObject({ message: outboundMessageSchema }),
    answer: z.strictObject({ ref: messageRefSchema }),
  },
  edit: {
    params: z.strictObject({ ref: messageRefSchema, message: outboundMessageSchema }),
    answer: nothing,
  },
  health: { params: nothing, answer: healthSchema },
  shutdown: { params: nothing, answer: nothing },
} as const;

/** What the plugin asks of the host. */
export const hostCalls = {
  receive: { params: z.strictObject({ message: inboundMessageSchema }), answer: inboundAnswerSchema },
  report: { params: z.strictObject({ health: healthSchema }), answer: nothing },
  log: { params: z.strictObject({ text: z.string().max(4_000) }), answer: nothing },
} as const;

export interface CallShape {
  readonly params: z.ZodType;
  readonly answer: z.ZodType;
}
export type CallTable = Readonly<Record<string, CallShape>>;
export type ParamsOf<Calls extends CallTable, Name extends keyof Calls> = z.output<Calls[Name]['params']>;
export type AnswerOf<Calls extends CallTable, Name extends keyof Calls> = z.output<Calls[Name]['answer']>;
/** What one side does for the other. */
export type Handlers<Calls extends CallTable> = {
  readonly [Name in keyof Calls]: (params: ParamsOf<Calls, Name>) => Promise<z.input<Calls[Name]['answer']>>;
};

export const callErrorSchema = z.strictObject({
  code: z.enum([...channelErrorCodes, 'BAD_CALL', 'FAILED']),
  message: z.string().max(2_000),
  retryAfterMs: z.number().nonnegative().nullable().default(null),
});
export type CallError = z.output<typeof callErrorSchema>;

const callId = z.number().int().nonnegative();
/** `call` asks; `ok` and `error` answer the call of that number. */
export const lineSchema = z.union([
  z.strictObject({ call: callId, name: z.string().max(40), params: z.unknown() }),
  z.strictObject({ ok: callId, answer: z.unknown() }),
  z.strictObject({ error: callId, ...callErrorSchema.shape }),
]);
