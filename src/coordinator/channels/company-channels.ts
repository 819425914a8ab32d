/** The channels of one company: what each is set to, how it is, and what it has to send. Each lives by itself. */
import type {
  ChannelCarrier,
  ChannelStore,
  ChannelView,
  LinkCode,
  StoredChannel,
} from '../../contract/channels.ts';
import { dueIn } from '../../core/channel/channel-rules.ts';
import { CoordError } from '../../core/error.ts';
import type { CompanyId, MemberId } from '../../core/ids.ts';
import { dashboardChannel } from '../../core/org/channel-file.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import type { OnFault } from '../fault.ts';
import type { LiveChannel } from './channel-view.ts';
import { channelView, dashboardView, mayOpen } from './channel-view.ts';
import type { ChannelWorks } from './channel-works.ts';
import { openChannelWorks } from './channel-works.ts';
import { Delivery } from './delivery.ts';
import type { EnvironmentSecrets, SecretHolder } from './environment-secrets.ts';
import { environmentSecrets } from './environment-secrets.ts';
import { missingSettings } from './missing-settings.ts';

/** Where a company keeps what its channels are set to. */
export interface ChannelDocument {
  read(): Promise<{ readonly channels: readonly StoredChannel[] } | null>;
  write(value: { readonly channels: StoredChannel[] }): Promise<void>;
}

export interface CompanyChannelsParts {
  readonly companyId: CompanyId;
  readonly coordinator: CompanyCoordinator;
  readonly openStore: () => ChannelStore;
  readonly document: ChannelDocument;
  readonly carrier: ChannelCarrier;
  /** Left to another program that runs: this one only looks, and changes what they are set to. */
  readonly carries: boolean;
  readonly onFault: OnFault;
}

export class CompanyChannels {
  readonly #parts: CompanyChannelsParts;
  readonly #live = new Map<string, LiveChannel>();
  #works: ChannelWorks | null = null;
  /** Changes go one after the other. */
  #changing: Promise<unknown>;
  #closed = false;

  constructor(parts: CompanyChannelsParts) {
    this.#parts = parts;
    this.#changing = this.#start().catch(parts.onFault);
  }

