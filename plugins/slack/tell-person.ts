/** Says something to one person alone, where they are. */
import { setTimeout as pause } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { ChannelHost } from 'agentcoord/plugin';
import { channelError } from './slack-error.ts';

export interface TellParts {
  readonly host: Pick<ChannelHost, 'log' | 'signal'>;
  readonly web: WebClient;
}

const patience = 10_000;
/** Slack asks for more patience: then nobody waits for the answer any more. In ms. */
const longestWait = 60_000;

/** Never rejects: what was done is done, whether or not they are told. */
export async function tellThere(
  { host, web }: TellParts,
  told: {
    readonly channel: string;
    readonly person: string;
    readonly thread: string | undefined;
    readonly text: string;
  },
): Promise<void> {
  const { channel, person, thread, text } = told;
  const where = { channel, text, ...(thread !== undefined && thread !== '' && { thread_ts: thread }) };
  // In a conversation with the app alone nobody else reads it, and what is ephemeral would be gone tomorrow.
  const say = () =>
    channel.startsWith('D')
      ? web.chat.postMessage(where)
      : web.chat.postEphemeral({ ...where, user: person });
  await patiently(host, say);
}

/** @param url that came with what they did */
export async function tellPrivately({ host }: TellParts, url: string, text: string): Promise<void> {
  if (!/^https?:\/\//.test(url)) return;
  await patiently(host, async () => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
      redirect: 'error',
      signal: AbortSignal.any([host.signal, AbortSignal.timeout(patience)]),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`Slack answered with HTTP status ${response.status}`);
  });
}

async function patiently(host: TellParts['host'], say: () => Promise<unknown>): Promise<void> {
  for (let tried = 1; tried <= 3; tried += 1) {
    try {
      await say();
      return;
    } catch (error) {
      const { message, retryAfterMs } = channelError(error);
      const wait = retryAfterMs ?? longestWait;
      if (tried === 3 || wait >= longestWait) {
        host.log(`somebody was not told what became of what they did: ${message}`);
        return;
      }
      const isOver = await pause(wait, false, { signal: host.signal }).catch(() => true);
      if (isOver) return;
    }
  }
}
