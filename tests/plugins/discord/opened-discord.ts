/** Discord on this machine with the channel open on it, in this process: what tests of the channel begin with. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import discord from '../../../plugins/discord/index.ts';
import type { FakeHost, FakeHostOptions } from '../../../src/contract/plugin/fake-host.ts';
import { openFakeHost } from '../../../src/contract/plugin/fake-host.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { DiscordService } from './discord-service.ts';

export const olga = { id: '222222222222222222', name: 'Olga' };
export const eve = { id: '333333333333333333', name: 'Eve' };

export interface Opening extends Pick<FakeHostOptions, 'answer'> {
  readonly settings?: object;
  readonly folder?: string;
}

/** It ends with the test; whatever Discord's description does not allow fails it. */
export async function openService(): Promise<DiscordService> {
  const service = await DiscordService.open();
  onTestFinished(async () => {
    await service.close();
    expect(service.violations).toEqual([]);
  });
  return service;
}

/** It ends with the test. */
export async function openChannel(service: DiscordService, opening: Opening = {}): Promise<FakeHost> {
  const host = await openChannelFor(service, { folder: await temporaryFolder(), ...opening });
  onTestFinished(() => host.close());
  return host;
}

/** For several tests: whoever opens it closes it. */
export function openChannelFor(
  service: DiscordService,
  { settings = {}, folder, answer }: Opening & { readonly folder: string },
): Promise<FakeHost> {
  const all = { ...service.settings, ...settings };
  return openFakeHost(discord, { settings: all, folder, ...(answer && { answer }) });
}

/** Looks again until it is so; the test's time-out ends the wait. */
export async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await is())) await pause(10);
}

/** Olga speaks to the bot in its room. */
export const calls = ({ world }: DiscordService, text: string) =>
  world.says(olga, world.roomId, `<@${world.bot['id']}> ${text}`);

export const texts = (host: FakeHost): string[] =>
  host.received.flatMap((one) => (one.kind === 'reply' ? [one.text] : []));
