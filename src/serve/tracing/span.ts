/** A span as it is read from the log: its ids follow from the ids of what it is about, so a restart does not break a trace. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { epochMsSchema } from '../../core/units.ts';

const attributesSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
);

/** One that has begun. */
export const openSpanSchema = z.strictObject({
  traceId: z.string(),
  spanId: z.string(),
  /** Null: the first of its trace. */
  parentId: z.string().nullable(),
  name: z.string(),
  start: epochMsSchema,
  attributes: attributesSchema,
  events: z.array(z.strictObject({ name: z.string(), at: epochMsSchema, attributes: attributesSchema })),
});

export type OpenSpan = z.output<typeof openSpanSchema>;
export type SpanAttributes = OpenSpan['attributes'];

export interface EndedSpan extends OpenSpan {
  readonly end: OpenSpan['start'];
  /** Why it failed; null: it did not. */
  readonly failedBecause: string | null;
}

/** 32 hexadecimal digits. @param id of an epic, or of a task or approval outside any */
export const traceIdOf = (id: string): string => digestOf(`trace ${id}`).slice(0, 32);

/** 16 hexadecimal digits. */
export const spanIdOf = (kind: string, id: string): string => digestOf(`${kind} ${id}`).slice(0, 16);

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
