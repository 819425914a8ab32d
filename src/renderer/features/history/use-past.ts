/** Joins the player of the past to the page, and starts it at the present. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Seq } from '../../../core/ids.ts';
import { useCoordination, useLive } from '../../lib/company-context.tsx';
import { PastPlayer } from './past-player.ts';

export interface Past {
  readonly player: PastPlayer;
  /** The last event of the log. */
  readonly head: Seq;
  /** Shows that moment; what lies outside of the log is the nearest in it. */
  readonly jump: (seq: number) => void;
  /** The other moment that this one is compared with; null: now. */
  readonly other: Seq | null;
  readonly compareWith: (seq: Seq | null) => void;
}

export function usePast(): Past {
  const coordination = useCoordination();
  const [player] = useState(() => new PastPlayer(coordination));
  const [other, compareWith] = useState<Seq | null>(null);
  useSyncExternalStore(player.subscribe, player.version);
  // Numbers between two whole ones stand in no log yet: there is no past of them.
  const head = useLive(({ seq }) => Math.floor(seq) as Seq);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the screen opens at the present and stays where it is put
  useEffect(() => {
    void player.jump(head);
    return () => player.pause();
  }, [player]);
  const jump = (seq: number) => void player.jump(Math.min(head, Math.max(1, seq)) as Seq);
  return { player, head, jump, other, compareWith };
}
