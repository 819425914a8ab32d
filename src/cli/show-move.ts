/** Says on a terminal how far a company is that moves: the host is asked for it again and again. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Coordination } from '../contract/rpc.ts';
import { moveUnits } from './output/move-text.ts';
import { plainLine } from './output/plain-text.ts';
import { openProgress } from './output/progress.ts';

const betweenLooksMs = 100;

/** @param moving what the host answers when it is there, or why not */
export async function showMove<Moved>(
  coordination: Coordination,
  { id, name }: { readonly id: string; readonly name: string },
  moving: Promise<Moved>,
): Promise<Moved> {
  const progress = openProgress(`move ${plainLine(name)}`, 'events');
  const over = new AbortController();
  const showing = progress.isWatched ? follow(over.signal) : Promise.resolve();
  try {
    return await moving;
  } finally {
    over.abort();
    await showing;
    progress.end();
  }

  async function follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // Whatever keeps it from being told keeps nothing from moving.
      const places = await coordination.companyPlaces().catch(() => []);
      const now = places.find((place) => place.id === id)?.moving;
      if (now && !signal.aborted) progress.show(now.done, now.total, moveUnits[now.stage]);
      await pause(betweenLooksMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
