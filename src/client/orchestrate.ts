/** The loop of a coordinator: looks after what waits for a sign-off. It approves nothing unless it is told to. */
import type { GateView, StatusView } from '../contract/queries.ts';
import { CoordError } from '../core/error.ts';
import { pause } from './abort.ts';
import type { HeldTask } from './held-task.ts';
import type { Line } from './line.ts';

export interface Verdict {
  readonly decision: 'approve' | 'request_changes' | 'veto';
  /** Needed to send work back, and for a veto. */
  readonly note?: string;
}

export interface OrchestrateOptions {
  /** Between two looks, in ms; 30,000 by default. */
  readonly interval?: number;
  /** Ends the loop. */
  readonly signal?: AbortSignal;
  /** Is told once of each gate, and again when it is about something else. A verdict is given in the session's name. */
  readonly onApprovalNeeded?: (gate: GateView) => Promise<Verdict | undefined> | Verdict | undefined;
  /** Approves whatever the session's own member may approve. `false` by default. */
  readonly autoApprove?: boolean;
  /** Is told at each look how things stand. */
  readonly onStatus?: (status: StatusView) => Promise<void> | void;
  /** Is told when a verdict was refused. */
  readonly onRefused?: (gate: GateView, refusal: CoordError) => void;
}

export interface Signing {
  readonly line: Line;
  /** Claims the task that is named. */
  readonly claim: (taskId: string) => Promise<HeldTask | null>;
}

/** Resolves when the signal aborts or the session is closed. @throws what a handler throws, and what the host refuses for good */
export async function orchestrate(signing: Signing, options: OrchestrateOptions): Promise<void> {
  const { interval = 30_000, signal, autoApprove = false, onApprovalNeeded, onStatus } = options;
  const { line } = signing;
  const end = AbortSignal.any([line.closing, ...(signal ? [signal] : [])]);
  /** What each gate was about when it was told. */
  const told = new Map<string, string | null>();
  while (!end.aborted) {
    try {
      if (onStatus) await onStatus(await line.query('status', {}, end));
      for (const view of await line.query('gates', {}, end)) {
        const { id, artifactHash } = view.gate;
        if (end.aborted || (told.has(id) && told.get(id) === artifactHash)) continue;
        told.set(id, artifactHash);
        const asked = await onApprovalNeeded?.(view);
        const verdict =
          asked ?? (autoApprove && maySign(line, view) ? { decision: 'approve' as const } : undefined);
        if (verdict) await give(signing, view, verdict, options);
      }
    } catch (error) {
      if (end.aborted) return;
      throw error;
    }
    await pause(interval, end);
  }
}

function maySign({ last }: Line, { slots }: GateView): boolean {
  return slots.some(({ signOff, entitled }) => signOff === null && entitled.includes(last.member.name));
}

async function give(
  { line, claim }: Signing,
  view: GateView,
  { decision, note = '' }: Verdict,
  { onRefused }: OrchestrateOptions,
): Promise<void> {
  const { id: gateId, artifactHash } = view.gate;
  try {
    if (line.last.member.kind === 'agent') await answerReview(line, claim, view, { decision, note });
    else if (artifactHash !== null)
      await line.command({ type: 'gate.sign', gateId, decision, note, artifactHash });
  } catch (error) {
    if (!(error instanceof CoordError)) throw error;
    onRefused?.(view, error);
  }
}

/** An agent signs by the review task that the host made for a slot, if it may take that. */
async function answerReview(
  line: Line,
  claim: Signing['claim'],
  { gate }: GateView,
  { decision, note = '' }: Verdict,
): Promise<void> {
  const ready = await line.query('tasks', { state: 'ready' });
  const review = ready.find(({ task }) => task.review?.gateId === gate.id);
  if (!review) {
    throw new CoordError(
      'NOT_ENTITLED',
      `No review of ${gate.name} is ready that an agent could answer: a person signs it`,
      {
        gateId: gate.id,
      },
    );
  }
  await using held = await claim(review.task.id);
  await held?.answer(decision, note);
}
