/** A channel carried by the process of a plugin: starts it, opens it, notices its end, and starts it again. */
import { mkdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelCondition, ChannelLine } from '../contract/channels.ts';
import { ChannelError } from '../contract/plugin/channel-error.ts';
import type {
  InboundAnswer,
  InboundMessage,
  MessageRef,
  OutboundMessage,
} from '../contract/plugin/messages.ts';
import type { Settings } from '../contract/plugin/settings-schema.ts';
import { CoordError } from '../core/error.ts';
import type { EpochMs } from '../core/units.ts';
import type { BreakerPolicy } from './crash-breaker.ts';
import { CrashBreaker } from './crash-breaker.ts';
import { endLeftovers } from './leftover-plugins.ts';
import { lineSettings } from './line-settings.ts';
import { foldersOf, hostsOf } from './plugin-hosts.ts';
import type { HostTerminal, PluginProgram, ProcessLimits } from './plugin-process.ts';
import { PluginProcess } from './plugin-process.ts';
import type { Plugin } from './read-plugin.ts';

export interface LineOptions {
  readonly channel: string;
  readonly plugin: Plugin;
  readonly program: PluginProgram;
  readonly dataFolder: string;
  /** With secrets; asked for at each start. @throws CoordError `KEYCHAIN_UNAVAILABLE` */
  readonly settings: () => Promise<Settings>;
  readonly terminal: HostTerminal | null;
  readonly receive: (message: InboundMessage) => Promise<InboundAnswer>;
  readonly changed: () => void;
  readonly now: () => EpochMs;
  readonly limits?: Partial<ProcessLimits>;
  readonly breaker?: BreakerPolicy;
}

/** Lines of the log that are kept. */
const keptLines = 200;
/** How often it is asked how it is, in ms. */
const healthEvery = 30_000;
const graceMs = 5_000;

export function openChannelLine(options: LineOptions): ChannelLine {
  return new PluginLine(options);
}

class PluginLine implements ChannelLine {
  readonly #options: LineOptions;
  readonly #breaker: CrashBreaker;
  readonly #ended = new AbortController();
  readonly #running: Promise<void>;
  readonly #log: string[] = [];
  readonly #waiting = new Set<() => void>();
  #process: PluginProcess | null = null;
  #hasStarted = false;
  #condition: ChannelCondition = { state: 'configured', reason: '' };

  constructor(options: LineOptions) {
    this.#options = options;
    this.#breaker = new CrashBreaker(options.breaker);
    this.#running = this.#run();
  }

  get condition(): ChannelCondition {
    return this.#condition;
  }

  get log(): readonly string[] {
    return this.#log;
  }

