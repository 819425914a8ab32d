/** A page of the audit: finds its events, then folds past them once to see what each changed. */
import type { AuditEntry, AuditFilter, AuditPage } from '../../contract/audit.ts';
import type { Moment } from '../../contract/moment.ts';
import type { QueryParams } from '../../contract/queries.ts';
import { CoordError } from '../../core/error.ts';
import type { Seq } from '../../core/ids.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import type { Instant } from '../history/find-moment.ts';
import { auditEntry } from './audit-entry.ts';
import { searchLog } from './search-log.ts';

/** A page ends early rather than fold over more events than that. */
const longestSpan = 20_000;
/** About as many characters of JSON make a page, so that it fits well into a frame. */
const mostText = 4_000_000;

export async function auditPage(
  coordinator: CompanyCoordinator,
  params: QueryParams<'audit'>,
  signal: AbortSignal,
): Promise<AuditPage> {
  const { order, limit } = params;
  const { first, last } = await rangeOf(coordinator, params);
  const found = await searchLog(coordinator.records, params, { first, last, order, limit }, signal);
  const near = found.filter((seq) => Math.abs(seq - (found[0] ?? seq)) < longestSpan);
  const entries = fitting(await entriesOf(coordinator, near, order));
  const isWhole = found.length < limit && entries.length === found.length;
  return { entries, next: isWhole ? null : (entries.at(-1)?.seq ?? null) };
}

async function rangeOf(
  coordinator: CompanyCoordinator,
  { since, until, order, cursor }: QueryParams<'audit'>,
): Promise<{ first: Seq; last: Seq }> {
  const [first, last] = await seqRange(coordinator, { since, until });
  if (cursor === null) return { first, last };
  return order === 'oldest'
    ? { first: Math.max(first, cursor + 1) as Seq, last }
    : { first, last: Math.min(last, cursor - 1) as Seq };
}

/** Both included; a moment before the company or after now only leaves that end open. */
async function seqRange(
  coordinator: CompanyCoordinator,
  { since, until }: Pick<AuditFilter, 'since' | 'until'>,
): Promise<[first: Seq, last: Seq]> {
  refuseBackwards(since, until);
  // What a host does by itself is in no audit before it stands in the log.
  const head = Math.floor(await coordinator.read(({ seq }) => seq));
  const first = since && (await lastBefore(coordinator, since));
  const last = until && (await seqAt(coordinator, until));
  return [((first ?? 0) + 1) as Seq, Math.min(last ?? head, head) as Seq];
}

/** Nothing could be in between, and nobody means to ask for nothing. */
function refuseBackwards(since: Moment | null, until: Moment | null): void {
  if (since === null || until === null || !isBefore(until, since)) return;
  throw new CoordError(
    'BAD_INPUT',
    'The audit was refused: what it shall begin with (`since`) is later than what it shall end with (`until`). Exchange them',
    { since, until },
  );
}

/** A number and a time are not held against each other. */
function isBefore(a: Moment, b: Moment): boolean {
  if ('seq' in a) return 'seq' in b && a.seq < b.seq;
  return 'time' in b && a.time < b.time;
}

/** The last event that happened before the moment. */
async function lastBefore(coordinator: CompanyCoordinator, moment: Moment): Promise<number> {
  if ('seq' in moment) return moment.seq - 1;
  return seqAt(coordinator, { time: Math.max(moment.time - 1, 0) as typeof moment.time });
}

async function seqAt({ history }: CompanyCoordinator, moment: Moment): Promise<number> {
  if ('seq' in moment) return moment.seq;
  const found: Instant | null = await history.find(moment).catch((error: unknown) => {
    if (error instanceof CoordError && error.code === 'NO_SUCH_MOMENT') return null;
    throw error;
  });
  if (found) return found.seq;
  return moment.time > history.now() ? Number.MAX_SAFE_INTEGER : 0;
}

async function entriesOf(
  { history }: CompanyCoordinator,
  found: readonly Seq[],
  order: 'newest' | 'oldest',
): Promise<AuditEntry[]> {
  const ascending = order === 'oldest' ? found : found.toReversed();
  const [first, last] = [ascending[0], ascending.at(-1)];
  if (first === undefined || last === undefined) return [];
  const wanted = new Set<Seq>(ascending);
  const entries: AuditEntry[] = [];
  await history.walk(first, last, (stored, changes, state) => {
    if (wanted.has(stored.seq)) entries.push(auditEntry(stored, changes.take(), state));
  });
  return order === 'oldest' ? entries : entries.reverse();
}

/** As many as fit, and one at least. */
function fitting(entries: readonly AuditEntry[]): AuditEntry[] {
  let text = 0;
  return entries.filter((entry, place) => {
    text += JSON.stringify(entry).length;
    return place === 0 || text <= mostText;
  });
}
