/** What `--json` and the exports say of an event. Times are ISO 8601 in UTC; what is not there is null. */
import type { AuditEntry, RowChange } from '../../contract/audit.ts';
import { isoTime } from '../output/time-text.ts';

export interface AuditDocument {
  /** Its number in the log: 1, 2, 3 … */
  readonly seq: number;
  readonly at: string;
  /** `id` is null for the host; `name` is as it was at the time. */
  readonly actor: { readonly id: string | null; readonly name: string };
  readonly type: string;
  /** In words. */
  readonly what: string;
  readonly reason: string | null;
  /** The rows that it changed, as they were and as they became. */
  readonly changes: readonly RowChange[];
  /** The event itself; one of an older version in the shape of today. */
  readonly event: object;
}

export function auditDocument(entry: AuditEntry): AuditDocument {
  const { seq, at, actor, type, what, reason, changes, event } = entry;
  return { seq, at: isoTime(at), actor, type, what, reason, changes, event };
}
