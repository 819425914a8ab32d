/** Gives back what a member holds when no client of theirs has called for a while: nobody works on it any more. */
import type { Desk } from '../desk.ts';
import type { HttpDoor } from './http-door.ts';

/** @param idleMs how long nobody may call. @returns what ends the watch */
export function watchForSilence(
  desk: Pick<Desk, 'giveBackAll'>,
  door: Pick<HttpDoor, 'busy' | 'lastRequestAt'>,
  idleMs: number,
): () => void {
  let isGiven = false;
  const timer = setInterval(
    () => {
      const isSilent = door.busy === 0 && performance.now() - door.lastRequestAt > idleMs;
      if (isSilent && !isGiven) void desk.giveBackAll('The MCP client has been silent for too long');
      isGiven = isSilent;
    },
    Math.max(50, idleMs / 4),
  );
  return () => clearInterval(timer);
}
