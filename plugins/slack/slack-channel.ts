/** A channel of a Slack workspace that is open: sends, changes, listens, and says how it is. */

import type { WebClient } from '@slack/web-api';
import type { Channel, ChannelHost, Health, MessageRef, OutboundMessage } from 'agentcoord/plugin';
import { findChannel } from './find-channel.ts';
import type { OurIdentity } from './inbound.ts';
import { SlackInbound } from './inbound.ts';
import { KnownThreads } from './known-threads.ts';
import { MessageSender } from './message-sender.ts';
import { PeopleNames } from './people-names.ts';
import { textAt } from './read-payload.ts';
import { missingScopes } from './scopes.ts';
import { channelError } from './slack-error.ts';
import type { SlackSettings } from './slack-settings.ts';
import { SocketLine } from './socket-line.ts';
import { clientOptions, openWeb } from './web-client.ts';

/** How long we wait for the first connection before we go on without, in ms. */
const patience = 10_000;

export class SlackChannel implements Channel {
  readonly #web: WebClient;
  readonly #host: ChannelHost;
  readonly #sender: MessageSender;
  readonly #threads: KnownThreads;
  readonly #socket: SocketLine;
  #sending: Promise<unknown> = Promise.resolve();
  /** What Slack would not have lately; empty: nothing. */
  #refusal = '';
  #isClosed = false;

  private constructor(
    host: ChannelHost,
    { channel, appToken, apiUrl }: SlackSettings,
    { web, us, threads }: { web: WebClient; us: OurIdentity; threads: KnownThreads },
  ) {
    this.#host = host;
    this.#web = web;
    this.#threads = threads;
    this.#sender = new MessageSender({ web, channel });
    const names = new PeopleNames(web);
    const settled = () => this.#settled();
    const inbound = new SlackInbound({ host, web, us, threads, names, settled });
    this.#socket = new SocketLine({
      appToken,
      clientOptions: clientOptions(apiUrl),
      take: inbound.take,
      log: (text) => host.log(text),
      changed: () => this.#report(),
    });
  }

  /** @throws ChannelError */
  static async open(settings: SlackSettings, host: ChannelHost): Promise<SlackChannel> {
    const web = openWeb(settings.botToken, settings.apiUrl);
    const answer = await web.auth.test().catch((error: unknown) => {
      throw channelError(error);
    });
    const us = {
      userId: textAt(answer, 'user_id'),
      teamId: textAt(answer, 'team_id'),
      enterpriseId: textAt(answer, 'enterprise_id'),
    };
    const threads = await KnownThreads.open(host.folder);
    // By its id even when somebody gives it another name.
    const id = await findChannel(web, settings.channel).catch(() => undefined);
    const parts = { web, us, threads };
    const channel = new SlackChannel(host, { ...settings, channel: id ?? settings.channel }, parts);
    const late = new Promise<void>((resolve) => setTimeout(resolve, patience).unref());
    await Promise.race([channel.#socket.tried, late]);
    return channel;
  }

  async send(message: OutboundMessage): Promise<MessageRef> {
    const sent = this.#sender.send(message);
    this.#sending = sent;
    return await this.#noted(sent);
  }

  async edit(ref: MessageRef, message: OutboundMessage): Promise<void> {
    await this.#noted(this.#sender.edit(ref, message));
  }

  async health(): Promise<Health> {
    try {
      const missing = missingScopes(await this.#web.auth.test());
      if (missing.length > 0) {
        const how = 'add it under “OAuth & Permissions” and install the app again';
        return { state: 'degraded', reason: `the app lacks ${missing.join(', ')}: ${how}`.slice(0, 500) };
      }
    } catch (error) {
      return { state: 'degraded', reason: channelError(error).message.slice(0, 500) };
    }
    return this.#now();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#socket.close();
    await this.#threads.close();
  }

  /** Its name has reached the host before any answer to it does. */
  async #settled(): Promise<void> {
    await this.#sending.catch(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
  }

  async #noted<Result>(act: Promise<Result>): Promise<Result> {
    try {
      const result = await act;
      this.#refuse('');
      return result;
    } catch (error) {
      const { code, message } = channelError(error);
      if (code === 'RETRY') this.#refuse(message);
      throw error;
    }
  }

  #refuse(reason: string): void {
    if (this.#refusal === reason) return;
    this.#refusal = reason;
    this.#report();
  }

  #report(): void {
    if (!this.#isClosed) this.#host.report(this.#now());
  }

  #now(): Health {
    if (this.#refusal !== '') return { state: 'degraded', reason: this.#refusal.slice(0, 500) };
    const { trouble } = this.#socket;
    if (trouble === '') return { state: 'ready' };
    return { state: 'degraded', reason: `nothing arrives from Slack: ${trouble}`.slice(0, 500) };
  }
}
