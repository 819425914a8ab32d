/** Signs a gate, or sends back what it is about, in the name of a session's member: a person directly, an agent by a review. */
import type { GateView } from '../contract/queries.ts';
import type { ErrorCode } from '../core/error.ts';
import { CoordError } from '../core/error.ts';
import type { HeldTask } from './held-task.ts';
import type { Bound, Line } from './line.ts';

export interface Verdict {
  readonly decision: 'approve' | 'request_changes' | 'veto';
  /** Needed to send work back, and for a veto. */
  readonly note?: string;
}

export interface Signing {
  readonly line: Line;
  /** Claims the task that is named. */
  readonly claim: (taskId: string) => Promise<HeldTask | null>;
}

/** What may be different at the next look. */
const passing: readonly ErrorCode[] = [
  'AGENT_BUSY',
  'LEASE_LOST',
  'LOG_UNAVAILABLE',
  'NOT_CONNECTED',
  'PAUSED',
  'WRONG_STATE',
];

export function maySign({ id }: Bound['member'], { slots }: GateView): boolean {
  return slots.some(({ signOff, entitled }) => signOff === null && entitled.some((able) => able.id === id));
}

export function hasSigned({ id }: Bound['member'], { gate }: GateView): boolean {
  return gate.signOffs.some(({ memberId }) => memberId === id);
}

/** @returns the refusal when it is for good; `later` when it may be possible then */
export async function giveVerdict(
  signing: Signing,
  { gate }: GateView,
  verdict: Verdict,
): Promise<'given' | 'later' | CoordError> {
  const { line } = signing;
  try {
    if (line.last.member.kind === 'agent') return await answerReview(signing, gate, verdict);
    const { id: gateId, artifactHash } = gate;
    if (artifactHash === null) return 'later';
    const { decision, note = '' } = verdict;
    await line.command({ type: 'gate.sign', gateId, decision, note, artifactHash });
    return 'given';
  } catch (error) {
    if (!(error instanceof CoordError)) throw error;
    return passing.includes(error.code) ? 'later' : error;
  }
}

/** Tries each review that is ready: which of the slots this agent may fill, the host knows. */
async function answerReview(
  { line, claim }: Signing,
  { id: gateId, name }: GateView['gate'],
  { decision, note = '' }: Verdict,
): Promise<'given' | 'later' | CoordError> {
  const reviews = (await line.query('tasks', { gateId, limit: 1_000 })).map(({ task }) => task);
  const refusals: CoordError[] = [];
  for (const { id } of reviews.filter(({ state }) => state === 'ready')) {
    const held = await claim(id).catch((error: unknown) => {
      if (!(error instanceof CoordError)) throw error;
      refusals.push(error);
      return null;
    });
    if (!held) continue;
    await using answering = held;
    await answering.answer(decision, note);
    return 'given';
  }
  // Another slot may come free for this agent, or this one again.
  const isInOtherHands = reviews.some(({ state }) => state === 'leased' || state === 'blocked');
  if (isInOtherHands || refusals.some(({ code }) => passing.includes(code))) return 'later';
  return refusals[0] ?? noReview(gateId, name);
}

function noReview(gateId: string, name: string): CoordError {
  return new CoordError(
    'NOT_ENTITLED',
    `No review of ${name} is there that an agent could answer: a person signs it`,
    { gateId },
  );
}
