/** Does again, in the log, what a host did by itself while the log was away. */
import type { EventLog } from '../contract/event-log.ts';
import type { Fate } from '../contract/other-hosts.ts';
import type { Seq } from '../core/ids.ts';
import type { Branch } from './branch.ts';
import { groupOf, hasEvents } from './decide-batch.ts';
import type { HostStanding } from './host-standing.ts';
import type { LiveState } from './live-state.ts';

export interface RebaseParts {
  /** As the log has it: nothing of the branch is in it. */
  readonly live: LiveState;
  readonly standing: HostStanding;
  readonly log: EventLog;
  readonly branch: Branch;
}

/** Deeds that are done again together: one batch of the log. */
const atOnce = 256;

/**
 * Nobody else may decide meanwhile. What it is interrupted in, also by the end of the host, is still in the branch, or
 * known by the name of the batch that it was sent as.
 * @param fates of the batches that had no answer
 * @throws LogAway the log is gone again; the state is then to be taken back
 */
export async function rebase(parts: RebaseParts, fates: ReadonlyMap<string, Fate>): Promise<void> {
  const { branch, log } = parts;
  await branch.settle(fates, async (seq) => (await log.read((seq - 1) as Seq, 1))[0]);
  for (let next = branch.first(atOnce); next.length > 0; next = branch.first(atOnce)) {
    await redoSome(parts, next);
  }
}

async function redoSome(
  { live, standing, log, branch }: RebaseParts,
  deeds: ReturnType<Branch['first']>,
): Promise<void> {
  const { state } = live;
  const base = state.seq;
  state.journal.begin();
  const decided = branch.redo(state, deeds, standing.context);
  const sent = decided.filter(hasEvents);
  if (sent.length > 0) {
    const kept = sent.map((one) => one.kept);
    if (log.outages) branch.noteSent(kept, log.outages.nextBatch());
    const results = await log.append(sent.map((one) => groupOf(one, base)));
    if (!sent.every(({ events }, place) => events.at(-1)?.seq === results[place])) {
      // Somebody else appended in between: what stands counts, the rest is decided once more.
      live.takeBack();
      branch.forget(kept.filter((_, place) => results[place] !== 'conflict'));
      return live.foldMissed();
    }
  }
  live.commit(state.seq);
  branch.forget(deeds);
  live.publish(sent.flatMap(({ events }) => events));
}
