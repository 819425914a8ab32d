/** Conflicts: what hosts did by themselves and no longer fits at the left, one with all that is kept of it at the right. */
import { useState } from 'react';
import type { ConflictId } from '../../../core/ids.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { ListScreen } from '../../lib/list-screen.tsx';
import { ConflictCard } from './conflict-card.tsx';
import { ConflictDetail } from './conflict-detail.tsx';
import { openConflicts, resolvedConflicts } from './conflict-list.ts';
import { strings } from './strings.ts';

type Kind = 'open' | 'resolved';

export function ConflictsScreen({ conflictId }: { conflictId: ConflictId | null }) {
  const [chosenKind, chooseKind] = useState<Kind | null>(null);
  const { open, resolved } = useLive((state) => ({
    open: openConflicts(state),
    resolved: resolvedConflicts(state),
  }));
  const isAddressedResolved = resolved.some(({ id }) => id === conflictId);
  const kind = chosenKind ?? (open.length === 0 && isAddressedResolved ? 'resolved' : 'open');
  const conflicts = kind === 'open' ? open : resolved;
  const shown = conflictId ?? conflicts[0]?.id ?? null;
  return (
    <ListScreen
      title={strings.title}
      path="/conflicts"
      show={strings.show}
      kinds={[
        { value: 'open', label: strings.open, count: open.length },
        { value: 'resolved', label: strings.resolved, count: resolved.length },
      ]}
      kind={kind}
      onKind={chooseKind}
      label={strings.list}
      isChosen={conflictId !== null}
      empty={
        conflicts.length === 0 && !conflictId ? (
          <EmptyState title={kind === 'open' ? strings.empty : strings.emptyResolved}>
            {kind === 'open' ? strings.emptyMore : strings.emptyResolvedMore}
          </EmptyState>
        ) : null
      }
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
  );
}
