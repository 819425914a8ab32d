/** What a channel still lacks of its settings: a secret that nobody gave yet, or what a new version of its plugin needs. */
import type { ChannelCarrier, PluginView, StoredChannel } from '../../contract/channels.ts';
import type { Setting, SettingsProblem, SettingsSchema } from '../../contract/plugin/settings-schema.ts';
import { checkSettings } from '../../contract/plugin/settings-schema.ts';

export const isSecret = (setting: Setting | undefined): boolean =>
  setting?.type === 'string' && setting.format === 'secret';

/** Nobody types a secret again that is there already. */
export function withoutKept(schema: SettingsSchema, isThere: (setting: string) => boolean): SettingsSchema {
  const properties = Object.entries(schema.properties).filter(([setting]) => !isThere(setting));
  return {
    ...schema,
    properties: Object.fromEntries(properties),
    required: schema.required.filter((setting) => !isThere(setting)),
  };
}

export function missingSettings(
  { manifest }: PluginView,
  { name, settings, secrets }: StoredChannel,
  carrier: Pick<ChannelCarrier, 'hasInEnvironment'>,
): readonly SettingsProblem[] {
  const { configSchema } = manifest;
  const isThere = (setting: string) =>
    isSecret(configSchema.properties[setting]) &&
    (secrets.includes(setting) || carrier.hasInEnvironment(name, setting));
  return checkSettings(withoutKept(configSchema, isThere), settings).problems;
}

export const problemWords = (problems: readonly SettingsProblem[]): string =>
  problems.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; ');
