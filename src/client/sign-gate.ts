/** Signs one gate for what the signer saw, in the name of a session's member. */
import { CoordError } from '../core/error.ts';
import type { GateId } from '../core/ids.ts';
import type { Signing, Verdict } from './give-verdict.ts';
import { giveVerdict } from './give-verdict.ts';

export interface SeenVerdict extends Verdict {
  /** Of the gate, as the signer looked at it: the verdict is about nothing else. */
  readonly artifactHash: string;
}

/** @throws CoordError `ARTIFACT_CHANGED`, `GATE_NOT_WAITING`, `WRONG_STATE` (not just now), or why this member may not */
export async function signGate(signing: Signing, gateId: string, verdict: SeenVerdict): Promise<void> {
  const view = await signing.line.query('gate', { gateId: gateId as GateId });
  const { name, state, artifactHash } = view.gate;
  if (state !== 'waiting') {
    throw new CoordError('GATE_NOT_WAITING', `${name} was not signed: it is ${state}, and waits for nobody`, {
      gateId,
      state,
    });
  }
  if (artifactHash !== verdict.artifactHash) {
    throw new CoordError(
      'ARTIFACT_CHANGED',
      `${name} was not signed: it is about another artifact (${artifactHash}) by now. Look at that, and sign then`,
      { gateId, artifactHash },
    );
  }
  const outcome = await giveVerdict(signing, view, verdict);
  if (outcome === 'given') return;
  if (outcome !== 'later') throw outcome;
  throw new CoordError(
    'WRONG_STATE',
    `${name} can not be signed by you just now: its review is in other hands, you are busy with another task, or the company is paused. Look again later`,
    { gateId },
  );
}
