/** Follows the log until the epic is over, keeps the view true, and has signed what waits for a person. */
import type { Coordination } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import { evolve } from '../../core/evolve.ts';
import type { Gate } from '../../core/gate/gate.ts';
import type { CompanyState } from '../../core/state.ts';
import type { DemoSigner } from './demo-signer.ts';
import type { DemoView } from './demo-view.ts';
import type { EpicProgress } from './epic-progress.ts';

/** While no person is asked, something happens every second, or the work has stopped for good. */
const stallMs = 60_000;

export interface Watch {
  readonly coordination: Coordination;
  /** Is folded on from where it is. */
  readonly state: CompanyState;
  readonly progress: EpicProgress;
  readonly view: DemoView;
  readonly signer: DemoSigner;
  /** The person wants to stop. */
  readonly stop: AbortSignal;
}

/** @throws CoordError why the epic did not get to its end */
export async function watchEpic({ coordination, state, progress, view, signer, stop }: Watch): Promise<void> {
  const failed = new AbortController();
  const asked = new Set<string>();
  const fail = (error: unknown) => failed.abort(error);
  let stall = startStall(fail);

  const signWhatWaits = () => {
    for (const gate of progress.gatesForPerson()) {
      const key = signatureKey(gate);
      if (asked.has(key)) continue;
      asked.add(key);
      signer.sign(gate).catch(fail);
    }
  };

  try {
    for await (const batch of coordination.follow(state.seq, AbortSignal.any([stop, failed.signal]))) {
      for (const stored of batch) {
        evolve(state, stored);
        view.happened(stored.event);
      }
      if (isOver(progress)) return;
      if (batch.every(({ event }) => event.type === 'worker.seen')) continue;
      clearTimeout(stall);
      if (progress.gatesForPerson().length === 0) stall = startStall(fail);
      signWhatWaits();
    }
    if (!stop.aborted) throw failed.signal.reason;
    throw new CoordError('WRONG_STATE', `The demo was stopped (${String(stop.reason)}) before it was done.`);
  } finally {
    clearTimeout(stall);
    view.close();
  }
}

/** A gate is signed once for each hash and each slot. */
const signatureKey = ({ id, artifactHash, signOffs }: Gate): string =>
  `${id} ${artifactHash} ${signOffs.length}`;

function isOver({ epic }: EpicProgress): boolean {
  if (epic?.state === 'blocked' || epic?.state === 'cancelled') {
    throw new CoordError(
      'WRONG_STATE',
      `The epic did not get to its end, it is ${epic.state}: ${epic.reason ?? 'no reason is known'}`,
      { epicId: epic.id },
    );
  }
  return epic?.state === 'completed';
}

function startStall(fail: (error: CoordError) => void): NodeJS.Timeout {
  const error = new CoordError(
    'WRONG_STATE',
    `Nothing has happened for ${stallMs / 1_000} s, so the demo was given up.`,
  );
  return setTimeout(() => fail(error), stallMs);
}
