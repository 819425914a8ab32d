/** The way to every screen, with what is alive and what needs you; then the connection, and the keys. A bar at the bottom of a narrow window. */
import type { ReactNode } from 'react';
import { Link, useRoute } from 'wouter';
import { needsMember } from '../../core/gate/asked-slots.ts';
import { Button } from '../design/button.tsx';
import { classNames } from '../design/class-names.ts';
import type { IconName } from '../design/icon.tsx';
import { Icon } from '../design/icon.tsx';
import { unreadCount } from '../features/threads/thread-list.ts';
import { useConnectionStatus, useLive, useSelf } from '../lib/company-context.tsx';
import { CompanySwitch } from './company-switch.tsx';
import { ConnectionLight } from './connection-light.tsx';
import { strings } from './strings.ts';

export function Sidebar({ onShowKeys }: { onShowKeys: () => void }) {
  const self = useSelf();
  const status = useConnectionStatus();
  const { gates, workers, unread, conflicts, isShared } = useLive((state) => ({
    gates:
      [...state.index.gatesByState.get('waiting')].filter((gate) => needsMember(state, gate, self)).length +
      state.index.gatesByState.get('vetoed').size,
    workers: [...state.workers.values()].filter(({ state: at }) => at === 'ready' || at === 'draining')
      .length,
    unread: unreadCount(state, self),
    conflicts: [...state.conflicts.values()].filter(({ resolution }) => resolution === null).length,
    isShared: state.hosts.size > 0 || state.conflicts.size > 0,
  }));
  return (
    <header className="flex w-14 shrink-0 flex-col border-line border-r bg-sunken py-3 max-md:w-full max-md:flex-row max-md:items-center max-md:border-t max-md:border-r-0 max-md:px-1 max-md:py-1.5 xl:w-52">
      <CompanySwitch />
      <nav
        aria-label={strings.nav}
        className="flex flex-col gap-0.5 px-2 max-md:flex-1 max-md:flex-row max-md:justify-around max-md:overflow-x-auto"
      >
        <Screen href="/" icon="home" label={strings.home} />
        <Screen href="/board" icon="board" label={strings.board} />
        <Screen href="/gates" icon="gate" label={strings.gates}>
          {gates > 0 && <Badge count={gates} label={strings.gatesNeedYou(gates)} needs />}
        </Screen>
        <Screen href="/org" icon="org" label={strings.org} />
        <Screen href="/workflows" icon="workflow" label={strings.workflows} />
        <Screen href="/workers" icon="worker" label={strings.workers}>
          {workers > 0 && <Badge count={workers} label={strings.workersRunning(workers)} />}
        </Screen>
        <Screen href="/threads" icon="thread" label={strings.threads}>
          {unread > 0 && <Badge count={unread} label={strings.unreadThreads(unread)} needs />}
        </Screen>
        <Screen href="/costs" icon="costs" label={strings.costs} />
        <Screen href="/reviews" icon="review" label={strings.reviews} />
        <Screen href="/history" icon="history" label={strings.history} />
        <Screen href="/channels" also="/plugins" icon="channel" label={strings.channels} />
        {isShared && (
          <Screen href="/conflicts" icon="conflict" label={strings.conflicts}>
            {conflicts > 0 && <Badge count={conflicts} label={strings.conflictsOpen(conflicts)} needs />}
          </Screen>
        )}
        <Screen href="/settings" icon="settings" label={strings.settings} />
      </nav>
      <span className="flex-1 max-md:hidden" />
      <div className="flex flex-col items-center gap-2 px-3 max-md:px-1 xl:flex-row xl:justify-between">
        <ConnectionLight status={status} />
        <span className="max-md:hidden">
          <Button look="quiet" icon="keyboard" aria-label={strings.keys} onPress={onShowKeys} />
        </span>
      </div>
    </header>
  );
}

interface ScreenProps {
  href: string;
  icon: IconName;
  label: string;
  /** Another address that belongs to it. */
  also?: string;
  children?: ReactNode;
}

function Screen({ href, icon, label, also, children }: ScreenProps) {
  const [isAt] = useRoute(href === '/' ? '/' : `${href}/*?`);
  const [isAtOther] = useRoute(`${also ?? href}/*?`);
  const isHere = isAt || (also !== undefined && isAtOther);
  return (
    <Link
      href={href}
      title={label}
      aria-current={isHere ? 'page' : undefined}
      className={classNames(
        'relative flex h-9 items-center gap-2.5 rounded-md px-3 transition-colors duration-150',
        isHere ? 'bg-chosen font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      <Icon name={icon} className={isHere ? 'text-alive' : ''} />
      <span className="sr-only flex-1 xl:not-sr-only xl:flex-1">{label}</span>
      {children}
    </Link>
  );
}

function Badge({ count, label, needs = false }: { count: number; label: string; needs?: boolean }) {
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className={classNames(
        'absolute top-0.5 right-0.5 grid h-4.5 min-w-4.5 place-items-center rounded-full px-1 font-mono text-2xs leading-none xl:static',
        needs ? 'bg-needs-soft font-semibold text-needs' : 'text-faint',
      )}
    >
      {count}
    </span>
  );
}
