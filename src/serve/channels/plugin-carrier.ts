/** Lets plugins carry the channels of a host: finds them, gives them their settings and secrets, and starts them. */
import { join } from 'node:path';
import type { ChannelCarrier, StoredChannel } from '../../contract/channels.ts';
import type { Settings, SettingsProblem } from '../../contract/plugin/settings-schema.ts';
import { CoordError } from '../../core/error.ts';
import type { CompanyId } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import { readInstallNote } from '../../plugin-host/archive/install-note.ts';
import { openArchive } from '../../plugin-host/archive/plugin-archive.ts';
import { openChannelLine } from '../../plugin-host/channel-line.ts';
import type { BreakerPolicy } from '../../plugin-host/crash-breaker.ts';
import type { FoundPlugins, PluginPlaces } from '../../plugin-host/find-plugins.ts';
import { findPlugins } from '../../plugin-host/find-plugins.ts';
import { installArchive, removeOwnPlugin, requireNotOurs } from '../../plugin-host/own-plugins.ts';
import type { HostTerminal, PluginProgram, ProcessLimits } from '../../plugin-host/plugin-process.ts';
import { validateSettings } from '../../plugin-host/validate-settings.ts';
import type { Keychain } from '../keychain.ts';

export interface CarrierParts {
  readonly places: PluginPlaces;
  readonly program: PluginProgram;
  readonly keychain: Keychain;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly key: Uint8Array;
  readonly url: () => string | null;
  readonly now: () => EpochMs;
  /** Of a company. */
  readonly folderOf: (id: CompanyId) => string;
  readonly terminal: HostTerminal | null;
  readonly limits?: Partial<ProcessLimits>;
  readonly breaker?: BreakerPolicy;
}

export function createPluginCarrier(parts: CarrierParts): ChannelCarrier {
  const { places, program, keychain, env, now, limits, breaker } = parts;
  const found = new PluginFolder(places);
  const settingsOf = async (
    id: CompanyId,
    stored: StoredChannel,
    fromEnvironment: readonly string[],
    fresh: Readonly<Record<string, string>> = {},
  ) => {
    const plugin = await found.require(stored.plugin);
    const settings: Record<string, Settings[string]> = { ...stored.settings };
    for (const [name, setting] of Object.entries(plugin.manifest.configSchema.properties)) {
      if (setting.type !== 'string' || setting.format !== 'secret') continue;
      const there = fromEnvironment.includes(name) ? env[variableOf(stored.name, name)] : undefined;
      const kept = () => keychain.get(purposeOf(id, stored.name, name));
      const secret = fresh[name] ?? there ?? (stored.secrets.includes(name) ? await kept() : null);
      if (secret !== null) settings[name] = secret;
    }
    return settings;
  };
  const dataFolder = (id: CompanyId, channel: string) => join(parts.folderOf(id), 'channels', channel);

  return {
    key: parts.key,
    url: parts.url,
    plugins: async () => {
      const { plugins, refused } = await found.look();
      const views = [...plugins.values()].map(async ({ manifest, isBuiltIn, folder }) => {
        const note = isBuiltIn ? null : await readInstallNote(folder);
        return { manifest, isBuiltIn, signer: note?.signer ?? null };
      });
      return { plugins: await Promise.all(views), refused: refused.map(({ message }) => message) };
    },
    inspect: async ({ name, base64 }) => {
      const { manifest, signer, where } = openArchive(Buffer.from(base64, 'base64'), name);
      await requireNotOurs(manifest.id, where, places);
      const there = (await found.look()).plugins.get(manifest.id);
      const known = there ? ((await readInstallNote(there.folder))?.signer ?? null) : null;
      return {
        manifest,
        signer,
        replaces: there ? { version: there.manifest.version, signer: known } : null,
        changesSigner: known !== null && known !== signer,
      };
    },
    install: async ({ name, base64, changeSigner }) => {
      const archive = openArchive(Buffer.from(base64, 'base64'), name);
      await found.change(() => installArchive(archive, places, changeSigner));
      return { manifest: archive.manifest, isBuiltIn: false, signer: archive.signer };
    },
    remove: (id) => found.change(async () => void (await removeOwnPlugin(id, places))),
    manifest: async (id) => {
      const plugin = (await found.known()).plugins.get(id) ?? (await found.look()).plugins.get(id);
      return plugin ? { manifest: plugin.manifest, isBuiltIn: plugin.isBuiltIn } : null;
    },
    open: ({ companyId, channel, fromEnvironment, receive, changed }) => {
      const plugin = found.now.plugins.get(channel.plugin);
      if (!plugin) throw noPlugin(channel.plugin);
      return openChannelLine({
        ...{ channel: channel.name, plugin, program, receive, changed, now },
        dataFolder: dataFolder(companyId, channel.name),
        settings: () => settingsOf(companyId, channel, fromEnvironment),
        terminal: parts.terminal,
        ...(limits && { limits }),
        ...(breaker && { breaker }),
      });
    },
    validate: async (companyId, channel, fromEnvironment, secrets): Promise<readonly SettingsProblem[]> =>
      validateSettings({
        plugin: await found.require(channel.plugin),
        program,
        settings: await settingsOf(companyId, channel, fromEnvironment, secrets),
        dataFolder: dataFolder(companyId, channel.name),
      }),
    variableOf,
    hasVariable: (name) => env[name] !== undefined,
    keepSecret: async (companyId, channel, setting, value) => {
      const purpose = purposeOf(companyId, channel, setting);
      if (value === null) await keychain.remove(purpose);
      else await keychain.set(purpose, value);
    },
  };
}

class PluginFolder {
  readonly #places: PluginPlaces;
  now: FoundPlugins = { plugins: new Map(), refused: [] };
  #looked: Promise<FoundPlugins> | null = null;

  constructor(places: PluginPlaces) {
    this.#places = places;
  }

  /** As they are on the disk now. */
  look(): Promise<FoundPlugins> {
    // Two that unpack the same archive at once would be in each other's way.
    const looked = (this.#looked ?? Promise.resolve()).then(async () => {
      this.now = await findPlugins(this.#places);
      return this.now;
    });
    this.#looked = looked.catch(() => this.now);
    return looked;
  }

  /** Changes what there is while nobody looks, and looks again. */
  async change<Done>(change: () => Promise<Done>): Promise<Done> {
    const changed = (this.#looked ?? Promise.resolve()).then(change);
    this.#looked = changed.then(
      () => this.now,
      () => this.now,
    );
    const done = await changed;
    await this.look();
    return done;
  }

  /** As they were when somebody looked last. */
  known(): Promise<FoundPlugins> {
    return this.#looked ?? this.look();
  }

  async require(id: string) {
    const plugin = (await this.known()).plugins.get(id);
    if (plugin) return plugin;
    throw noPlugin(id);
  }
}

const noPlugin = (id: string): CoordError =>
  new CoordError('NOT_FOUND', `There is no plugin ${id}: install it`, { plugin: id });
const purposeOf = (id: CompanyId, channel: string, setting: string): string =>
  `channel:${id}:${channel}:${setting}`;

/** `AGENTCOORD_CHANNEL_TEAM_CHAT_BOT_TOKEN` for the setting `botToken` of the channel `team-chat`. */
export function variableOf(channel: string, setting: string): string {
  const words = (name: string) =>
    name
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replaceAll('-', '_')
      .toUpperCase();
  return `AGENTCOORD_CHANNEL_${words(channel)}_${words(setting)}`;
}
