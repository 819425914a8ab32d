/** Signs several like gates one after the other: each for its own hash, and what is refused of one holds up no other. */
import type { Coordination } from '../../../contract/rpc.ts';
import type { Decision, Gate } from '../../../core/gate/gate.ts';
import type { GateId, RoleId } from '../../../core/ids.ts';
import { asCoordError } from '../../lib/use-command.ts';

export interface Verdict {
  readonly decision: Decision;
  readonly roleId: RoleId;
  readonly note: string;
}

/** What became of one: null when it was signed, else why not. */
export type Outcomes = ReadonlyMap<GateId, string | null>;

/** @param onOutcome after each of them */
export async function signTogether(
  coordination: Pick<Coordination, 'command'>,
  gates: readonly Gate[],
  { decision, roleId, note }: Verdict,
  onOutcome: (outcomes: Outcomes) => void,
): Promise<void> {
  const outcomes = new Map<GateId, string | null>();
  for (const { id: gateId, artifactHash } of gates) {
    if (artifactHash === null) continue;
    const as = decision === 'approve' ? roleId : null;
    try {
      await coordination.command({ type: 'gate.sign', gateId, roleId: as, decision, note, artifactHash });
      outcomes.set(gateId, null);
    } catch (error) {
      outcomes.set(gateId, asCoordError(error).message);
    }
    onOutcome(new Map(outcomes));
  }
}
