/** Tells the company at every beat that a worker lives, which also renews at half the leases that it holds. */
import type { ProcessMeasure } from '../contract/launcher.ts';
import type { Coordination } from '../contract/rpc.ts';
import type { ErrorCode } from '../core/error.ts';
import { CoordError } from '../core/error.ts';
import type { WorkerId } from '../core/ids.ts';
import type { Policy } from '../core/org/org.ts';

/** A lease is renewed when a beat finds it past half: four beats in a lease leave room for one that is late. */
const beatsPerLease = 4;

/** What a beat is refused with when the company has given this worker up: declared hung, ended, or its session withdrawn. */
const final: readonly ErrorCode[] = ['WRONG_STATE', 'SESSION_INVALID', 'NOT_FOUND', 'FORBIDDEN'];

export interface Heartbeat {
  /** Rejects with the refusal when the company does not want this worker any more. Never resolves. */
  readonly refused: Promise<never>;
  stop(): void;
}

/** What it takes of its machine; null: it can't be told. */
export type MeasureSelf = () => Promise<Pick<ProcessMeasure, 'cpuMs' | 'memory' | 'processes'> | null>;

/**
 * @param onMissed is told of each beat that was refused
 * @param measure where the host can't look: goes with the next beat, and keeps none waiting
 */
export function startHeartbeat(
  host: Pick<Coordination, 'command'>,
  workerId: WorkerId,
  { heartbeat, lease }: Pick<Policy, 'heartbeat' | 'lease'>,
  onMissed: (why: unknown) => void = () => undefined,
  measure: MeasureSelf = async () => null,
): Heartbeat {
  const period = Math.max(50, Math.min(heartbeat, lease / beatsPerLease));
  let refuse: (refusal: CoordError) => void = () => undefined;
  const refused = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  let use: Awaited<ReturnType<MeasureSelf>> = null;
  const look = () =>
    void measure().then(
      (measured) => {
        use = measured;
      },
      () => undefined,
    );
  look();
  const timer = setInterval(() => {
    const beat = { type: 'worker.beat', workerId, ...(use && { use }) } as const;
    look();
    host.command(beat).catch((error: unknown) => {
      onMissed(error);
      if (error instanceof CoordError && final.includes(error.code)) refuse(error);
    });
  }, period);
  return { refused, stop: () => clearInterval(timer) };
}
