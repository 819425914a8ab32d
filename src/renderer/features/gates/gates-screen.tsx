/** Gates: an inbox at the left, the gate that is open at the right. */
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { GateId } from '../../../core/ids.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { ListDetail } from '../../design/list-detail.tsx';
import { Page } from '../../design/page.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { useKeys } from '../../lib/use-keys.ts';
import { GateDetail } from './gate-detail.tsx';
import { gateHistory, inboxGroups } from './gate-groups.ts';
import type { GateListKind } from './gate-list.tsx';
import { GateList } from './gate-list.tsx';
import { strings } from './strings.ts';

export function GatesScreen({ gateId }: { gateId: GateId | null }) {
  const self = useSelf();
  const [, navigate] = useLocation();
  const [chosenKind, chooseKind] = useState<GateListKind | null>(null);
  const list = useRef<HTMLElement>(null);
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
  const walk = (step: 1 | -1) => () => {
    const cards = [...(list.current?.querySelectorAll<HTMLElement>('[data-gate]') ?? [])];
    const at = cards.findIndex((card) => card.dataset['gate'] === shown);
    const next = cards[at + step];
    if (!next) return;
    navigate(`/gates/${next.dataset['gate']}`);
    next.focus();
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
              navigate('/gates');
            }}
            segments={[
              { value: 'waiting', label: strings.waiting, count: waiting },
              { value: 'history', label: strings.history, count: opened },
            ]}
          />
        </div>
      }
    >
      {count === 0 && !gateId ? (
        <EmptyState title={kind === 'waiting' ? strings.empty : strings.emptyHistory}>
          {kind === 'waiting' ? strings.emptyMore : strings.emptyHistoryMore}
        </EmptyState>
      ) : (
        <ListDetail
          label={strings.list}
          listRef={list}
          list={<GateList kind={kind} openGate={shown} />}
          isChosen={gateId !== null}
          back={{ href: '/gates', label: strings.title }}
          detail={
            shown ? (
              <GateDetail key={shown} gateId={shown} />
            ) : (
              <EmptyState title={strings.choose}>{strings.chooseMore}</EmptyState>
            )
          }
        />
      )}
    </Page>
  );
}
