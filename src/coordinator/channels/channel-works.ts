/** Everything that a company with channels has, and one without has not: its outbox, and what feeds and empties it. */
import type { ChannelCarrier, ChannelStore } from '../../contract/channels.ts';
import type { CompanyId } from '../../core/ids.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import type { OnFault } from '../fault.ts';
import { ApprovalTokens } from './approval-tokens.ts';
import { ChannelComposer } from './channel-composer.ts';
import { IdentityLinks } from './identity-links.ts';
import { Inbound } from './inbound.ts';
import type { FeedParts } from './outbox-feed.ts';
import { OutboxFeed } from './outbox-feed.ts';

export interface ChannelWorks {
  readonly store: ChannelStore;
  /** Null: it carries nothing. */
  readonly feed: OutboxFeed | null;
  /** Where nothing is carried, what waits is known only once the log was looked at: resolves then. */
  lookNow(): Promise<void>;
  readonly inbound: Inbound;
  readonly links: IdentityLinks;
  readonly composer: ChannelComposer;
}

export interface WorksParts extends Pick<FeedParts, 'channels' | 'fed'> {
  readonly companyId: CompanyId;
  readonly coordinator: CompanyCoordinator;
  readonly carrier: Pick<ChannelCarrier, 'key' | 'url'>;
  readonly carries: boolean;
  readonly store: ChannelStore;
  readonly onFault: OnFault;
}

export function openChannelWorks(parts: WorksParts): ChannelWorks {
  const { coordinator, carrier, carries, companyId, store, channels, fed, onFault } = parts;
  const tokens = new ApprovalTokens(store, carrier.key);
  const links = new IdentityLinks(store);
  const now = () => coordinator.now();
  const openFeed = () => new OutboxFeed({ store, coordinator, channels, fed, onFault });
  const feed = carries ? openFeed() : null;
  const lookNow = async () => {
    if (feed) return;
    const once = openFeed();
    await once.lookNow();
    await once.close();
  };
  const inbound = new Inbound({ store, coordinator, tokens, links, feed: feed ?? noFeed, now });
  const composer = new ChannelComposer({ companyId, store, coordinator, tokens, url: carrier.url, now });
  return { store, feed, lookNow, inbound, links, composer };
}

/** Where nothing is fed, nothing comes back either. */
const noFeed: Pick<OutboxFeed, 'withoutEcho' | 'noteEcho'> = {
  withoutEcho: (_channel, act) => act(),
  noteEcho: () => undefined,
};
