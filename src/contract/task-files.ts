/** How a command that does a task reaches the company's files: a line of JSON to the worker's private door, a line back. */
import { z } from 'zod';
import type { CoordErrorJson } from '../core/error.ts';
import { seqSchema } from '../core/ids.ts';
import { scopeSchema } from '../core/lock/lock-commands.ts';
import { durationMsSchema, ms } from '../core/units.ts';
import { fileChangeSchema, readFileSchema } from './workspace.ts';

/** Names the file that says where the door is; only its owner can read that file. */
export const doorVariable = 'AGENTCOORD_FILES';

/** The longest line either side takes, in characters: the largest file in base64, and some. */
export const maxDoorLine = 32 * 1024 * 1024;

export const doorFileSchema = z.strictObject({
  /** A socket, or a named pipe. */
  address: z.string().min(1),
  /** Opens this door and nothing else, for as long as the run lasts. */
  key: z.string().min(1),
});

const intentSchema = z.string().trim().min(1).max(500);

export const doorCallSchema = z.discriminatedUnion('call', [
  /** Kept by the worker until it is given back or the task ends; answers the token. */
  z.strictObject({
    call: z.literal('lock'),
    scope: scopeSchema,
    intent: intentSchema,
    ttl: durationMsSchema.nullable().default(null),
    wait: durationMsSchema.default(ms(0)),
  }),
  z.strictObject({ call: z.literal('unlock'), token: seqSchema }),
  z.strictObject({ call: z.literal('read'), ...readFileSchema.omit({ taskId: true }).shape }),
  /** All of the files or none, under one lock. */
  z.strictObject({
    call: z.literal('change'),
    token: seqSchema,
    files: z
      .array(fileChangeSchema.omit({ token: true }))
      .min(1)
      .max(200),
  }),
]);

export const doorRequestSchema = z.strictObject({ key: z.string(), ask: doorCallSchema });

export type DoorCall = z.output<typeof doorCallSchema>;
export type DoorAnswer = { readonly value: unknown } | { readonly error: CoordErrorJson };
