/** Gates: an inbox at the left, the gate that is open at the right. */
import { useState } from 'react';
import type { GateId } from '../../../core/ids.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { ListScreen } from '../../lib/list-screen.tsx';
import { GateDetail } from './gate-detail.tsx';
import { gateHistory, inboxGroups } from './gate-groups.ts';
import type { GateListKind } from './gate-list.tsx';
import { GateList } from './gate-list.tsx';
import { strings } from './strings.ts';

export function GatesScreen({ gateId }: { gateId: GateId | null }) {
  const self = useSelf();
  const [chosenKind, chooseKind] = useState<GateListKind | null>(null);
  const { waiting, opened, first, isOpened } = useLive((state) => {
    const groups = inboxGroups(state, self);
    return {
      waiting: groups.reduce((sum, { gates }) => sum + gates.length, 0),
      opened: gateHistory(state).length,
      first: groups[0]?.gates[0]?.id ?? null,
      isOpened: gateId !== null && state.gates.get(gateId)?.state === 'open',
    };
  });
  const kind = chosenKind ?? (waiting === 0 && isOpened ? 'history' : 'waiting');
  const count = kind === 'waiting' ? waiting : opened;
  const shown = gateId ?? (kind === 'waiting' ? first : null);
  return (
    <ListScreen
      title={strings.title}
      path="/gates"
      show={strings.show}
      kinds={[
        { value: 'waiting', label: strings.waiting, count: waiting },
        { value: 'history', label: strings.history, count: opened },
      ]}
      kind={kind}
      onKind={chooseKind}
      label={strings.list}
      isChosen={gateId !== null}
      empty={
        count === 0 && !gateId ? (
          <EmptyState title={kind === 'waiting' ? strings.empty : strings.emptyHistory}>
            {kind === 'waiting' ? strings.emptyMore : strings.emptyHistoryMore}
          </EmptyState>
        ) : null
      }
      list={<GateList kind={kind} openGate={shown} />}
      detail={
        shown ? (
          <GateDetail key={shown} gateId={shown} />
        ) : (
          <EmptyState title={strings.choose}>{strings.chooseMore}</EmptyState>
        )
      }
    />
  );
}