  async ready(signal: AbortSignal): Promise<void> {
    while (
      this.#process === null ||
      (this.#condition.state !== 'ready' && this.#condition.state !== 'degraded')
    ) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        const look = () => {
          this.#waiting.delete(look);
          signal.removeEventListener('abort', look);
          resolve();
        };
        this.#waiting.add(look);
        signal.addEventListener('abort', look);
      });
    }
  }

  async send(message: OutboundMessage): Promise<MessageRef> {
    const { ref } = await this.#ask((process) => process.call('send', { message }));
    return ref;
  }

  async edit(ref: MessageRef, message: OutboundMessage): Promise<void> {
    await this.#ask((process) => process.call('edit', { ref, message }));
  }

  async #ask<Answer>(call: (process: PluginProcess) => Promise<Answer>): Promise<Answer> {
    const process = this.#process;
    if (!process) throw new ChannelError('RETRY', 'the channel is not open');
    try {
      const answer = await call(process);
      if (this.#condition.state === 'degraded' && this.#condition.reason === slowed) this.#turn('ready');
      return answer;
    } catch (error) {
      if (!(error instanceof ChannelError)) {
        const why = error instanceof Error ? error.message : String(error);
        throw new CoordError(
          'PLUGIN_FAILED',
          `The plugin of ${this.#options.channel} failed at a message: ${why}`,
        );
      }
      if (error.code === 'UNAUTHORIZED') this.#turn('failed', error.message);
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    this.#look();
    await this.#process?.stop(graceMs);
    await this.#running;
    this.#turn('disabled');
  }

  async #run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      const failure = await this.#live();
      if (this.#ended.signal.aborted) return;
      if (failure.isFinal) {
        this.#turn('failed', failure.why);
        return;
      }
      const { wait, rests } = this.#breaker.failed(this.#options.now(), failure.isCrash);
      const next = rests
        ? `it ended too often and rests for ${Math.round(wait / 60_000)} minutes`
        : `it is started again in ${Math.ceil(wait / 1_000)} s`;
      this.#turn('failed', `${failure.why}; ${next}`);
      await pause(wait, undefined, { signal: this.#ended.signal }).catch(() => undefined);
    }
  }

  /** From the start of a process to its end. @returns why it ended; final: only other settings would help */
  async #live(): Promise<{ readonly why: string; readonly isCrash: boolean; readonly isFinal: boolean }> {
    this.#turn('starting');
    let settings: Settings;
    let process: PluginProcess;
    try {
      settings = await this.#options.settings();
      process = await this.#start(settings);
    } catch (error) {
      return { why: reasonOf(error), isCrash: !(error instanceof CoordError), isFinal: false };
    }
    try {
      if (this.#ended.signal.aborted) throw new Error('the channel was closed');
      await process.call('configChanged', { settings: lineSettings(settings) });
      // Whoever stops the channel meanwhile found no process to stop.
      if (this.#ended.signal.aborted) throw new Error('the channel was closed');
    } catch (error) {
      const isCrash = process.hasEnded;
      await process.stop(graceMs);
      const isFinal = error instanceof ChannelError && error.code === 'UNAUTHORIZED';
      return { why: reasonOf(error), isCrash, isFinal };
    }
    this.#process = process;
    this.#breaker.opened();
    this.#turn('ready');
    const checks = setInterval(() => void this.#checkHealth(process), healthEvery);
    const why = await process.ended;
    clearInterval(checks);
    this.#process = null;
    return { why, isCrash: true, isFinal: false };
  }

  async #start(settings: Settings): Promise<PluginProcess> {
    const { plugin, program, dataFolder, terminal, receive, limits } = this.#options;
    const { manifest, folder, module } = plugin;
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    const writes = foldersOf(manifest, settings);
    for (const write of writes) await mkdir(write, { recursive: true });
    // Later ones are our own, and known to have ended.
    if (!this.#hasStarted) await endLeftovers({ program, dataFolder });
    this.#hasStarted = true;
    return await PluginProcess.start({
      ...{ program, pluginFolder: folder, module, dataFolder, writes },
      hosts: hostsOf(manifest, settings),
      terminal: manifest.capabilities.includes('terminal') ? terminal : null,
      handlers: {
        receive: ({ message }) => receive(message),
        report: async ({ health }) => {
          if (this.#process) this.#turn(health.state, health.reason);
          return {};
        },
        log: async ({ text }) => {
          this.#keep(text);
          return {};
        },
      },
      onOutput: (line) => this.#keep(line),
      onSlowed: () => {
        if (this.#process && this.#condition.state === 'ready') this.#turn('degraded', slowed);
      },
      ...(limits && { limits }),
    });
  }

  async #checkHealth(process: PluginProcess): Promise<void> {
    try {
      const { state, reason } = await process.call('health', {});
      if (this.#process === process && this.#condition.state !== 'failed') this.#turn(state, reason);
    } catch {
      // Its end is noticed elsewhere.
    }
  }

  #keep(line: string): void {
    this.#log.push(`${new Date(this.#options.now()).toISOString()} ${line}`);
    if (this.#log.length > keptLines) this.#log.splice(0, this.#log.length - keptLines);
  }

  #turn(state: ChannelCondition['state'], reason = ''): void {
    this.#condition = { state, reason };
    if (state === 'failed') this.#keep(reason);
    this.#look();
    this.#options.changed();
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }
}

const slowed = 'it says more than it may, and is heard more slowly';
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
