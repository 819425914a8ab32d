/** A host for the tests of a plugin: opens the channel in this process, and keeps what it says. Published as `agentcoord/plugin/testing`. */
import type { Channel, ChannelHost, ChannelPlugin, ChannelTerminal } from './define-plugin.ts';
import type { Health, InboundAnswer, InboundMessage, OutboundMessage } from './messages.ts';
import { inboundMessageSchema, outboundMessageSchema } from './messages.ts';
import type { Settings } from './settings-schema.ts';
import { usualMessage } from './usual-message.ts';

export interface FakeHostOptions {
  readonly settings?: Settings;
  /** A folder that is there. */
  readonly folder: string;
  /** What the host answers to whatever people do. Left out: that it was taken. */
  readonly answer?: (message: InboundMessage) => InboundAnswer | Promise<InboundAnswer>;
  readonly terminal?: Partial<Omit<ChannelTerminal, 'write'>>;
}

export interface FakeHost {
  readonly channel: Channel;
  /** What people did, in order. */
  readonly received: readonly InboundMessage[];
  readonly health: readonly Health[];
  readonly logged: readonly string[];
  /** What was written to the terminal. */
  readonly terminal: readonly string[];
  /** A message as the host would send it: what is left out is usual. */
  message(fields?: Partial<OutboundMessage>): OutboundMessage;
  /** Resolves once so many messages have been received. */
  hasReceived(count: number): Promise<void>;
  close(): Promise<void>;
}

/** @throws ChannelError - what the plugin throws when it is opened */
export async function openFakeHost(plugin: ChannelPlugin, options: FakeHostOptions): Promise<FakeHost> {
  const { settings = {}, folder, answer = () => ({ ok: true, text: '' }) } = options;
  const received: InboundMessage[] = [];
  const health: Health[] = [];
  const logged: string[] = [];
  const terminal: string[] = [];
  const waiting = new Set<() => void>();
  const ended = new AbortController();
  const host: ChannelHost = {
    receive: async (message) => {
      const checked = inboundMessageSchema.parse(message);
      received.push(checked);
      for (const look of waiting) look();
      return await answer(checked);
    },
    report: (now) => health.push(now),
    log: (text) => logged.push(text),
    folder,
    terminal: {
      isInteractive: false,
      hasColor: false,
      columns: 80,
      ...options.terminal,
      write: async (text) => {
        terminal.push(text);
      },
    },
    signal: ended.signal,
  };
  const channel = await plugin.open(settings, host);
  let sent = 0;
  return {
    channel,
    received,
    health,
    logged,
    terminal,
    message: (fields = {}) => {
      sent += 1;
      return outboundMessageSchema.parse(usualMessage({ key: `company_test:${sent}:test`, ...fields }));
    },
    hasReceived: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (received.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: async () => {
      ended.abort();
      await channel.close?.();
    },
  };
}
