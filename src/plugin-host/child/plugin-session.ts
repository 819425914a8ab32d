/** The plugin's side of the line: leads each call of the host to the plugin, and what the plugin says to the host. */
import { pathToFileURL } from 'node:url';
import type { Handlers, pluginCalls } from '../../contract/plugin/calls.ts';
import { ChannelError } from '../../contract/plugin/channel-error.ts';
import type { Channel, ChannelHost, ChannelPlugin } from '../../contract/plugin/define-plugin.ts';
import { pluginApiVersion } from '../../contract/plugin/manifest.ts';
import type { Settings } from '../../contract/plugin/settings-schema.ts';

type Initialize = Parameters<Handlers<typeof pluginCalls>['initialize']>[0];

export interface SessionHost extends Pick<ChannelHost, 'receive' | 'report' | 'log'> {
  /** Before any of the plugin's code runs. */
  guard(call: Initialize): void;
  terminalOf(call: Initialize): ChannelHost['terminal'];
  /** What was asked last has been answered. */
  ended(): void;
}

export class PluginSession implements Handlers<typeof pluginCalls> {
  readonly #host: SessionHost;
  readonly #ended = new AbortController();
  #plugin: ChannelPlugin | null = null;
  #channelHost: ChannelHost | null = null;
  #channel: Channel | null = null;

  constructor(host: SessionHost) {
    this.#host = host;
  }

  initialize = async (call: Initialize) => {
    if (this.#plugin) throw new Error('it is initialized already');
    this.#host.guard(call);
    const module = (await import(pathToFileURL(call.module).href)) as { default?: unknown };
    this.#plugin = pluginIn(module);
    const { receive, report, log } = this.#host;
    const terminal = this.#host.terminalOf(call);
    this.#channelHost = { receive, report, log, terminal, folder: call.folder, signal: this.#ended.signal };
    return { apiVersion: pluginApiVersion };
  };

  validateConfig = async ({ settings }: { settings: Settings }) => {
    const problems = (await this.#requirePlugin().validateConfig?.(settings)) ?? [];
    return { problems: problems.map(({ field, message }) => ({ field, message })) };
  };

  configChanged = async ({ settings }: { settings: Settings }) => {
    const plugin = this.#requirePlugin();
    if (this.#channel && (await this.#channel.configChanged?.(settings)) === true) return {};
    const before = this.#channel;
    this.#channel = null;
    await before?.close?.();
    if (!this.#channelHost) throw new Error('it is not initialized');
    const channel = await plugin.open(settings, this.#channelHost);
    if (typeof channel?.send !== 'function') throw new Error('open() gave back nothing that can send');
    this.#channel = channel;
    return {};
  };

  send: Handlers<typeof pluginCalls>['send'] = async ({ message }) => {
    return { ref: await this.#requireChannel().send(message) };
  };

  edit: Handlers<typeof pluginCalls>['edit'] = async ({ ref, message }) => {
    const channel = this.#requireChannel();
    if (!channel.edit) throw new ChannelError('REJECTED', 'this channel can’t change what it has sent');
    await channel.edit(ref, message);
    return {};
  };

  health = async () => {
    return (await this.#requireChannel().health?.()) ?? { state: 'ready' as const, reason: '' };
  };

  shutdown = async () => {
    this.#ended.abort();
    const channel = this.#channel;
    this.#channel = null;
    try {
      await channel?.close?.();
    } finally {
      this.#host.ended();
    }
    return {};
  };

  #requirePlugin(): ChannelPlugin {
    if (this.#plugin) return this.#plugin;
    throw new Error('it is not initialized');
  }

  #requireChannel(): Channel {
    if (this.#channel) return this.#channel;
    throw new ChannelError('RETRY', 'the channel is not open');
  }
}

function pluginIn({ default: plugin }: { default?: unknown }): ChannelPlugin {
  const { open } = (plugin ?? {}) as Partial<ChannelPlugin>;
  if (typeof open === 'function') return plugin as ChannelPlugin;
  throw new Error(
    'its module has no default export with a function open(): write export default definePlugin({ … })',
  );
}
