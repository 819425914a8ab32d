/** Tells the company at every beat that this worker lives, which also renews what it holds. */
import type { Coordination } from '../contract/rpc.ts';
import type { ErrorCode } from '../core/error.ts';
import { CoordError } from '../core/error.ts';
import type { WorkerId } from '../core/ids.ts';
import type { Policy } from '../core/org/org.ts';
import type { Log } from './worker-log.ts';

/** A lease is renewed when a beat finds it past half: four beats in a lease leave room for one that is late. */
const beatsPerLease = 4;

/** What a beat is refused with when the company has given this worker up: declared hung, ended, or its session withdrawn. */
const final: readonly ErrorCode[] = ['WRONG_STATE', 'SESSION_INVALID', 'NOT_FOUND', 'FORBIDDEN'];

export interface Heartbeat {
  /** Rejects with the refusal when the company does not want this worker any more. Never resolves. */
  readonly refused: Promise<never>;
  stop(): void;
}

export function startHeartbeat(
  host: Pick<Coordination, 'command'>,
  workerId: WorkerId,
  { heartbeat, lease }: Pick<Policy, 'heartbeat' | 'lease'>,
  log: Log,
): Heartbeat {
  const period = Math.max(50, Math.min(heartbeat, lease / beatsPerLease));
  let refuse: (refusal: CoordError) => void = () => undefined;
  const refused = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  const timer = setInterval(() => {
    host.command({ type: 'worker.beat', workerId }).catch((error: unknown) => {
      log(`heartbeat refused: ${error instanceof Error ? error.message : String(error)}`);
      if (error instanceof CoordError && final.includes(error.code)) refuse(error);
    });
  }, period);
  return { refused, stop: () => clearInterval(timer) };
}
