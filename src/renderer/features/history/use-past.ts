/** Joins the player of the past to the page, and starts it at the present. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Seq } from '../../../core/ids.ts';
import { useCoordination, useLive } from '../../lib/company-context.tsx';
import { PastPlayer } from './past-player.ts';

export interface Past {
  readonly player: PastPlayer;
  /** The last event of the log. */
  readonly head: Seq;
}

export function usePast(): Past {
  const coordination = useCoordination();
  const [player] = useState(() => new PastPlayer(coordination));
  useSyncExternalStore(player.subscribe, player.version);
  // Numbers between two whole ones stand in no log yet: there is no past of them.
  const head = useLive(({ seq }) => Math.floor(seq) as Seq);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the screen opens at the present and stays where it is put
  useEffect(() => {
    void player.jump(head);
    return () => player.pause();
  }, [player]);
  return { player, head };
}
