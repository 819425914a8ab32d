/** Tells the company at every beat that this worker lives, which also renews what it holds. */
import type { Coordination } from '../contract/rpc.ts';
import type { WorkerId } from '../core/ids.ts';
import type { Policy } from '../core/org/org.ts';
import type { Log } from './worker-log.ts';

/** A lease is renewed when a beat finds it past half: four beats in a lease leave room for one that is late. */
const beatsPerLease = 4;

/** @returns what stops it */
export function startHeartbeat(
  host: Pick<Coordination, 'command'>,
  workerId: WorkerId,
  { heartbeat, lease }: Pick<Policy, 'heartbeat' | 'lease'>,
  log: Log,
): () => void {
  const period = Math.max(50, Math.min(heartbeat, lease / beatsPerLease));
  const timer = setInterval(() => {
    host.command({ type: 'worker.beat', workerId }).catch((error: unknown) => {
      log(`heartbeat refused: ${error instanceof Error ? error.message : String(error)}`);
    });
  }, period);
  return () => clearInterval(timer);
}
