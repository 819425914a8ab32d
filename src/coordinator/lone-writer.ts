/** Writes what is decided while the log is away, onto a branch, and does it again in the log when that is back. */
import type { EventLog } from '../contract/event-log.ts';
import { LogAway } from '../contract/log-away.ts';
import type { Fate } from '../contract/other-hosts.ts';
import { nothingClaimed, refuseAll, settle } from './answer-asks.ts';
import type { Branch } from './branch.ts';
import type { Ask, Decided, DecidedBatch } from './decide-batch.ts';
import { hasEvents } from './decide-batch.ts';
import type { OnFault } from './fault.ts';
import { refusalOf } from './fault.ts';
import type { HostStanding } from './host-standing.ts';
import type { LiveState } from './live-state.ts';
import { rebase } from './rebase.ts';

export interface LoneWriterParts {
  readonly live: LiveState;
  readonly standing: HostStanding;
  readonly log: EventLog;
  readonly branch: Branch;
  readonly onFault: OnFault;
}

export class LoneWriter {
  readonly #parts: LoneWriterParts;

  constructor(parts: LoneWriterParts) {
    this.#parts = parts;
  }

  /** The log does not answer: goes on from what is kept of an earlier outage. No batch may be under way. */
  goAway(): void {
    const { live, standing } = this.#parts;
    if (standing.isAway || live.halted) return;
    standing.goAway();
    this.#goOnBranch();
  }

  /**
   * What was under way when the log went away is to be decided on the branch, and may stand in the log all the same.
   * @returns the commands that are to be decided
   */
  takeOver(decided: readonly Decided[], { batch }: LogAway): readonly Ask[] {
    const { live, branch, onFault } = this.#parts;
    this.goAway();
    if (batch === null) return decided.map(({ ask }) => ask);
    const places = new Map(decided.filter(hasEvents).map((one, place) => [one, { batch, place }]));
    // Which task it would be now is another question than which it was.
    const isClaim = ({ ask, refusal }: Decided) => ask.command.type === 'task.claim' && !refusal;
    const claims = [...places].filter(([one]) => isClaim(one));
    try {
      branch.keepUnanswered(claims);
    } catch (error) {
      refuseAll(
        decided.map(({ ask }) => ask),
        refusalOf(error, onFault),
      );
      return [];
    }
    for (const [{ ask }] of claims) nothingClaimed(ask, live.durable);
    return decided.flatMap((one) => {
      const as = places.get(one);
      if (as && isClaim(one)) return [];
      return as ? { ...one.ask, sent: { ids: one.ids, as } } : one.ask;
    });
  }

  /** Keeps what was decided on the branch, durable, and answers it. */
  keep({ decided, head, depth }: DecidedBatch): void {
    const { live, branch, onFault } = this.#parts;
    try {
      branch.keep(decided);
    } catch (error) {
      // What was decided on top of it meanwhile goes with it.
      live.takeBack(depth);
      const failure = refusalOf(error, onFault);
      for (const { ask, refusal } of decided) ask.reject(refusal ?? failure);
      return;
    }
    settle(decided, head);
    live.publish(decided.flatMap(({ events }) => events));
  }

  /**
   * The log answers again: folds what others did, and does again what was done on the branch. No batch may be under way.
   * It stays away when the log is gone again meanwhile.
   * @param fates of the batches that had no answer
   * @throws CoordError what stands in the way, though the log answers; it stays away then, too
   */
  async comeBack(fates: ReadonlyMap<string, Fate>): Promise<void> {
    const { live, standing, log, branch } = this.#parts;
    if (!standing.isAway) return;
    live.takeBack();
    standing.comeBack();
    try {
      await live.foldMissed();
      await rebase({ live, standing, log, branch }, fates);
    } catch (error) {
      live.takeBack();
      const failure = live.failure(error);
      standing.stayAway();
      this.#goOnBranch();
      if (!(error instanceof LogAway)) throw failure;
    }
  }

  #goOnBranch(): void {
    const { live, standing, branch, onFault } = this.#parts;
    live.state.journal.begin();
    if (live.halted) return;
    try {
      branch.replay(live.state, standing.context);
    } catch (error) {
      refusalOf(error, onFault);
    }
  }
}
