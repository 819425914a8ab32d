/** Gives the sign-offs that only a person can give: by asking at the terminal, or by itself when it was told to. */
import type { GateView } from '../../contract/queries.ts';
import type { Coordination } from '../../contract/rpc.ts';
import type { ErrorCode } from '../../core/error.ts';
import { CoordError } from '../../core/error.ts';
import type { Gate } from '../../core/gate/gate.ts';
import type { Answer } from './ask-sign-off.ts';
import type { DemoView } from './demo-view.ts';

/** The gate has moved on while the person thought. */
const movedOn = new Set<ErrorCode>(['GATE_NOT_WAITING', 'ARTIFACT_CHANGED', 'SLOT_FILLED']);

export interface DemoSigner {
  /** Signs a gate that waits for a person; resolves when that is done or the gate has moved on. */
  sign(gate: Gate): Promise<void>;
}

/** `--sign-as owner`. */
export function automaticSigner(coordination: Coordination): DemoSigner {
  const answer: Answer = { decision: 'approve', note: 'Signed by `agentcoord demo --sign-as owner`' };
  return { sign: (gate) => give(coordination, gate, answer) };
}

export function askingSigner(coordination: Coordination, view: DemoView, signal: AbortSignal): DemoSigner {
  return {
    sign: async (gate) => {
      if (!process.stdin.isTTY) throw nobodyToSign(gate.name);
      const { askSignOff } = await import('./ask-sign-off.ts');
      const shown: GateView = await coordination.query('gate', { gateId: gate.id });
      view.pause();
      try {
        await give(coordination, shown.gate, await askSignOff(coordination, shown, signal));
      } finally {
        view.resume();
      }
    },
  };
}

export function nobodyToSign(gate: string): CoordError {
  return new CoordError(
    'HUMAN_REQUIRED',
    `The gate ${gate} needs the sign-off of a human, and standard input is no terminal to ask at. ` +
      'Run the demo at a terminal, or with --sign-as owner.',
    { gate },
  );
}

async function give(coordination: Coordination, gate: Gate, { decision, note }: Answer): Promise<void> {
  if (gate.artifactHash === null) return;
  try {
    await coordination.command({
      type: 'gate.sign',
      gateId: gate.id,
      decision,
      note,
      artifactHash: gate.artifactHash,
    });
  } catch (error) {
    if (!(error instanceof CoordError && movedOn.has(error.code))) throw error;
    process.stderr.write(`${error.message}\n`);
  }
}
