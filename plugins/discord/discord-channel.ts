/** The open channel: puts together who sends, who listens, and what is told of its health. */
import type { Channel, ChannelHost, Health, MessageRef, OutboundMessage } from 'agentcoord/plugin';
import { DiscordApi } from './discord-api.ts';
import { Gateway } from './gateway.ts';
import { Heard } from './heard.ts';
import { Interactions } from './interactions.ts';
import { missedMessages } from './missed.ts';
import { Replies } from './replies.ts';
import type { Room } from './room.ts';
import { invitation, requireRoom } from './room.ts';
import { Sender } from './sender.ts';
import type { DiscordSettings } from './settings.ts';
import { registerCommand } from './slash-command.ts';

/** Discord waits three seconds for the first answer to a button. In ms. */
const answerWithin = 2_000;

interface Parts {
  readonly api: DiscordApi;
  readonly room: Room;
  readonly heard: Heard;
}

export class DiscordChannel implements Channel {
  readonly #gateway: Gateway;
  readonly #sender: Sender;
  readonly #host: ChannelHost;
  readonly #heard: Heard;
  #commandFault = '';
  #told = '';

  /** @throws Refusal */
  static async open(settings: DiscordSettings, host: ChannelHost): Promise<DiscordChannel> {
    const api = new DiscordApi(settings);
    const room = await requireRoom(api, settings.channelId);
    const heard = await Heard.open(host.folder, (text) => host.log(text));
    const channel = new DiscordChannel(settings, host, { api, room, heard });
    await channel.#gateway.open();
    await channel.#register(api, room);
    return channel;
  }

  private constructor(settings: DiscordSettings, host: ChannelHost, { api, room, heard }: Parts) {
    this.#host = host;
    this.#heard = heard;
    const replies = new Replies({
      api,
      host,
      room,
      heard,
      parentOf: (id) => this.#gateway.parentOf(id),
      told: () => this.#sender.told(),
    });
    const isOurs = (id: string) => replies.isOurs(id, answerWithin);
    const interactions = new Interactions({ api, host, room, isOurs });
    this.#gateway = new Gateway({
      ...{ settings, room },
      onMessage: (message) => replies.take(message),
      onInteraction: (interaction) => void interactions.take(interaction),
      onFreshSession: () => replies.catchUp(() => missedMessages(api, room, heard)),
      onChange: () => this.#tellHealth(),
      log: (text) => host.log(text),
    });
    const { urgentRoleId } = settings;
    this.#sender = new Sender({
      api,
      room,
      urgentRoleId,
      means: () => this.#gateway.means,
      onConversation: (id) => heard.noteConversation(id),
    });
  }

  send(message: OutboundMessage): Promise<MessageRef> {
    return this.#sender.send(message);
  }

  edit(ref: MessageRef, message: OutboundMessage): Promise<void> {
    return this.#sender.edit(ref, message);
  }

  async health(): Promise<Health> {
    const reason = this.#reason();
    return { state: reason === '' ? 'ready' : 'degraded', reason };
  }

  async close(): Promise<void> {
    await this.#gateway.close();
    await this.#heard.close();
  }

  async #register(api: DiscordApi, room: Room): Promise<void> {
    try {
      await registerCommand(api, room);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#host.log(`/agentcoord could not be registered: ${why}`);
      this.#commandFault = `there is no command /agentcoord: invite the bot again with ${invitation(room.applicationId)}`;
    }
  }

  #reason(): string {
    return [this.#gateway.fault, this.#commandFault]
      .filter((part) => part !== '')
      .join('; ')
      .slice(0, 500);
  }

  #tellHealth(): void {
    const reason = this.#reason();
    if (reason === this.#told) return;
    this.#told = reason;
    this.#host.report({ state: reason === '' ? 'ready' : 'degraded', reason });
  }
}
