/** Keeps the live company level with its host: a snapshot, then each event; and a snapshot anew when events were taken back. */

import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';
import { isProvisional } from '../core/provisional.ts';
import type { LiveCompany } from './live-company.ts';
import type { Coordination } from './rpc.ts';

type Source = Pick<Coordination, 'query' | 'follow'>;

const recentEvents = 250;

/** To ask again would give the same: whoever asks must be started from the same version as the host. */
export class OtherVersion extends CoordError {}

/**
 * Puts the company as it is now in place of what was there.
 * @throws CoordError as the queries
 * @throws OtherVersion `BAD_FRAME` - the host has the state in a shape that is not ours
 */
export async function restoreCompany(source: Source, live: LiveCompany): Promise<void> {
  const snapshot = await source.query('snapshot', {});
  // Provisional events stand in no log: what the log has ends before them.
  const after = Math.max(0, Math.floor(snapshot.seq) - recentEvents) as Seq;
  const recent = await source.query('events', { after, limit: recentEvents });
  const shown = recent.filter(({ seq }) => seq <= snapshot.seq);
  try {
    live.restore(snapshot, shown);
  } catch (cause) {
    throw new OtherVersion(
      'BAD_FRAME',
      'What the host says of the company can’t be read here: it runs another version of AgentCoord. Start it again from this one, or this from its own',
      {},
      { cause },
    );
  }
}

/**
 * Resolves when the host ends the stream, or the signal aborts. What the host did by itself stands in the log under other
 * numbers once it is back: folding that on top would do it twice.
 * @throws CoordError as the stream and the queries, but for `FOLLOW_TOO_SLOW`
 */
export async function followCompany(source: Source, live: LiveCompany, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (await foldUntilTakenBack(source, live, signal)) await restoreCompany(source, live);
    else return;
  }
}

/** @returns whether what was folded counts no more; false: the stream has ended */
async function foldUntilTakenBack(source: Source, live: LiveCompany, signal: AbortSignal): Promise<boolean> {
  try {
    for await (const events of source.follow(live.state.seq, signal)) {
      if (signal.aborted) return false;
      if (takesBack(live.state.seq, events)) return true;
      live.fold(events);
    }
    return false;
  } catch (error) {
    if (signal.aborted) return false;
    if (error instanceof CoordError && error.code === 'FOLLOW_TOO_SLOW') return true;
    throw error;
  }
}

/** The log goes on, while what is on the screen stands in no log: the snapshot was of a host that was cut off. */
function takesBack(seen: Seq, events: readonly StoredEvent[]): boolean {
  return isProvisional(seen) && events.some(({ seq }) => !isProvisional(seq));
}
