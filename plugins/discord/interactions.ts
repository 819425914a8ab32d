/** What people press and command: handed to the host as theirs, and what it says to that is for their eyes alone. */
import type { ChannelHost, InboundMessage } from 'agentcoord/plugin';
import type {
  APIInteraction,
  APIMessageComponentInteraction,
  APIModalInteractionResponseCallbackData,
  APIModalSubmitInteraction,
} from 'discord.js';
import {
  ApplicationCommandType,
  ComponentType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  Routes,
  TextInputStyle,
} from 'discord.js';
import { formIdOf, pressOf } from './button-id.ts';
import type { DiscordApi } from './discord-api.ts';
import { handOver } from './hand-over.ts';
import { KnownIds } from './known-ids.ts';
import { personOf } from './person.ts';
import { codes, isRefusal } from './refusal.ts';
import type { Room } from './room.ts';
import { cut } from './shown-text.ts';
import { commandWords } from './slash-command.ts';

export interface InteractionParts {
  readonly api: DiscordApi;
  readonly host: Pick<ChannelHost, 'receive' | 'log' | 'signal'>;
  readonly room: Room;
  /** Whether messages of ours stand there. */
  readonly isOurs: (channelId: string) => Promise<boolean>;
}

/** Discord takes an answer for a quarter of an hour. In ms. */
const patience = 600_000;
const noteId = 'note';

export class Interactions {
  readonly #parts: InteractionParts;
  readonly #seen = new KnownIds(5_000);

  constructor(parts: InteractionParts) {
    this.#parts = parts;
  }

  /** Never rejects. */
  async take(interaction: APIInteraction): Promise<void> {
    const { host } = this.#parts;
    try {
      if (this.#seen.add(interaction.id)) await this.#take(interaction);
    } catch (error) {
      // Another delivery of it was answered, or its person was told by Discord that it failed.
      if (isRefusal(error, codes.unknownInteraction, codes.alreadyAnswered))
        return host.log(`Discord no longer waited for an answer to ${interaction.id}`);
      host.log(`An answer did not get through: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #take(interaction: APIInteraction): Promise<void> {
    const { room, host, isOurs } = this.#parts;
    if (interaction.application_id !== room.applicationId)
      return host.log('What was meant for another application was left alone');
    switch (interaction.type) {
      case InteractionType.ApplicationCommand: {
        if (interaction.guild_id !== room.guildId)
          return host.log('A command from another server was left alone');
        if (interaction.data.type !== ApplicationCommandType.ChatInput) return;
        const text = commandWords(interaction as Parameters<typeof commandWords>[0]);
        if (text !== null) await this.#pass(interaction, { kind: 'command', text });
        return;
      }
      case InteractionType.MessageComponent: {
        // Another channel of the company may have the same bot: its buttons are for it.
        if (!(await isOurs(interaction.channel.id)))
          return host.log('A button in another place was left alone');
        const { token, asksForNote } = pressOf(interaction.data.custom_id);
        if (asksForNote) await this.#askForNote(interaction, token);
        else await this.#pass(interaction, { kind: 'action', token: token.slice(0, 200), note: '' });
        return;
      }
      case InteractionType.ModalSubmit: {
        if (!(await isOurs(interaction.channel?.id ?? '')))
          return host.log('A form in another place was left alone');
        const { token } = pressOf(interaction.data.custom_id);
        const note = noteOf(interaction).slice(0, 4_000);
        await this.#pass(interaction, { kind: 'action', token: token.slice(0, 200), note });
        return;
      }
      default:
        return;
    }
  }

  async #askForNote({ id, token }: APIMessageComponentInteraction, button: string): Promise<void> {
    const data: APIModalInteractionResponseCallbackData = {
      custom_id: formIdOf(button).slice(0, 100),
      title: 'Request changes',
      components: [
        {
          type: ComponentType.Label,
          label: 'What is to be changed?',
          description: 'It goes to whoever did the work.',
          component: {
            type: ComponentType.TextInput,
            custom_id: noteId,
            style: TextInputStyle.Paragraph,
            min_length: 1,
            max_length: 4_000,
            required: true,
          },
        },
      ],
    };
    const body = { type: InteractionResponseType.Modal, data };
    await this.#parts.api.post(Routes.interactionCallback(id, token), { body, isAnonymous: true });
  }

  /** Discord wants a sign within three seconds: the answer comes when there is one. */
  async #pass(
    { id, token, member, user }: APIInteraction,
    did: { kind: 'command'; text: string } | { kind: 'action'; token: string; note: string },
  ): Promise<void> {
    const { api, host, room } = this.#parts;
    const who = member?.user ?? user;
    if (!who) return host.log('What nobody did was left alone');
    const waits = {
      type: InteractionResponseType.DeferredChannelMessageWithSource,
      data: { flags: MessageFlags.Ephemeral },
    };
    await api.post(Routes.interactionCallback(id, token), { body: waits, isAnonymous: true });
    const message: InboundMessage = { ...did, id, from: personOf(who) };
    const said = await handOver(host, message, patience).then(
      ({ ok, text }) => text || (ok ? 'Done.' : 'It was refused.'),
      () => 'The company can’t take it at the moment. Try again in a while, or use the app.',
    );
    const body = { content: cut(said, 2_000), allowed_mentions: { parse: [] } };
    await api.patch(Routes.webhookMessage(room.applicationId, token), { body, isAnonymous: true });
  }
}

function noteOf({ data }: APIModalSubmitInteraction): string {
  for (const component of data.components) {
    if (component.type !== ComponentType.Label) continue;
    const { component: field } = component;
    if (field.type === ComponentType.TextInput && field.custom_id === noteId) return field.value;
  }
  return '';
}
