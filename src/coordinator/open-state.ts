/** Builds the state of a company from its log: the newest snapshot, then every event after it. */
import type { EventLog } from '../contract/event-log.ts';
import type { LogRecord } from '../contract/hash-chain.ts';
import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import { eventVersion } from '../core/event.ts';
import { evolve } from '../core/evolve.ts';
import type { Seq } from '../core/ids.ts';
import type { CompanyState } from '../core/state.ts';
import { emptyState, restoreState } from '../core/state.ts';

/**
 * Raised whenever the rows of a state, the way events are folded, or the version of events change: older snapshots are
 * then passed over, and an older program does not start from one that stands behind events that it can't read.
 */
export const stateVersion = 16;

/** @throws CoordError `DATABASE_TOO_NEW`, `DATABASE_DAMAGED`, `LOG_UNAVAILABLE` */
export async function openState(log: EventLog): Promise<{ state: CompanyState; snapshotSeq: Seq }> {
  await refuseNewerEnd(log);
  const snapshot = await log.loadSnapshot(stateVersion);
  const state = snapshot ? restoreState(snapshot.state) : emptyState();
  const snapshotSeq = state.seq;
  for await (const _page of missedPages(state, log));
  return { state, snapshotSeq };
}

/** Folds what the log has after the state. @returns those events */
export async function catchUp(state: CompanyState, log: EventLog): Promise<StoredEvent[]> {
  const missed: StoredEvent[] = [];
  for await (const page of missedPages(state, log)) missed.push(...page);
  return missed;
}

/** Folds what the log has after the state, page by page: a start that kept them all would hold the whole log in memory. */
async function* missedPages(state: CompanyState, log: EventLog): AsyncGenerator<readonly StoredEvent[]> {
  for (;;) {
    const page = await log.read(state.seq);
    if (page.length === 0) return;
    for (const stored of page) fold(state, stored);
    yield page;
  }
}

/** A snapshot hides the events before it from the fold. Their versions only rise, so the last one tells of them all. */
async function refuseNewerEnd(log: EventLog): Promise<void> {
  const head = await log.head();
  if (head === 0) return;
  const [last] = await log.readRecords((head - 1) as Seq, 1);
  if (last) refuseNewer(last);
}

/** @param folded as of `evolve`. @throws CoordError `DATABASE_TOO_NEW`, `DATABASE_DAMAGED` */
export function fold(state: CompanyState, stored: StoredEvent, folded?: () => void): void {
  refuseNewer({ seq: stored.seq, version: stored.version, type: stored.event.type });
  try {
    evolve(state, stored, folded);
  } catch (error) {
    throw new CoordError(
      'DATABASE_DAMAGED',
      `Event ${stored.seq} (${stored.event.type}) does not fit what is before it. Nothing was changed. ` +
        'Keep a copy of the company’s folder, and put a backup in its place',
      { seq: stored.seq },
      { cause: error },
    );
  }
}

function refuseNewer({ seq, version, type }: Pick<LogRecord, 'seq' | 'version' | 'type'>): void {
  if (version <= eventVersion) return;
  throw new CoordError(
    'DATABASE_TOO_NEW',
    `Event ${seq} (${type}) was written by a newer AgentCoord: its version is ${version}, ` +
      `this one reads up to ${eventVersion}. Nothing was changed. Install the newer AgentCoord again`,
    { seq, version, known: eventVersion },
  );
}
