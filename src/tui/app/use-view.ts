/** The live company for the screens: drawn anew when it changes, and each second for what says how long ago. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { EpochMs } from '../../core/units.ts';
import type { Connection, ConnectionStatus } from '../../rpc/client-company.ts';

export interface Live {
  readonly status: ConnectionStatus;
  /** Rises with every change of the state. */
  readonly version: number;
  readonly now: EpochMs;
}

/** @param tickMs between two looks at the clock */
export function useLive(connection: Connection, tickMs: number): Live {
  const status = useSyncExternalStore(connection.subscribe, connection.status);
  const version = useSyncExternalStore(connection.live.subscribe, connection.live.version);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, [tickMs]);
  // A change is seen as of when it came, not as of the last tick.
  return { status, version, now: Math.max(now, Date.now()) as EpochMs };
}
