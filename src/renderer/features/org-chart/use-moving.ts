/** Moving cards, by the pointer and by keys: where they would go, what the company says to that, and letting them go. */
import { useCallback, useRef, useState } from 'react';
import type { ChartLayout } from './chart-layout.ts';
import type { DropPlace } from './drop.ts';
import { dropOn, placeOf } from './drop.ts';
import type { DropStore } from './drop-store.ts';
import { strings } from './strings.ts';
import type { OrgDraft } from './use-org-draft.ts';
import type { Arrow } from './walk-chart.ts';
import { groupsOf } from './walk-chart.ts';

export interface Moving {
  /** Picked up by keys; null: nothing is. */
  readonly picked: ReadonlySet<string> | null;
  readonly over: (dragged: ReadonlySet<string>, place: DropPlace | null) => void;
  readonly drop: (dragged: ReadonlySet<string>, place: DropPlace | null) => void;
  readonly pickUp: (ids: ReadonlySet<string>) => void;
  readonly aim: (arrow: Arrow) => string | null;
  readonly letGo: () => void;
  readonly putBack: () => void;
}

export interface MovingOptions {
  readonly draft: OrgDraft;
  readonly layout: ChartLayout;
  readonly drops: DropStore;
  /** Says it to screen readers. */
  readonly announce: (words: string) => void;
  /** Shows why it can't be, where the person looks. */
  readonly onRefused: (reason: string) => void;
}

export function useMoving({ draft, layout, drops, announce, onRefused }: MovingOptions): Moving {
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(null);
  const aimed = useRef<DropPlace | null>(null);
  const verdicts = useRef(new Map<string, { ok: boolean; words: string } | null>());
  const { drawn, attempt, probe } = draft;

  const judge = useCallback(
    (dragged: ReadonlySet<string>, place: DropPlace) => {
      // The same question is asked with every move of the pointer.
      const key = `${place.id} ${[...dragged].join(' ')}`;
      const known = verdicts.current.get(key);
      if (known !== undefined) return known;
      const dropped = dropOn(drawn.chart, dragged, place);
      const refusal = dropped.kind === 'edits' ? probe(dropped.edits) : null;
      const verdict =
        dropped.kind === 'nothing'
          ? null
          : dropped.kind === 'refused'
            ? { ok: false, words: dropped.reason }
            : { ok: refusal === null, words: refusal?.message ?? strings.moveTo(place.name) };
      verdicts.current.set(key, verdict);
      return verdict;
    },
    [drawn, probe],
  );
  const over = useCallback(
    (dragged: ReadonlySet<string>, place: DropPlace | null) => {
      const verdict = place && judge(dragged, place);
      drops.show(place && verdict ? { placeId: place.id, place: place.name, ...verdict } : null);
    },
    [judge, drops],
  );
  const drop = useCallback(
    (dragged: ReadonlySet<string>, place: DropPlace | null) => {
      drops.show(null);
      verdicts.current.clear();
      if (!place) return;
      const dropped = dropOn(drawn.chart, dragged, place);
      if (dropped.kind === 'nothing') return;
      const reason =
        dropped.kind === 'refused' ? dropped.reason : attempt(dropped.label, dropped.edits)?.message;
      if (reason !== undefined) onRefused(reason);
      else announce(strings.droppedAt(place.name));
    },
    [drawn.chart, attempt, drops, announce, onRefused],
  );
  const pickUp = useCallback(
    (ids: ReadonlySet<string>) => {
      const movable = new Set(
        [...ids].filter((id) => ['member', 'team'].includes(layout.byId.get(id)?.kind ?? '')),
      );
      if (movable.size === 0) return;
      const [first] = movable;
      const parent = layout.byId.get(layout.byId.get(first ?? '')?.parentId ?? '');
      aimed.current = parent ? placeOf(parent) : null;
      verdicts.current.clear();
      setPicked(movable);
      announce(strings.pickedUp([...movable].map((id) => titleOf(layout, id))));
    },
    [layout, announce],
  );
  const aim = useCallback(
    (arrow: Arrow) => {
      if (!picked) return null;
      const groups = groupsOf(layout).filter(({ id }) => !picked.has(id));
      const at = groups.findIndex(({ id }) => id === aimed.current?.id);
      const step = arrow === 'ArrowUp' || arrow === 'ArrowLeft' ? -1 : 1;
      const next = groups[(at + step + groups.length) % groups.length];
      const place = next ? placeOf(next) : null;
      if (!place) return null;
      aimed.current = place;
      over(picked, place);
      announce(strings.over(place.name, judge(picked, place)?.words ?? strings.stays));
      return place.id;
    },
    [picked, layout, over, judge, announce],
  );
  const end = useCallback(() => {
    drops.show(null);
    setPicked(null);
  }, [drops]);
  const letGo = useCallback(() => {
    if (picked) drop(picked, aimed.current);
    end();
  }, [picked, drop, end]);
  const putBack = useCallback(() => {
    end();
    announce(strings.putBack);
  }, [end, announce]);
  return { picked, over, drop, pickUp, aim, letGo, putBack };
}

export function titleOf(layout: ChartLayout, id: string): string {
  const item = layout.byId.get(id);
  switch (item?.kind) {
    case 'member':
      return item.member.name;
    case 'team':
      return item.team.name;
    case 'department':
      return item.department.name;
    default:
      return strings.top;
  }
}
