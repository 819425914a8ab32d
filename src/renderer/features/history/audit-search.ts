/** What a person typed to search the audit, as the question to the host; and all that it finds, for a file. Pure but for the asking. */
import type { AuditPage } from '../../../contract/audit.ts';
import type { QueryInput } from '../../../contract/queries.ts';
import type { Seq } from '../../../core/ids.ts';
import { memberIdSchema } from '../../../core/ids.ts';
import type { EpochMs } from '../../../core/units.ts';
import type { Moment } from '../../lib/moment.ts';

export const anybody = '';
export const host = 'host';

export interface AuditSearch {
  readonly text: string;
  /** A type of event, or what it begins with. */
  readonly type: string;
  /** A member's id, `host` or `anybody`. */
  readonly actor: string;
  readonly object: string;
  /** As the field of a browser has it, in local time: `2026-11-30T21:40`; empty: no such limit. */
  readonly since: string;
  readonly until: string;
}

export const plainSearch: AuditSearch = {
  text: '',
  type: '',
  actor: anybody,
  object: '',
  since: '',
  until: '',
};

/** @param moment what is shown; nothing later is found */
export function auditFilter(search: AuditSearch, moment: Moment) {
  const [text, type, object] = [search.text.trim(), search.type.trim(), search.object.trim()];
  const since = instantIn(search.since);
  const until = endOfMinute(instantIn(search.until));
  return {
    since: since === null ? null : { time: since },
    until: until === null || until > moment.at ? { seq: moment.seq } : { time: until },
    text: text === '' ? null : text,
    types: type === '' ? [] : [type],
    object: object === '' ? null : object,
    actor:
      search.actor === anybody
        ? null
        : search.actor === host
          ? ('host' as const)
          : memberIdSchema.parse(search.actor),
  };
}

function instantIn(local: string): EpochMs | null {
  const at = new Date(local).getTime();
  return Number.isNaN(at) ? null : (at as EpochMs);
}

/** The field knows minutes: all of the last one is meant. */
function endOfMinute(at: EpochMs | null): EpochMs | null {
  return at === null ? null : ((at + 59_999) as EpochMs);
}

const pageEntries = 500;

/**
 * One entry a line, in JSON, the oldest first.
 * @param ask page by page, with what is looked for
 */
export async function auditLines(
  ask: (page: Pick<QueryInput<'audit'>, 'cursor' | 'limit' | 'order'>) => Promise<AuditPage>,
): Promise<string> {
  const lines: string[] = [];
  for (let cursor: Seq | null = null; ; ) {
    const { entries, next }: AuditPage = await ask({ cursor, limit: pageEntries, order: 'oldest' });
    for (const entry of entries) lines.push(`${JSON.stringify(entry)}\n`);
    if (next === null) return lines.join('');
    cursor = next;
  }
}
