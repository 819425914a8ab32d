/** What the audit and the difference of two moments say. */
import { z } from 'zod';
import type { CompanyEvent, EventType } from '../core/event.ts';
import { insteadOfEventType } from '../core/event-types.ts';
import type { MemberId, Seq } from '../core/ids.ts';
import { loggedSeqSchema, memberIdSchema } from '../core/ids.ts';
import type { TableName } from '../core/state.ts';
import type { EpochMs } from '../core/units.ts';
import { momentSchema } from './moment.ts';

const eventTypeSchema = z
  .string()
  .min(1)
  .max(60)
  .refine((wanted) => insteadOfEventType(wanted) === null, {
    error: ({ input }) =>
      `can't be \`${input}\`, which is no type of event: ${insteadOfEventType(String(input))}`,
  });

/** Which events; what is left out narrows nothing down. */
export const auditFilterSchema = z.strictObject({
  /** From the moment on. An event's own number is in it, and so is its instant. */
  since: momentSchema.nullable().default(null),
  /** Up to the moment. */
  until: momentSchema.nullable().default(null),
  /** A member's id; `host` for what the clock and the host did. */
  actor: z
    .union([z.literal('host'), memberIdSchema])
    .nullable()
    .default(null),
  /** Types of events, such as `gate.signed`, or what they begin with: `gate`. */
  types: z.array(eventTypeSchema).max(50).default([]),
  /** The id of anything that the event names. */
  object: z.string().min(1).max(200).nullable().default(null),
  /** Words that stand in the event, in any case of letters. */
  text: z.string().min(1).max(200).nullable().default(null),
});

export type AuditFilter = z.output<typeof auditFilterSchema>;

export const auditSchema = auditFilterSchema.extend({
  order: z.enum(['newest', 'oldest']).default('newest'),
  /** `next` of the page before; null: from the end that `order` names. */
  cursor: loggedSeqSchema.nullable().default(null),
  limit: z.number().int().min(1).max(500).default(100),
});

/** A row that an event changed. Rows are as the state has them; their fields may grow. */
export interface RowChange {
  readonly table: TableName | 'company';
  readonly id: string;
  /** Null: it was not there. */
  readonly before: object | null;
  /** Null: it is gone. */
  readonly after: object | null;
}

export interface AuditEntry {
  readonly seq: Seq;
  readonly at: EpochMs;
  readonly actor: {
    /** Null: the host. */
    readonly id: MemberId | null;
    /** As it was at the time. */
    readonly name: string;
  };
  readonly type: EventType;
  /** In words: `task claimed: Fix the login`. */
  readonly what: string;
  /** What somebody gave as the reason, or as a note. */
  readonly reason: string | null;
  readonly changes: readonly RowChange[];
  readonly event: CompanyEvent;
}

export interface AuditPage {
  /** In the order that was asked for. */
  readonly entries: readonly AuditEntry[];
  /** The cursor of the next page; null: there is none. A page may be shorter than asked for and have a next one. */
  readonly next: Seq | null;
}

export const diffSchema = z.strictObject({
  from: momentSchema,
  /** Null: now. */
  to: momentSchema.nullable().default(null),
  /** Rows of each table, at most. */
  limit: z.number().int().min(1).max(1_000).default(200),
});

export interface RowDiff extends RowChange {
  /** The fields that differ; empty for a row that is new or gone. */
  readonly fields: readonly string[];
}

export interface TableDiff {
  readonly table: RowChange['table'];
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** Rows that ended long before and left the state with its age: nothing happened to them, and `rows` has none of them. */
  readonly forgotten: number;
  /** By id; not all when there are more than the limit. */
  readonly rows: readonly RowDiff[];
}

export interface StateDiff {
  readonly from: { readonly seq: Seq; readonly at: EpochMs };
  readonly to: { readonly seq: Seq; readonly at: EpochMs };
  /** Those in which something differs. */
  readonly tables: readonly TableDiff[];
}
