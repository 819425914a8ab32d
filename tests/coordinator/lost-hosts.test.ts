/** A host counts as lost when it was silent for long enough, and did not show itself when it was looked for. */
import { describe, expect, it } from 'vitest';
import type { HostSight } from '../../src/contract/other-hosts.ts';
import { LostHosts } from '../../src/coordinator/lost-hosts.ts';
import type { Host } from '../../src/core/host/host.ts';
import type { HostId } from '../../src/core/ids.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { seconds } from '../../src/core/units.ts';

const id = 'host_there' as HostId;
const server: Host = {
  id,
  name: 'server',
  state: 'there',
  joinedAt: 1_000 as EpochMs,
  goneAt: null,
  cutOffSince: null,
};
const settings = { patience: seconds(300), grace: seconds(15) };

const seen = (seenAt: number) => {
  const sight: HostSight = { id, seenAt: seenAt as EpochMs, isThere: false, info: null };
  return { hosts: () => [sight] };
};

const lookAt = (lost: LostHosts, now: number, presence: { hosts(): HostSight[] } | null, others = [server]) =>
  lost.look({ ...settings, others, presence, now: now as EpochMs });

describe('a host', () => {
  it('is looked at again when it may be overdue, and then once more', () => {
    const hosts = new LostHosts();
    expect(lookAt(hosts, 5_000, seen(4_000))).toEqual({ lost: [], lookAgainAt: 304_000 });
    expect(lookAt(hosts, 304_000, seen(4_000))).toEqual({ lost: [], lookAgainAt: 319_000 });
    expect(lookAt(hosts, 318_999, seen(4_000)).lost).toEqual([]);
    expect(lookAt(hosts, 319_000, seen(4_000)).lost).toEqual([{ hostId: id, unseenSince: 4_000 }]);
  });

  it('that shows itself meanwhile is not lost, and gets all the time anew', () => {
    const hosts = new LostHosts();
    lookAt(hosts, 304_000, seen(4_000));
    expect(lookAt(hosts, 319_000, seen(318_000))).toEqual({ lost: [], lookAgainAt: 618_000 });
    expect(lookAt(hosts, 618_000, seen(318_000))).toEqual({ lost: [], lookAgainAt: 633_000 });
  });

  it('counts as heard of when it joined', () => {
    const later = { ...server, joinedAt: 9_000 as EpochMs };
    expect(lookAt(new LostHosts(), 10_000, seen(4_000), [later]).lookAgainAt).toBe(309_000);
  });

  it('has all the time anew when the store has forgotten how long it was silent', () => {
    const hosts = new LostHosts();
    const empty = { hosts: () => [] };
    lookAt(hosts, 400_000, seen(399_000));
    expect(lookAt(hosts, 600_000, empty)).toEqual({ lost: [], lookAgainAt: 900_000 });
    expect(lookAt(hosts, 700_000, seen(4_000))).toEqual({ lost: [], lookAgainAt: 900_000 });
    expect(lookAt(hosts, 900_000, empty)).toEqual({ lost: [], lookAgainAt: 915_000 });
    expect(lookAt(hosts, 915_000, empty).lost).toEqual([{ hostId: id, unseenSince: 600_000 }]);
    expect(lookAt(hosts, 916_000, seen(915_500))).toEqual({ lost: [], lookAgainAt: 1_215_500 });
  });

  it('has all the grace again when the one that looks was cut off itself', () => {
    const hosts = new LostHosts();
    lookAt(hosts, 304_000, seen(4_000));
    hosts.forget();
    expect(lookAt(hosts, 900_000, seen(4_000))).toEqual({ lost: [], lookAgainAt: 915_000 });
  });

  it('of a log that is shared no more is gone at once', () => {
    const hosts = new LostHosts();
    expect(lookAt(hosts, 2_000, null)).toEqual({ lost: [], lookAgainAt: 17_000 });
    expect(lookAt(hosts, 17_000, null).lost).toEqual([{ hostId: id, unseenSince: 1_000 }]);
  });

  it('that is alone has nobody to look for', () => {
    expect(lookAt(new LostHosts(), 2_000, null, [])).toEqual({ lost: [], lookAgainAt: null });
  });
});
