/** What can have happened to a host. */
import type { HostId } from '../ids.ts';
import type { EpochMs } from '../units.ts';

export type HostEvent =
  | { readonly type: 'host.joined'; readonly hostId: HostId; readonly name: string }
  /** The tasks that were at home there are at home nowhere. */
  | { readonly type: 'host.left'; readonly hostId: HostId }
  /** The tasks that were at home there are at home at another one; null: nowhere. */
  | {
      readonly type: 'host.lost';
      readonly hostId: HostId;
      readonly adoptedBy: HostId | null;
      readonly unseenSince: EpochMs;
    };
