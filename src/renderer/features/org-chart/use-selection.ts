/** What is selected on the chart; what is gone is selected no more. */
import { useCallback, useMemo, useState } from 'react';
import type { ChartLayout } from './chart-layout.ts';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The one that the keys go on from. */
  readonly active: string | null;
  readonly set: (ids: ReadonlySet<string>) => void;
  /** Selects one alone, or beside the others. */
  readonly pick: (id: string, adds: boolean) => void;
}

export function useSelection(layout: ChartLayout): Selection {
  const [picked, setPicked] = useState<{ readonly ids: ReadonlySet<string>; readonly active: string | null }>(
    {
      ids: new Set(),
      active: null,
    },
  );
  const ids = useMemo(
    () => new Set([...picked.ids].filter((id) => layout.byId.has(id))),
    [picked.ids, layout],
  );
  const set = useCallback((next: ReadonlySet<string>) => {
    setPicked({ ids: next, active: [...next].at(-1) ?? null });
  }, []);
  const pick = useCallback((id: string, adds: boolean) => {
    setPicked((before) => {
      if (!adds) return { ids: new Set([id]), active: id };
      const next = new Set(before.ids);
      if (next.has(id)) next.delete(id);
      else next.add(id);
      return { ids: next, active: id };
    });
  }, []);
  return {
    ids,
    active: picked.active !== null && layout.byId.has(picked.active) ? picked.active : null,
    set,
    pick,
  };
}
