/** Which secrets a channel gets from the environment of its host. The names of variables run words together, so one may be that of two channels: then it is given to the one that has no other, or to nobody. */
import type { ChannelCarrier, PluginView } from '../../contract/channels.ts';
import { isSecret } from '../../contract/plugin/settings-schema.ts';

/** A channel, as far as its secrets go. */
export interface SecretHolder {
  readonly name: string;
  /** Names of the settings that lie in the keychain. */
  readonly secrets: readonly string[];
  readonly plugin: PluginView | null;
}

export interface EnvironmentSecrets {
  /** Settings that the channel gets from there. */
  readonly given: readonly string[];
  /** Those that stand there, and are withheld, as nobody can tell whose they are. */
  readonly withheld: readonly { readonly setting: string; readonly why: string }[];
}

export function environmentSecrets(
  channel: SecretHolder,
  others: readonly SecretHolder[],
  { variableOf, hasVariable }: Pick<ChannelCarrier, 'variableOf' | 'hasVariable'>,
): EnvironmentSecrets {
  const given: string[] = [];
  const withheld: EnvironmentSecrets['withheld'][number][] = [];
  const claims = [channel, ...others].flatMap((holder) =>
    secretsOf(holder).map((setting) => ({
      ...{ holder, setting, variable: variableOf(holder.name, setting) },
      isKept: holder.secrets.includes(setting),
    })),
  );
  for (const { holder, setting, variable, isKept } of claims) {
    if (holder !== channel || !hasVariable(variable)) continue;
    const rivals = claims.filter((claim) => claim.variable === variable && claim.holder !== channel);
    const needy = rivals.find((rival) => !rival.isKept);
    if (rivals.length === 0 || (!isKept && needy === undefined)) given.push(setting);
    else if (!isKept && needy) {
      const why = `${variable} is not used, for it could be that of the channel ${needy.holder.name}, too: put one of the two secrets into the keychain, or give one of the channels another name`;
      withheld.push({ setting, why });
    }
  }
  return { given, withheld };
}

const secretsOf = ({ plugin }: SecretHolder): string[] =>
  Object.entries(plugin?.manifest.configSchema.properties ?? {}).flatMap(([setting, schema]) =>
    isSecret(schema) ? [setting] : [],
  );
