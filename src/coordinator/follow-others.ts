/** Folds what other hosts append, also while nothing is asked of this one. */
import type { EventLog } from '../contract/event-log.ts';
import type { StoredEvent } from '../core/event.ts';
import type { CommandQueue } from './command-queue.ts';
import type { Ask } from './decide-batch.ts';
import type { HostStanding } from './host-standing.ts';
import type { LiveState } from './live-state.ts';

export interface FollowOthersParts {
  readonly log: EventLog;
  readonly live: LiveState;
  readonly standing: HostStanding;
  readonly queue: CommandQueue<Ask>;
  readonly signal: AbortSignal;
}

/** Resolves when the signal has aborted, or the log is closed. */
export async function followOthers({ log, live, standing, queue, signal }: FollowOthersParts): Promise<void> {
  let unseen: StoredEvent[] = [];
  for await (const events of log.follow(live.durable, signal)) {
    unseen.push(...events);
    // What this host appended itself is folded once its batch is settled.
    await queue.settled();
    unseen = unseen.filter(({ seq }) => seq > live.durable);
    if (unseen.length === 0) continue;
    await queue.betweenBatches(() => {
      // What the copy gets while the log comes back is folded with the rebase.
      if (!standing.isAway) live.foldAppended(unseen);
    });
  }
}
