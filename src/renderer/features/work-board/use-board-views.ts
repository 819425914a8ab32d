/** The views that this person has of the board of this company, kept by the browser; those of its past are others. */
import { useCallback, useState } from 'react';
import { useLive } from '../../lib/company-context.tsx';
import { useIsPast } from '../../lib/moment.ts';
import type { BoardView, BoardViews } from './board-view.ts';
import { plainView, readViews, shownView, withShown } from './board-view.ts';
import { strings } from './strings.ts';

export interface KeptViews {
  readonly views: BoardViews;
  readonly view: BoardView;
  /** Changes the view that is shown. */
  readonly change: (change: Partial<BoardView>) => void;
  readonly keep: (views: BoardViews) => void;
}

export function useBoardViews(): KeptViews {
  const companyId = useLive((state) => state.company?.id ?? null);
  const place = `board-views:${useIsPast() ? 'past:' : ''}${companyId ?? ''}`;
  const [views, setViews] = useState(() => load(place));
  const keep = useCallback(
    (next: BoardViews) => {
      localStorage.setItem(place, JSON.stringify(next));
      setViews(next);
    },
    [place],
  );
  const change = useCallback((part: Partial<BoardView>) => keep(withShown(views, part)), [keep, views]);
  return { views, view: shownView(views), change, keep };
}

function load(place: string): BoardViews {
  return readViews(localStorage.getItem(place)) ?? { views: [plainView(strings.plainView)], shown: 0 };
}
