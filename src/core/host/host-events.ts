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
    }
  /** It goes on by itself: the store that it shares with others does not answer it. */
  | { readonly type: 'host.cut_off'; readonly hostId: HostId; readonly since: EpochMs }
  /** All that it did by itself stands in the log, or is a conflict. */
  | { readonly type: 'host.came_back'; readonly hostId: HostId; readonly since: EpochMs };
