/** Notices which other hosts count as lost, and when to look again. */
import type { Presence } from '../contract/other-hosts.ts';
import type { Host } from '../core/host/host.ts';
import type { HostId } from '../core/ids.ts';
import type { DurationMs, EpochMs } from '../core/units.ts';
import { addMs } from '../core/units.ts';

export interface LookAtHosts {
  /** Those of the company that neither were lost nor left, this one aside. */
  readonly others: readonly Host[];
  /** Null: the log is this host's alone, so the others are gone for good. */
  readonly presence: Pick<Presence, 'hosts'> | null;
  /** By the clock of the store. */
  readonly now: EpochMs;
  /** How long one may be silent. */
  readonly patience: DurationMs;
  /** How long one that was silent for that long has to show itself: this host may not have been there to see it. */
  readonly grace: DurationMs;
}

export interface LostHost {
  readonly hostId: HostId;
  readonly unseenSince: EpochMs;
}

export class LostHosts {
  /** Since when this host knows of each that it is overdue. */
  readonly #overdue = new Map<HostId, EpochMs>();
  /** When the store had seen each last, as it said. */
  readonly #lastSeen = new Map<HostId, EpochMs>();
  /** Since when the store has forgotten that. */
  readonly #forgottenAt = new Map<HostId, EpochMs>();

  /** @returns when to look again; null: there is nobody to look for */
  look({ others, presence, now, patience, grace }: LookAtHosts): {
    readonly lost: readonly LostHost[];
    readonly lookAgainAt: EpochMs | null;
  } {
    const seenAt = new Map(presence?.hosts().map((sight) => [sight.id, sight.seenAt]));
    const lost: LostHost[] = [];
    let lookAgainAt: EpochMs | null = null;
    for (const { id, joinedAt } of others) {
      const seen = presence ? this.#heardOf(id, seenAt.get(id), now) : joinedAt;
      const heardAt = Math.max(joinedAt, seen) as EpochMs;
      const due = presence ? addMs(heardAt, patience) : heardAt;
      if (due > now) this.#overdue.delete(id);
      else this.#overdue.set(id, this.#overdue.get(id) ?? now);
      const end = due > now ? due : addMs(this.#overdue.get(id) ?? now, grace);
      if (end <= now) lost.push({ hostId: id, unseenSince: heardAt });
      else if (lookAgainAt === null || end < lookAgainAt) lookAgainAt = end;
    }
    return { lost, lookAgainAt };
  }

  /**
   * A store that came back without its data, or with older ones, can't tell how long the host has been silent. It may go on
   * by itself for as long as it knows that nobody has given it up: so all the time runs anew.
   */
  #heardOf(id: HostId, seenAt: EpochMs | undefined, now: EpochMs): EpochMs {
    if (seenAt !== undefined && seenAt >= (this.#lastSeen.get(id) ?? 0)) {
      this.#lastSeen.set(id, seenAt);
      this.#forgottenAt.delete(id);
      return seenAt;
    }
    const forgottenAt = this.#forgottenAt.get(id) ?? now;
    this.#forgottenAt.set(id, forgottenAt);
    return forgottenAt;
  }

  /** This host was cut off itself, and has seen nobody. */
  forget(): void {
    this.#overdue.clear();
  }
}
