/** Channels: where messages go at the left, with how each is; one of them, with its settings, rules and people, at the right. */
import { useRef, useState } from 'react';
import { Link } from 'wouter';
import type { ChannelView } from '../../../contract/channels.ts';
import { SectionLinks } from '../../company/section-links.tsx';
import { Button } from '../../design/button.tsx';
import { Card } from '../../design/card.tsx';
import { classNames } from '../../design/class-names.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { ListDetail } from '../../design/list-detail.tsx';
import { Notice } from '../../design/notice.tsx';
import { Page } from '../../design/page.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { useActs } from '../../lib/acts.ts';
import { asCoordError } from '../../lib/use-command.ts';
import { ChannelDetail } from './channel-detail.tsx';
import { phases, stateName } from './channel-phase.ts';
import { NewChannel } from './new-channel.tsx';
import { strings } from './strings.ts';
import { useChannels } from './use-channels.ts';

export function ChannelsScreen({ name }: { name: string | null }) {
  const { data: channels, error } = useChannels();
  const [isAdding, setAdding] = useState(false);
  useActs({ 'channels.add': () => setAdding(true) });
  const items = useRef<HTMLElement>(null);
  const shown = channels?.find((channel) => channel.name === (name ?? firstOf(channels)));
  return (
    <Page
      title={strings.title}
      fixed
      beside={<SectionLinks here="channels" />}
      actions={
        <Button look="primary" icon="plus" onPress={() => setAdding(true)}>
          {strings.add}
        </Button>
      }
    >
      {error && (
        <Notice tone="failure" className="m-6">
          {asCoordError(error).message}
        </Notice>
      )}
      {!channels && !error && (
        <div className="p-6">
          <Skeleton label={strings.loading} rows={5} />
        </div>
      )}
      {channels && (
        <ListDetail
          label={strings.list}
          listRef={items}
          isChosen={name !== null}
          back={{ href: '/channels', label: strings.title }}
          list={
            <ul className="flex flex-col gap-1.5">
              {channels.map((channel) => (
                <li key={channel.name}>
                  <ChannelRow channel={channel} isOpen={channel === shown} />
                </li>
              ))}
            </ul>
          }
          detail={
            shown ? (
              <ChannelDetail key={shown.name} channel={shown} />
            ) : (
              <EmptyState title={strings.notFound}>{strings.notFoundMore}</EmptyState>
            )
          }
        />
      )}
      <NewChannel isOpen={isAdding} onClose={() => setAdding(false)} />
    </Page>
  );
}

/** One that somebody set up rather than the one that is always there. */
const firstOf = (channels: readonly ChannelView[]): string | undefined =>
  (channels.find(({ plugin }) => plugin !== null) ?? channels[0])?.name;

function ChannelRow({ channel, isOpen }: { channel: ChannelView; isOpen: boolean }) {
  const { name, displayName, state, outbox, reason } = channel;
  return (
    <Link
      href={`/channels/${name}`}
      data-item
      aria-current={isOpen ? 'true' : undefined}
      className="block rounded-lg"
    >
      <Card
        className={classNames(
          'flex flex-col gap-1 px-3 py-2.5',
          isOpen ? 'border-alive bg-raised' : 'hover:bg-hover',
        )}
      >
        <span className="flex items-center gap-2">
          <StatusDot status={phases[state].dot} />
          <span className="truncate font-semibold">{name}</span>
          <span className="flex-1" />
          {outbox > 0 && <span className="font-mono text-waiting text-xs">{strings.waiting(outbox)}</span>}
        </span>
        <span className="truncate pl-5 text-muted text-xs" title={reason}>
          {displayName} · {stateName(channel)}
          {reason !== '' && ` · ${reason}`}
        </span>
      </Card>
    </Link>
  );
}
