/** Gives every component the connection, the live company and who the person is. */
import type { ReactNode } from 'react';
import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import type { Coordination } from '../../contract/rpc.ts';
import type { StoredEvent } from '../../core/event.ts';
import type { HostId, MemberId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Connection, ConnectionStatus } from '../../rpc/client-company.ts';

/** How a part of the page is joined to the host. */
export type CompanyLine = Pick<Connection, keyof Connection>;

const ConnectionContext = createContext<CompanyLine | null>(null);

export function ConnectionProvider({
  connection,
  children,
}: {
  connection: CompanyLine;
  children: ReactNode;
}) {
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}

export function useConnection(): CompanyLine {
  const connection = use(ConnectionContext);
  if (!connection) throw new Error('useConnection is called outside of a ConnectionProvider');
  return connection;
}

export function useConnectionStatus(): ConnectionStatus {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, connection.status);
}

/** The calls of the host. Not a value to keep: the line behind it changes when the connection heals. */
export function useCoordination(): () => Coordination {
  const connection = useConnection();
  return useCallback(() => connection.coordination, [connection]);
}

/**
 * Reads something out of the live company and renders again when it may have changed.
 * `select` runs once per change; give back rows or fresh values, never the state or its tables.
 */
export function useLive<Value>(select: (state: CompanyState) => Value): Value {
  const { live } = useConnection();
  useSyncExternalStore(live.subscribe, live.version);
  return select(live.state);
}

/** The last events, newest first. */
export function useRecentEvents(): readonly StoredEvent[] {
  const { live } = useConnection();
  useSyncExternalStore(live.subscribe, live.version);
  return live.recent;
}

/** Who the person at this page is; while the line is lost, who they were. */
export function useSelf(): MemberId | null {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, connection.memberId);
}

/** Which of the company's hosts this page is joined to; null: it shares the company with no other. */
export function useOwnHost(): HostId | null {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, connection.hostId);
}
