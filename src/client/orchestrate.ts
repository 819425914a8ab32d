/** The loop of a coordinator: looks after what waits for a sign-off. It approves nothing unless it is told to. */
import type { GateView, StatusView } from '../contract/queries.ts';
import type { CoordError } from '../core/error.ts';
import type { GateId } from '../core/ids.ts';
import { pause } from './abort.ts';
import type { Signing, Verdict } from './give-verdict.ts';
import { giveVerdict, hasSigned, maySign } from './give-verdict.ts';

export interface OrchestrateOptions {
  /** Between two looks, in ms; 30,000 by default. */
  readonly interval?: number;
  /** Ends the loop. */
  readonly signal?: AbortSignal;
  /**
   * Is told once of each gate that waits, and again when it is about something else or waits anew. A verdict is given
   * in the session's name; what can't be given just now, such as while the agent is busy, is given at a later look.
   */
  readonly onApprovalNeeded?: (gate: GateView) => Promise<Verdict | undefined> | Verdict | undefined;
  /** Approves whatever the session's own member may approve. `false` by default. */
  readonly autoApprove?: boolean;
  /** Is told at each look how things stand. */
  readonly onStatus?: (status: StatusView) => Promise<void> | void;
  /** Is told when a verdict was refused for good. */
  readonly onRefused?: (gate: GateView, refusal: CoordError) => void;
}

/** A gate that waits, as its handler was told of it. */
interface Waiting {
  readonly artifactHash: string | null;
  readonly verdict: Verdict | undefined;
  /** `tried`: it was not possible just then, or nobody knows. `over`: given, or refused for good. */
  state: 'new' | 'tried' | 'over';
}

/** Resolves when the signal aborts or the session is closed. @throws what a handler throws, and what the host refuses for good */
export async function orchestrate(signing: Signing, options: OrchestrateOptions): Promise<void> {
  const { interval = 30_000, signal, onStatus } = options;
  const { line } = signing;
  const end = AbortSignal.any([line.closing, ...(signal ? [signal] : [])]);
  let waiting: ReadonlyMap<GateId, Waiting> = new Map();
  while (!end.aborted) {
    try {
      if (onStatus) await onStatus(await line.query('status', {}, end));
      const seen = new Map<GateId, Waiting>();
      for (const view of await line.query('gates', {}, end)) {
        const before = waiting.get(view.gate.id);
        const isKnown = before?.artifactHash === view.gate.artifactHash;
        const current = isKnown ? before : await askFor(view, options);
        seen.set(view.gate.id, current);
        if (end.aborted) return;
        if (current.state !== 'over') await decide(signing, view, current, options);
      }
      waiting = seen;
    } catch (error) {
      if (end.aborted) return;
      throw error;
    }
    await pause(interval, end);
  }
}

async function askFor(view: GateView, { onApprovalNeeded }: OrchestrateOptions): Promise<Waiting> {
  const verdict = await onApprovalNeeded?.(view);
  return { artifactHash: view.gate.artifactHash, verdict, state: 'new' };
}

async function decide(
  signing: Signing,
  view: GateView,
  waiting: Waiting,
  { autoApprove = false, onRefused }: OrchestrateOptions,
): Promise<void> {
  const { member } = signing.line.last;
  // The answer to an earlier try was lost, and it had been given.
  if (waiting.state === 'tried' && hasSigned(member, view)) waiting.state = 'over';
  const mayApprove = autoApprove && maySign(member, view);
  const verdict = waiting.verdict ?? (mayApprove ? { decision: 'approve' as const } : null);
  if (verdict === null || waiting.state === 'over') return;
  const outcome = await giveVerdict(signing, view, verdict);
  waiting.state = outcome === 'later' ? 'tried' : 'over';
  if (typeof outcome === 'object') onRefused?.(view, outcome);
}
