/** Signs a gate as the person at the terminal, or sends the work back. */
import type { GateView } from '../contract/queries.ts';
import type { Coordination } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { Decision } from '../core/gate/gate.ts';
import { findGate } from './find-gate.ts';

export interface Signature {
  /** Id of the gate, the beginning of one, or its name. */
  readonly gate: string;
  readonly decision: Decision;
  /** Null: the first open slot that the person may fill. */
  readonly role: string | null;
  readonly note: string;
}

/**
 * Signs what the gate is about at this moment: resolves with the gate as it is then.
 * @throws CoordError `NOT_FOUND`, `BAD_INPUT` (several gates fit), or why the sign-off was refused
 */
export async function signGate(coordination: Coordination, signature: Signature): Promise<GateView> {
  const { gate } = await findGate(coordination, signature.gate);
  if (gate.artifactHash === null) {
    throw new CoordError(
      'GATE_NOT_WAITING',
      `The gate ${gate.name} (${gate.id}) has nothing to sign yet: its step has not handed in anything.`,
      { gateId: gate.id },
    );
  }
  await coordination.command({
    type: 'gate.sign',
    gateId: gate.id,
    roleId: signature.role,
    decision: signature.decision,
    note: signature.note,
    artifactHash: gate.artifactHash,
  });
  return await coordination.query('gate', { gateId: gate.id });
}
