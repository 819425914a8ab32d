/** Sets up the channels that a company file names, when the company is made: checked against the plugins of this host. */
import type { StoredChannel } from '../../contract/channels.ts';
import type { Manifest } from '../../contract/plugin/manifest.ts';
import { checkSettings, isSecret } from '../../contract/plugin/settings-schema.ts';
import type { Furnisher } from '../../coordinator/create-company-folder.ts';
import type { Seq } from '../../core/ids.ts';
import { suggestion } from '../../core/nearest-name.ts';
import type { WrittenChannel } from '../../core/org/channel-file.ts';
import { channelRulesOf, writtenChannel } from '../../core/org/channel-file.ts';
import { companyFileSchema } from '../../core/org/company-file.ts';
import type { Problem } from '../../core/problem.ts';
import { refuseProblems } from '../../core/problem.ts';
import type { PluginPlaces } from '../../plugin-host/find-plugins.ts';
import { findPlugins } from '../../plugin-host/find-plugins.ts';
import { channelDocument } from './channel-document.ts';

/**
 * They are there with the company or not at all. What the file can't say waits for a person: secrets, and consent.
 * @throws CoordError `BAD_INPUT` - with each place of the file that is wrong
 */
export function channelsOfFile(dataDir: string, places: PluginPlaces): Furnisher {
  const furnish: Furnisher['furnish'] = async (folder, file) => {
    // What has another shape is refused by the command that takes the file.
    const read = companyFileSchema.shape.channels.safeParse(file.channels);
    const written = (read.data ?? []).map(writtenChannel);
    if (written.every((channel) => channel === null)) return;
    const { plugins } = await findPlugins(places);
    const manifests = new Map([...plugins].map(([id, { manifest }]) => [id, manifest]));
    const problems = written.flatMap((channel, n) => (channel ? problemsOf(channel, n, manifests) : []));
    refuseProblems(`The company \`${file.name}\``, problems);
    const channels = written.flatMap((channel) => (channel ? [storedOf(channel)] : []));
    await channelDocument(dataDir, folder).write({ channels });
  };
  return { furnish };
}

const pluginOf = ({ name, plugin }: WrittenChannel): string => plugin ?? name;

function problemsOf(channel: WrittenChannel, n: number, manifests: ReadonlyMap<string, Manifest>): Problem[] {
  const place = ['channels', n];
  const id = pluginOf(channel);
  const manifest = manifests.get(id);
  if (!manifest) {
    const message = `there is no plugin \`${id}\` to carry the channel \`${channel.name}\``;
    const fix = `${suggestion(id, manifests.keys())} Or install it first: agentcoord plugin install`;
    return [{ path: channel.plugin === undefined ? place : [...place, 'plugin'], at: 'value', message, fix }];
  }
  const { properties } = manifest.configSchema;
  const secrets = Object.keys(channel.settings).filter((setting) => isSecret(properties[setting]));
  const plain = Object.entries(channel.settings).filter(([setting]) => !secrets.includes(setting));
  const schema = { ...manifest.configSchema, required: [] };
  const at = (field: string) => ({ path: [...place, 'settings', field], at: 'value' }) as const;
  return [
    ...secrets.map((setting) => ({
      ...at(setting),
      message: 'it is a secret, and those never stand in a file',
      fix: `take it out, and change it if others have seen the file; then: agentcoord channels set ${channel.name} --secret ${setting}`,
    })),
    ...checkSettings(schema, Object.fromEntries(plain)).problems.map(({ field, message }) => ({
      ...at(field),
      message,
      fix: `see the settings of the plugin \`${id}\``,
    })),
  ];
}

function storedOf(channel: WrittenChannel): StoredChannel {
  return {
    name: channel.name,
    plugin: pluginOf(channel),
    enabled: channel.enabled,
    settings: channel.settings,
    secrets: [],
    rules: channelRulesOf(channel),
    consent: null,
    // The event by which the company was created.
    since: 1 as Seq,
  };
}
