/** The command `/agentcoord`: what people may type, and the words that the host gets of it. */
import type {
  APIApplicationCommandOption,
  APIChatInputApplicationCommandInteraction,
  RESTPostAPIApplicationGuildCommandsJSONBody,
} from 'discord.js';
import { ApplicationCommandOptionType, ApplicationCommandType, Routes } from 'discord.js';
import type { DiscordApi } from './discord-api.ts';
import type { Room } from './room.ts';

const text = (name: string, description: string, required = true): APIApplicationCommandOption => ({
  type: ApplicationCommandOptionType.String,
  name,
  description,
  required,
  max_length: 3_000,
});

const subcommands: readonly (readonly [string, string, readonly APIApplicationCommandOption[]])[] = [
  ['link', 'Say which member of the company you are', [text('code', 'The code that the app shows you')]],
  ['status', 'Who you are there, and what waits for your sign-off', []],
  [
    'approve',
    'Sign a gate',
    [
      text('token', 'It stands in the message, beginning with a'),
      text('note', 'What you want to say', false),
    ],
  ],
  [
    'changes',
    'Send a gate back',
    [text('token', 'It stands in the message, beginning with c'), text('why', 'What is to be changed')],
  ],
  ['help', 'What you can do here', []],
];

const command: RESTPostAPIApplicationGuildCommandsJSONBody = {
  name: 'agentcoord',
  description: 'Talk with your company of agents',
  type: ApplicationCommandType.ChatInput,
  options: subcommands.map(([name, description, options]) => ({
    type: ApplicationCommandOptionType.Subcommand as const,
    name,
    description,
    options: options as never,
  })),
};

/** In the server of the room, where it is there at once. @throws Refusal */
export async function registerCommand(api: DiscordApi, { applicationId, guildId }: Room): Promise<void> {
  await api.post(Routes.applicationGuildCommands(applicationId, guildId), { body: command });
}

/** `link 4F7K-2M9Q` of `/agentcoord link code:4F7K-2M9Q`; null: it is another command. */
export function commandWords({ data }: APIChatInputApplicationCommandInteraction): string | null {
  const [given] = data.options ?? [];
  const known = subcommands.find(([name]) => name === given?.name);
  if (data.name !== command.name || given?.type !== ApplicationCommandOptionType.Subcommand || !known)
    return null;
  const [name, , options] = known;
  const words = options.map((option) => {
    const value = given.options?.find((one) => one.name === option.name);
    return value?.type === ApplicationCommandOptionType.String ? value.value : '';
  });
  return [name, ...words].join(' ').trim().slice(0, 4_000);
}
