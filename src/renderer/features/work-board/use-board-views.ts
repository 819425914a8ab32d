/** The views that this person has of the board of this company, kept by the browser. */
import { useCallback, useState } from 'react';
import type { CompanyId } from '../../../core/ids.ts';
import { useLive } from '../../lib/company-context.tsx';
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
  const [views, setViews] = useState(() => load(companyId));
  const keep = useCallback(
    (next: BoardViews) => {
      localStorage.setItem(placeOf(companyId), JSON.stringify(next));
      setViews(next);
    },
    [companyId],
  );
  const change = useCallback((part: Partial<BoardView>) => keep(withShown(views, part)), [keep, views]);
  return { views, view: shownView(views), change, keep };
}

function load(companyId: CompanyId | null): BoardViews {
  return (
    readViews(localStorage.getItem(placeOf(companyId))) ?? { views: [plainView(strings.plainView)], shown: 0 }
  );
}

const placeOf = (companyId: CompanyId | null): string => `board-views:${companyId ?? ''}`;
