/** The channel of Discord that it writes in, and the bot that it is there: looked up once, and what is wrong with them in words. */
import type { SettingsProblem } from 'agentcoord/plugin';
import type { APIApplication, APIChannel, APIUser } from 'discord.js';
import { ApplicationFlags, ChannelType, PermissionFlagsBits, PermissionsBitField, Routes } from 'discord.js';
import type { DiscordApi } from './discord-api.ts';
import { codes, isRefusal, Refusal } from './refusal.ts';

export interface Room {
  readonly id: string;
  readonly guildId: string;
  readonly applicationId: string;
  /** Of the bot. */
  readonly userId: string;
  /** Discord gives it what people write, and not only what they press. */
  readonly readsContent: boolean;
}

/** What it needs in the channel, and what goes without. */
export const neededPermissions = {
  ViewChannel: 'it sees nothing there',
  SendMessages: 'it can’t write',
  EmbedLinks: 'messages are plain text',
  AttachFiles: 'long messages are cut off',
  ReadMessageHistory: 'answers to older messages are missed',
  CreatePublicThreads: 'answers stand in the channel and not in threads',
  SendMessagesInThreads: 'answers stand in the channel and not in threads',
} as const satisfies Partial<Record<keyof typeof PermissionFlagsBits, string>>;

export const permissionNames = Object.keys(neededPermissions) as (keyof typeof neededPermissions)[];

/** What Discord wants in an invitation link: a whole number, one bit for each permission. */
export const permissionsInteger = new PermissionsBitField(
  permissionNames.map((name) => PermissionFlagsBits[name]),
).bitfield.toString();

export function invitation(applicationId: string): string {
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&permissions=${permissionsInteger}&scope=bot+applications.commands`;
}

type Found = { readonly room: Room } | { readonly problem: SettingsProblem; readonly isLasting: boolean };

/** @throws Refusal - Discord can't say now */
export async function findRoom(api: DiscordApi, channelId: string): Promise<Found> {
  const application = await api.get<APIApplication & { bot?: APIUser }>(Routes.currentApplication());
  const { id: applicationId, flags } = application;
  const wrong = (message: string, isLasting = true): Found => ({
    problem: { field: 'channelId', message },
    isLasting,
  });
  const channel = await api.get<APIChannel>(Routes.channel(channelId)).catch((error: unknown) => {
    if (isRefusal(error, codes.unknownChannel))
      return wrong(
        'Discord knows no channel with this ID: copy it again, from the channel itself and not from its server',
      );
    if (isRefusal(error, codes.missingAccess, codes.missingPermissions))
      return wrong(
        `the bot can’t see it: invite it with ${invitation(applicationId)}, and let it view the channel`,
        false,
      );
    throw error;
  });
  if ('problem' in channel || 'room' in channel) return channel;
  if (channel.type !== ChannelType.GuildText && channel.type !== ChannelType.GuildAnnouncement)
    return wrong(`${kindOf(channel.type)}: take a text channel of a server`);
  const mayRead = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;
  return {
    room: {
      id: channel.id,
      guildId: channel.guild_id ?? '',
      applicationId,
      userId: application.bot?.id ?? applicationId,
      readsContent: ((flags ?? 0) & mayRead) !== 0,
    },
  };
}

/** @throws Refusal */
export async function requireRoom(api: DiscordApi, channelId: string): Promise<Room> {
  const found = await findRoom(api, channelId);
  if ('room' in found) return found.room;
  const { problem, isLasting } = found;
  throw new Refusal(isLasting ? 'UNAUTHORIZED' : 'RETRY', `The channel ${channelId}: ${problem.message}`);
}

function kindOf(type: ChannelType): string {
  switch (type) {
    case ChannelType.PublicThread:
    case ChannelType.PrivateThread:
    case ChannelType.AnnouncementThread:
      return 'it is a thread';
    case ChannelType.GuildForum:
    case ChannelType.GuildMedia:
      return 'it is a forum';
    case ChannelType.GuildVoice:
    case ChannelType.GuildStageVoice:
      return 'it is a voice channel';
    case ChannelType.GuildCategory:
      return 'it is a category';
    default:
      return 'it is no channel of a server';
  }
}
