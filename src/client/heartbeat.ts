/** Shows the host that an agent's script lives, which also renews the leases of its tasks at half. */
import type { ErrorCode } from '../core/error.ts';
import { CoordError } from '../core/error.ts';
import type { WorkerId } from '../core/ids.ts';
import type { Policy } from '../core/org/org.ts';
import type { ClientConnection } from '../rpc/client.ts';

interface Beating {
  readonly connection: Pick<ClientConnection, 'command' | 'close'>;
  /** Null: there is no worker to show. */
  readonly workerId: WorkerId | null;
  readonly policy: Pick<Policy, 'heartbeat' | 'lease'>;
}

/** The beats come early enough that one may be late. */
const beatsPerLease = 4;

/** What the host says when it has given this worker up: declared hung, or ended. A new line makes a new worker. */
const final: readonly ErrorCode[] = ['WRONG_STATE', 'SESSION_INVALID', 'NOT_FOUND', 'FORBIDDEN'];

export function startBeating({ connection, workerId, policy }: Beating): { stop(): void } {
  if (workerId === null) return { stop: () => undefined };
  const period = Math.max(50, Math.min(policy.heartbeat, policy.lease / beatsPerLease));
  const timer = setInterval(() => {
    connection.command({ type: 'worker.beat', workerId }).catch((error: unknown) => {
      if (error instanceof CoordError && final.includes(error.code)) connection.close();
    });
  }, period);
  return { stop: () => clearInterval(timer) };
}
