/** The channels of one company: what each is set to, how it is, and what it has to send. Each lives by itself. */
import type {
  ChannelCarrier,
  ChannelLine,
  ChannelStore,
  ChannelView,
  LinkCode,
  PluginView,
  StoredChannel,
} from '../../contract/channels.ts';
import { dashboardChannel } from '../../contract/channels.ts';
import { channelRulesSchema } from '../../core/channel/channel-rules.ts';
import { CoordError } from '../../core/error.ts';
import type { CompanyId, MemberId } from '../../core/ids.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import type { OnFault } from '../fault.ts';
import { ApprovalTokens } from './approval-tokens.ts';
import { ChannelComposer } from './channel-composer.ts';
import { consentMissing } from './channel-consent.ts';
import { Delivery } from './delivery.ts';
import { IdentityLinks } from './identity-links.ts';
import { Inbound } from './inbound.ts';
import { OutboxFeed } from './outbox-feed.ts';

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

interface LiveChannel {
  readonly stored: StoredChannel;
  readonly plugin: PluginView | null;
  readonly line: ChannelLine | null;
  readonly delivery: Delivery | null;
}

/** Everything that a company with channels has, and one without has not. */
interface Works {
  readonly store: ChannelStore;
  /** Null: it carries nothing. */
  readonly feed: OutboxFeed | null;
  readonly inbound: Inbound;
  readonly links: IdentityLinks;
  readonly composer: ChannelComposer;
}

export class CompanyChannels {
  readonly #parts: CompanyChannelsParts;
  readonly #live = new Map<string, LiveChannel>();
  #works: Works | null = null;
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
    const views = [...this.#live.values()].map((channel) => this.#viewOf(channel));
    return [dashboardView, ...views.sort((a, b) => (a.name < b.name ? -1 : 1))];
  }

  get(name: string): StoredChannel | null {
    return this.#live.get(name)?.stored ?? null;
  }

  /** Keeps the channel as it is now, and opens it anew with that. */
  set(stored: StoredChannel): Promise<void> {
    return this.#change(async () => {
      await this.#close(stored.name);
      const others = [...this.#live.values()].map((channel) => channel.stored);
      await this.#write([...others, stored]);
      await this.#open(stored);
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
    if (this.#requireWorks().store.unlink(name, personId)) return;
    throw new CoordError('NOT_FOUND', `Nobody called ${personId} is linked in the channel ${name}`);
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
    for (const stored of channels) await this.#open(stored);
  }

  #change<Result>(act: () => Promise<Result>): Promise<Result> {
    const changed = this.#changing.then(() => {
      if (this.#closed) throw new CoordError('LOG_UNAVAILABLE', 'The host is stopping');
      return act();
    });
    this.#changing = changed.catch(() => undefined);
    return changed;
  }

  async #open(stored: StoredChannel): Promise<void> {
    const { carrier, carries, companyId, coordinator, onFault } = this.#parts;
    const plugin = await carrier.manifest(stored.plugin);
    const isOpen = carries && plugin !== null && stored.enabled && consentMissing(plugin, stored) === null;
    // Known to the feed before it can have anything to send.
    this.#live.set(stored.name, { stored, plugin, line: null, delivery: null });
    const { inbound, store, composer } = this.#requireWorks();
    if (!isOpen) return;
    const line = carrier.open({
      companyId,
      channel: stored,
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
    this.#live.set(stored.name, { stored, plugin, line, delivery });
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

  #requireWorks(): Works {
    this.#works ??= this.#build();
    return this.#works;
  }

  #build(): Works {
    const { coordinator, carrier, carries, companyId, openStore } = this.#parts;
    const store = openStore();
    const tokens = new ApprovalTokens(store, carrier.key);
    const links = new IdentityLinks(store);
    const now = () => coordinator.now();
    const feed = carries ? this.#feed(store) : null;
    const inbound = new Inbound({ store, coordinator, tokens, links, feed: feed ?? noFeed, now });
    const composer = new ChannelComposer({ companyId, store, coordinator, tokens, url: carrier.url, now });
    return { store, feed, inbound, links, composer };
  }

  #feed(store: ChannelStore): OutboxFeed {
    const { coordinator, onFault } = this.#parts;
    return new OutboxFeed({
      store,
      coordinator,
      channels: () =>
        [...this.#live.values()].map(({ stored, plugin }) => ({
          stored,
          capabilities: plugin?.manifest.capabilities ?? [],
        })),
      fed: () => {
        for (const { delivery } of this.#live.values()) delivery?.wake();
      },
      onFault,
    });
  }

  #viewOf({ stored, plugin, line, delivery }: LiveChannel): ChannelView {
    const { store } = this.#requireWorks();
    const { waiting, since, setAside } = store.depth(stored.name);
    const asksFor = plugin && consentMissing(plugin, stored);
    return {
      ...conditionOf(stored, plugin, line, asksFor !== null),
      name: stored.name,
      plugin: stored.plugin,
      displayName: plugin?.manifest.displayName ?? stored.plugin,
      capabilities: plugin?.manifest.capabilities ?? [],
      enabled: stored.enabled,
      settings: stored.settings,
      secrets: stored.secrets,
      rules: stored.rules,
      outbox: waiting,
      waitingSince: since,
      setAside,
      lastSentAt: delivery?.lastSentAt ?? null,
      linked: store.linked(stored.name),
      log: line?.log ?? [],
      asksFor,
    };
  }
}

/** Where nothing is fed, nothing comes back either. */
const noFeed: Pick<OutboxFeed, 'withoutEcho'> = { withoutEcho: (_channel, act) => act() };

/** How long a message for a test may take until its channel is ready, in ms. */
const testPatience = 30_000;

function conditionOf(
  stored: StoredChannel,
  plugin: PluginView | null,
  line: ChannelLine | null,
  asks: boolean,
) {
  if (!plugin) return { state: 'failed', reason: `there is no plugin ${stored.plugin}: install it` } as const;
  if (!stored.enabled) return { state: 'disabled', reason: 'it is switched off' } as const;
  if (asks) return { state: 'installed', reason: 'somebody must agree to what its plugin asks for' } as const;
  return line?.condition ?? ({ state: 'configured', reason: '' } as const);
}

const dashboardView: ChannelView = {
  state: 'ready',
  reason: '',
  name: dashboardChannel,
  plugin: null,
  displayName: 'Dashboard',
  capabilities: ['text', 'thread', 'rich', 'actions', 'dm', 'inbound'],
  enabled: true,
  settings: {},
  secrets: [],
  rules: channelRulesSchema.parse({}),
  outbox: 0,
  waitingSince: null,
  setAside: 0,
  lastSentAt: null,
  linked: [],
  log: [],
  asksFor: null,
};
