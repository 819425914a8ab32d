/** Conflicts: what hosts did by themselves and no longer fits at the left, one with all that is kept of it at the right. */
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { ConflictId } from '../../../core/ids.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { ListDetail } from '../../design/list-detail.tsx';
import { Page } from '../../design/page.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { useKeys } from '../../lib/use-keys.ts';
import { ConflictCard } from './conflict-card.tsx';
import { ConflictDetail } from './conflict-detail.tsx';
import { openConflicts, resolvedConflicts } from './conflict-list.ts';
import { strings } from './strings.ts';

type Kind = 'open' | 'resolved';

export function ConflictsScreen({ conflictId }: { conflictId: ConflictId | null }) {
  const [, navigate] = useLocation();
  const [chosenKind, chooseKind] = useState<Kind | null>(null);
  const list = useRef<HTMLElement>(null);
  const { open, resolved } = useLive((state) => ({
    open: openConflicts(state),
    resolved: resolvedConflicts(state),
  }));
  const isAddressedResolved = resolved.some(({ id }) => id === conflictId);
  const kind = chosenKind ?? (open.length === 0 && isAddressedResolved ? 'resolved' : 'open');
  const conflicts = kind === 'open' ? open : resolved;
  const shown = conflictId ?? conflicts[0]?.id ?? null;
  const walk = (step: 1 | -1) => () => {
    const next = conflicts[conflicts.findIndex(({ id }) => id === shown) + step];
    if (!next) return;
    navigate(`/conflicts/${next.id}`);
    list.current?.querySelector<HTMLElement>(`[data-conflict="${next.id}"]`)?.focus();
  };
  useKeys({ j: walk(1), k: walk(-1) });
  return (
    <Page
      title={strings.title}
      fixed
      beside={
        <div className="pl-2">
          <Segmented
            label={strings.show}
            value={kind}
            onChange={(next) => {
              chooseKind(next);
              navigate('/conflicts');
            }}
            segments={[
              { value: 'open', label: strings.open, count: open.length },
              { value: 'resolved', label: strings.resolved, count: resolved.length },
            ]}
          />
        </div>
      }
    >
      {conflicts.length === 0 && !conflictId ? (
        <EmptyState title={kind === 'open' ? strings.empty : strings.emptyResolved}>
          {kind === 'open' ? strings.emptyMore : strings.emptyResolvedMore}
        </EmptyState>
      ) : (
        <ListDetail
          label={strings.list}
          listRef={list}
          isChosen={conflictId !== null}
          back={{ href: '/conflicts', label: strings.title }}
          list={
            <ul className="flex flex-col gap-1.5">
              {conflicts.map((conflict) => (
                <li key={conflict.id}>
                  <ConflictCard conflict={conflict} isShown={conflict.id === shown} />
                </li>
              ))}
            </ul>
          }
          detail={
            shown ? (
              <ConflictDetail key={shown} conflictId={shown} />
            ) : (
              <EmptyState title={strings.choose}>{strings.chooseMore}</EmptyState>
            )
          }
        />
      )}
    </Page>
  );
}
