/** Builds the state of a company from its log: the newest snapshot, then every event after it. */
import type { EventLog } from '../contract/event-log.ts';
import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import { eventVersion } from '../core/event.ts';
import { evolve } from '../core/evolve.ts';
import type { Seq } from '../core/ids.ts';
import type { CompanyState } from '../core/state.ts';
import { emptyState, restoreState } from '../core/state.ts';

/** Raised whenever the rows of a state or the way events are folded change: older snapshots are then passed over. */
export const stateVersion = 8;

/** @throws CoordError `DATABASE_TOO_NEW`, `DATABASE_DAMAGED`, `LOG_UNAVAILABLE` */
export async function openState(log: EventLog): Promise<{ state: CompanyState; snapshotSeq: Seq }> {
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

/** @param folded as of `evolve`. @throws CoordError `DATABASE_TOO_NEW`, `DATABASE_DAMAGED` */
export function fold(state: CompanyState, stored: StoredEvent, folded?: () => void): void {
  if (stored.version > eventVersion) {
    throw new CoordError(
      'DATABASE_TOO_NEW',
      `Event ${stored.seq} (${stored.event.type}) was written by a newer AgentCoord: its version is ${stored.version}, ` +
        `this one reads up to ${eventVersion}. Nothing was changed. Install the newer AgentCoord again`,
      { seq: stored.seq, version: stored.version, known: eventVersion },
    );
  }
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