  get names(): readonly string[] {
    return [dashboardChannel, ...this.#live.keys()];
  }

  async list(): Promise<readonly ChannelView[]> {
    await this.#changing;
    if (this.#live.size > 0) await this.#requireWorks().lookNow();
    const views = [...this.#live.values()].map((channel) => this.#viewOf(channel));
    return [dashboardView, ...views.sort((a, b) => (a.name < b.name ? -1 : 1))];
  }

  get(name: string): StoredChannel | null {
    return this.#live.get(name)?.stored ?? null;
  }

  /** What a channel gets of the environment of the host, beside those that there are. */
  environmentOf(channel: SecretHolder): EnvironmentSecrets {
    const others = [...this.#live.values()].map(({ stored, plugin }) => ({
      ...{ name: stored.name, secrets: stored.secrets, plugin },
    }));
    return environmentSecrets(
      channel,
      others.filter(({ name }) => name !== channel.name),
      this.#parts.carrier,
    );
  }

  /** Keeps the channel as it is now, and opens it anew with that. */
  set(stored: StoredChannel): Promise<void> {
    return this.#change(async () => {
      await this.#close(stored.name);
      const others = [...this.#live.values()].flatMap((channel) =>
        channel.stored.name === stored.name ? [] : [channel.stored],
      );
      await this.#write([...others, stored]);
      await this.#open(stored);
      // What waits for the end of quiet hours, or for a digest, waits as it is set now.
      this.#works?.store.reschedule(stored.name, ({ notice, at, inDigest }) =>
        dueIn(stored.rules, notice, at, !inDigest),
      );
      this.#live.get(stored.name)?.delivery?.wake();
      this.#works?.feed?.wake();
    });
  }

  remove(name: string): Promise<void> {
    return this.#change(async () => {
      await this.#close(name);
      this.#live.delete(name);
      await this.#write([...this.#live.values()].map(({ stored }) => stored));
      this.#works?.store.forget(name);
    });
  }

  /** Sends a message past the outbox. @throws CoordError `PLUGIN_FAILED` - with what the service said */
  async test(name: string): Promise<void> {
    if (name === dashboardChannel)
      throw new CoordError(
        'BAD_INPUT',
        'The dashboard is the app itself: open it to see that it works. Nothing is sent there that could be tested',
      );
    const channel = this.#require(name);
    const { line } = channel;
    if (!line)
      throw new CoordError(
        'PLUGIN_FAILED',
        `The channel ${name} is not open: ${this.#viewOf(channel).reason}`,
      );
    const message = this.#requireWorks().composer.test(name, this.#parts.coordinator.now());
    try {
      await line.ready(AbortSignal.timeout(testPatience));
      await line.send(message);
    } catch (error) {
      const why = line.condition.reason || (error instanceof Error ? error.message : String(error));
      throw new CoordError('PLUGIN_FAILED', `The message to ${name} was not sent: ${why}`, { channel: name });
    }
  }

  newCode(name: string, memberId: MemberId): LinkCode {
    if (name === dashboardChannel)
      throw new CoordError(
        'BAD_INPUT',
        'In the app everybody signs in as themselves: nobody is linked there',
      );
    const { plugin } = this.#require(name);
    if (!plugin?.manifest.capabilities.includes('inbound')) {
      throw new CoordError(
        'BAD_INPUT',
        `Nobody can answer from the channel ${name}, so there is nobody to link`,
      );
    }
    return this.#requireWorks().links.newCode(name, memberId, this.#parts.coordinator.now());
  }

  unlink(name: string, personId: string): void {
    this.#require(name);
    const { store } = this.#requireWorks();
    if (store.unlink(name, personId)) return;
    const linked = store.linked(name).map(({ person }) => `${person.id} (${person.name})`);
    throw new CoordError(
      'NOT_FOUND',
      `Nobody called ${personId} is linked in the channel ${name}. Linked there: ${linked.join(', ') || 'nobody'}`,
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#changing;
    await this.#works?.feed?.close();
    await Promise.all([...this.#live.keys()].map((name) => this.#close(name)));
    this.#works?.store.close();
  }

  async #start(): Promise<void> {
    const { channels = [] } = (await this.#parts.document.read()) ?? {};
    const named = new Map(channels.map((stored) => [stored.name, stored]));
    // All are known before one is opened: what one gets may depend on the others.
    for (const stored of named.values()) await this.#know(stored);
    for (const stored of named.values()) await this.#open(stored);
  }

  #change<Result>(act: () => Promise<Result>): Promise<Result> {
    const changed = this.#changing.then(() => {
      if (this.#closed) throw new CoordError('LOG_UNAVAILABLE', 'The host is stopping');
      return act();
    });
    this.#changing = changed.catch(() => undefined);
    return changed;
  }

  /** Known to the feed before it can have anything to send. */
  async #know(stored: StoredChannel): Promise<LiveChannel> {
    const plugin = await this.#parts.carrier.manifest(stored.plugin);
    const { name, secrets } = stored;
    const missing = plugin
      ? missingSettings(plugin, stored, this.environmentOf({ name, secrets, plugin }))
      : [];
    const known: LiveChannel = { stored, plugin, missing, line: null, delivery: null };
    this.#live.set(name, known);
    return known;
  }

  async #open(stored: StoredChannel): Promise<void> {
    const { carrier, carries, companyId, coordinator, onFault } = this.#parts;
    const known = await this.#know(stored);
    const { plugin } = known;
    const { inbound, store, composer } = this.#requireWorks();
    if (!carries || !plugin || !mayOpen(known)) return;
    const line = carrier.open({
      companyId,
      channel: stored,
      fromEnvironment: this.environmentOf({ name: stored.name, secrets: stored.secrets, plugin }).given,
      receive: (message) => inbound.receive(stored.name, message),
      changed: () => this.#live.get(stored.name)?.delivery?.wake(),
    });
    const { capabilities } = plugin.manifest;
    const delivery = new Delivery({
      channel: stored.name,
      store,
      line,
      compose: (rows) => composer.compose(stored.name, capabilities, rows),
      composeEdit: (edit) => composer.composeEdit(stored.name, capabilities, edit),
      now: () => coordinator.now(),
      onFault,
    });
    this.#live.set(stored.name, { ...known, line, delivery });
  }

  async #close(name: string): Promise<void> {
    const channel = this.#live.get(name);
    if (!channel) return;
    this.#live.set(name, { ...channel, line: null, delivery: null });
    await Promise.all([channel.delivery?.close(), channel.line?.stop()]);
  }

  async #write(channels: StoredChannel[]): Promise<void> {
    await this.#parts.document.write({ channels });
  }

  #require(name: string): LiveChannel {
    const channel = this.#live.get(name);
    if (channel) return channel;
    throw new CoordError('NOT_FOUND', `There is no channel ${name}. There are: ${this.names.join(', ')}`, {
      name,
    });
  }

  #viewOf(channel: LiveChannel): ChannelView {
    const { carries, coordinator } = this.#parts;
    return channelView(channel, this.#requireWorks().store, { carries, now: coordinator.now() });
  }

  #requireWorks(): ChannelWorks {
    this.#works ??= openChannelWorks({
      ...this.#parts,
      store: this.#parts.openStore(),
      channels: () =>
        [...this.#live.values()].map(({ stored, plugin }) => ({
          stored,
          capabilities: plugin?.manifest.capabilities ?? [],
        })),
      fed: () => {
        for (const { delivery } of this.#live.values()) delivery?.wake();
      },
    });
    return this.#works;
  }
}

/** How long a message for a test may take until its channel is ready, in ms. */
const testPatience = 30_000;
