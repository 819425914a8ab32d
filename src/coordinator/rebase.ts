/** Does again, in the log, what a host did by itself while the log was away. */
import type { EventLog } from '../contract/event-log.ts';
import type { Fate } from '../contract/other-hosts.ts';
import type { Context } from '../core/context.ts';
import type { StoredEvent } from '../core/event.ts';
import type { CompanyState } from '../core/state.ts';
import type { Branch } from './branch.ts';
import { groupOf, hasEvents } from './decide-batch.ts';

export interface RebaseParts {
  /** As the log has it: nothing of the branch is in it. */
  readonly state: CompanyState;
  readonly log: EventLog;
  readonly branch: Branch;
  /** Of the host, now. */
  readonly context: () => Context;
  /** Folds what others appended. */
  readonly foldMissed: () => Promise<void>;
  /** Is told of events that stand in the log and are folded. */
  readonly redone: (events: readonly StoredEvent[]) => void;
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
  const { branch } = parts;
  branch.settle(fates);
  for (let left = branch.left(); left.length > 0; left = branch.left()) {
    await redoSome(parts, left.slice(0, atOnce));
  }
}

async function redoSome(
  { state, log, branch, context, foldMissed, redone }: RebaseParts,
  deeds: ReturnType<Branch['left']>,
): Promise<void> {
  const base = state.seq;
  state.journal.begin();
  const decided = branch.redo(state, deeds, context());
  const sent = decided.filter(hasEvents);
  if (sent.length > 0) {
    if (log.outages)
      branch.noteSent(
        sent.map(({ kept }) => kept),
        log.outages.nextBatch(),
      );
    const results = await log.append(sent.map((one) => groupOf(one, base)));
    if (!sent.every(({ events }, place) => events.at(-1)?.seq === results[place])) {
      // Somebody else appended in between: what stands counts, the rest is decided once more.
      state.journal.rollbackAll();
      branch.forget(sent.filter((_, place) => results[place] !== 'conflict').map(({ kept }) => kept));
      return foldMissed();
    }
  }
  state.journal.commit();
  branch.forget(deeds);
  redone(sent.flatMap(({ events }) => events));
}
