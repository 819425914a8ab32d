/** Plugins: what is installed at the left, with how it is; one of them, with what it asks for and carries, at the right. */
import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { SectionLinks } from '../../company/section-links.tsx';
import { Button } from '../../design/button.tsx';
import { Card } from '../../design/card.tsx';
import { classNames } from '../../design/class-names.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { Icon } from '../../design/icon.tsx';
import { ListDetail } from '../../design/list-detail.tsx';
import { Notice } from '../../design/notice.tsx';
import { Page } from '../../design/page.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { useActs } from '../../lib/acts.ts';
import { asCoordError } from '../../lib/use-command.ts';
import { InstallDialog } from './install-dialog.tsx';
import { PluginDetail } from './plugin-detail.tsx';
import { statuses, worstState } from './plugin-state.ts';
import { strings } from './strings.ts';
import type { CarryingPlugin } from './use-plugins.ts';
import { useCarryingPlugins } from './use-plugins.ts';

export function PluginsScreen({ id }: { id: string | null }) {
  const { data, error } = useCarryingPlugins();
  const [isInstalling, setInstalling] = useState(false);
  useActs({ 'plugins.install': () => setInstalling(true) });
  const items = useRef<HTMLElement>(null);
  const shown = data?.plugins.find(({ manifest }) => manifest.id === (id ?? data.plugins[0]?.manifest.id));
  return (
    <Page
      title={strings.title}
      fixed
      beside={<SectionLinks here="plugins" />}
      actions={
        <Button look="primary" icon="plus" onPress={() => setInstalling(true)}>
          {strings.install}
        </Button>
      }
    >
      {error && (
        <Notice tone="failure" className="m-6">
          {asCoordError(error).message}
        </Notice>
      )}
      {!data && !error && (
        <div className="p-6">
          <Skeleton label={strings.loading} rows={5} />
        </div>
      )}
      {data && (
        <ListDetail
          label={strings.list}
          listRef={items}
          isChosen={id !== null}
          back={{ href: '/plugins', label: strings.title }}
          list={
            <div className="flex flex-col gap-3">
              <ul className="flex flex-col gap-1.5">
                {data.plugins.map((plugin) => (
                  <li key={plugin.manifest.id}>
                    <PluginRow plugin={plugin} isOpen={plugin === shown} />
                  </li>
                ))}
              </ul>
              {data.refused.map((why) => (
                <Notice key={why} tone="waiting" title={strings.refused}>
                  <span className="text-xs">{why}</span>
                </Notice>
              ))}
            </div>
          }
          detail={
            shown ? (
              <PluginDetail key={shown.manifest.id} plugin={shown} />
            ) : (
              <EmptyState title={strings.notFound}>{strings.notFoundMore}</EmptyState>
            )
          }
        />
      )}
      <InstallDialog isOpen={isInstalling} onClose={() => setInstalling(false)} />
    </Page>
  );
}

function PluginRow({ plugin, isOpen }: { plugin: CarryingPlugin; isOpen: boolean }) {
  const { manifest, isBuiltIn, signer, channels } = plugin;
  const state = worstState(channels);
  return (
    <Link
      href={`/plugins/${manifest.id}`}
      data-item
      aria-current={isOpen ? 'true' : undefined}
      className="block rounded-lg"
    >
      <Card
        className={classNames(
          'flex flex-col gap-1 px-3 py-2.5',
          isOpen ? 'border-line-strong bg-raised' : 'hover:bg-hover',
        )}
      >
        <span className="flex items-center gap-2">
          <StatusDot status={state === null ? 'idle' : statuses[state]} />
          <span className="truncate font-semibold">{manifest.displayName}</span>
          <span className="font-mono text-faint text-xs">{manifest.version}</span>
          <span className="flex-1" />
          {!isBuiltIn && (
            <span
              title={signer === null ? strings.notSigned : strings.signed}
              className={signer === null ? 'text-waiting' : 'text-alive'}
            >
              <Icon name={signer === null ? 'warning' : 'lock'} />
            </span>
          )}
        </span>
        <span className="truncate pl-5 text-muted text-xs">
          {isBuiltIn ? strings.comesWith : strings.yours} ·{' '}
          {state === null
            ? strings.unused
            : `${strings.carriesCount(channels.length)}, ${strings.states[state].toLowerCase()}`}
        </span>
      </Card>
    </Link>
  );
}
