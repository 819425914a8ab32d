/** Hands the host what somebody did, again and again while it can't take it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelHost, InboundAnswer, InboundMessage } from 'agentcoord/plugin';

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
  const until = Date.now() + patience;
  for (let wait = firstWait; ; wait = Math.min(longestWait, wait * 2)) {
    try {
      return await host.receive(message);
    } catch (error) {
      if (host.signal.aborted || Date.now() + wait > until) throw error;
      await pause(wait, undefined, { signal: host.signal });
    }
  }
}
