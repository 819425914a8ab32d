/** The entries of an audit one after the other, fetched page by page: never more than a page at once. */
import type { AuditEntry, AuditPage } from '../contract/audit.ts';
import type { QueryInput } from '../contract/queries.ts';
import type { Coordination } from '../contract/rpc.ts';
import type { Seq } from '../core/ids.ts';

const pageSize = 500;

/** @param limit entries, at most */
export async function* auditEntries(
  coordination: Coordination,
  filter: QueryInput<'audit'>,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<AuditEntry> {
  let cursor: Seq | null = null;
  let left = limit;
  do {
    const page: AuditPage = await coordination.query('audit', {
      ...filter,
      cursor,
      limit: Math.min(pageSize, left),
    });
    yield* page.entries;
    left -= page.entries.length;
    cursor = page.next;
  } while (cursor !== null && left > 0);
}
