/** What a channel still lacks of its settings: a secret that nobody gave yet, or what a new version of its plugin needs. */
import type { PluginView, StoredChannel } from '../../contract/channels.ts';
import type { SettingsProblem, SettingsSchema } from '../../contract/plugin/settings-schema.ts';
import { checkSettings, isSecret } from '../../contract/plugin/settings-schema.ts';
import type { EnvironmentSecrets } from './environment-secrets.ts';

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
  { settings, secrets }: StoredChannel,
  environment: EnvironmentSecrets,
): readonly SettingsProblem[] {
  const { configSchema } = manifest;
  const isThere = (setting: string) =>
    isSecret(configSchema.properties[setting]) &&
    (secrets.includes(setting) || environment.given.includes(setting));
  const { problems } = checkSettings(withoutKept(configSchema, isThere), settings);
  return withReasons(problems, environment);
}

/** A secret that is withheld is missing for a reason of its own. */
export function withReasons(
  problems: readonly SettingsProblem[],
  { withheld }: EnvironmentSecrets,
): readonly SettingsProblem[] {
  const others = problems.filter(({ field }) => withheld.every(({ setting }) => setting !== field));
  return [...others, ...withheld.map(({ setting, why }) => ({ field: setting, message: why }))];
}

export const problemWords = (problems: readonly SettingsProblem[]): string =>
  problems.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; ');
