/** A host: a program with a data directory of its own that works for the company, through a log that it shares with others. */
import type { HostId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';

/** `lost`: nobody had heard of it for so long that others took over its tasks; `left`: it gave the company up. */
export type HostState = 'there' | 'lost' | 'left';

export interface Host {
  readonly id: HostId;
  /** Of its machine, for people. */
  readonly name: string;
  readonly state: HostState;
  /** When it joined last: one that was lost or left may join again. */
  readonly joinedAt: EpochMs;
  /** When it was lost or left; null while it is there. */
  readonly goneAt: EpochMs | null;
}

/** What people call it; one that nobody has heard of goes by its id. */
export function hostName({ hosts }: Pick<CompanyState, 'hosts'>, id: HostId): string {
  return hosts.get(id)?.name ?? id;
}

/** Tells of whose host leases, locks and silences may be ended; null: of no host in particular. */
export type IsOurs = (host: HostId | null) => boolean;

/**
 * What belongs to another host is that host's to end, however long nobody has heard of it: it may go on by itself, and
 * renew what it has where nobody sees it. Only when it is lost, or has left, does its time run out for all.
 * @param own the host that asks; null: it shares the log with no other
 */
export function endableBy({ hosts }: Pick<CompanyState, 'hosts'>, own: HostId | null): IsOurs {
  return (host) => {
    if (own === null || host === null || host === own) return true;
    const state = hosts.get(host)?.state;
    return state === 'lost' || state === 'left';
  };
}
