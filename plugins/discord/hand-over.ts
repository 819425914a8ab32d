/** Hands the host what somebody did, again and again while it can't take it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelHost, InboundAnswer, InboundMessage } from 'agentcoord/plugin';
import { Refusal } from './refusal.ts';

const firstWait = 500;
const longestWait = 30_000;

/**
 * @param patience for how long, in ms
 * @throws what the host threw last
 */
export async function handOver(
  host: Pick<ChannelHost, 'receive' | 'signal'>,
  message: InboundMessage,
  patience: number,
): Promise<InboundAnswer> {
  return await again(() => host.receive(message), host.signal, patience);
}

/** Asks Discord again while it can't be asked: what it did not say is no answer. @throws Refusal - it will not say */
export async function askAgain<Answer>(
  ask: () => Promise<Answer>,
  signal: AbortSignal,
  patience: number,
): Promise<Answer> {
  const mayHelp = (error: unknown) =>
    error instanceof Refusal && error.code === 'RETRY' && (error.discordCode ?? 0) < 10_000;
  return await again(ask, signal, patience, mayHelp);
}

async function again<Result>(
  act: () => Promise<Result>,
  signal: AbortSignal,
  patience: number,
  mayHelp: (error: unknown) => boolean = () => true,
): Promise<Result> {
  const until = Date.now() + patience;
  for (let wait = firstWait; ; wait = Math.min(longestWait, wait * 2)) {
    try {
      return await act();
    } catch (error) {
      if (!mayHelp(error) || signal.aborted || Date.now() + wait > until) throw error;
      await pause(wait, undefined, { signal });
    }
  }
}
