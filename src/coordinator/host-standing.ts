/** How a host stands to the others that share its log: who it is, whether it is cut off, and so what it may claim. */
import type { EventLog } from '../contract/event-log.ts';
import type { Context, HostChoice } from '../core/context.ts';
import type { HostId } from '../core/ids.ts';
import { defaultPolicy } from '../core/org/policy.ts';
import type { CompanyState } from '../core/state.ts';
import type { DurationMs } from '../core/units.ts';
import { ms } from '../core/units.ts';
import type { Silence } from './cut-off.ts';
import { mayClaim } from './cut-off.ts';
import type { World } from './world.ts';

export interface HostStandingParts {
  /** Null: there is no other. */
  readonly host: HostId | null;
  readonly log: EventLog;
  readonly world: World;
  readonly state: CompanyState;
}

export class HostStanding {
  readonly #parts: HostStandingParts;
  #isAway = false;
  /** As it was when the log went away: what is decided on the branch does not bind the others. */
  #lostAfter = ms(0);

  constructor(parts: HostStandingParts) {
    this.#parts = parts;
  }

  /** The log does not answer: commands are decided on a branch. */
  get isAway(): boolean {
    return this.#isAway;
  }

  goAway(): void {
    this.#lostAfter = this.#patience;
    this.#isAway = true;
  }

  /** It could not stay with the log: it goes on as it was. */
  stayAway(): void {
    this.#isAway = true;
  }

  comeBack(): void {
    this.#isAway = false;
  }

  /** Unless nobody else must be able to claim the same: it was cut off just now, or for so long that it is about to be lost. */
  get mayClaim(): boolean {
    return !this.#isAway || mayClaim(this.silence);
  }

  /** How long the others have not heard of this host, as far as it knows. */
  get silence(): Silence {
    const { presence } = this.#parts.log;
    return {
      least: presence?.silentForAtLeast() ?? null,
      most: presence?.silentForAtMost() ?? null,
      lostAfter: ms(Math.min(this.#lostAfter, this.#patience)),
    };
  }

  get choice(): HostChoice {
    const { host, log, world } = this.#parts;
    const isThere = (other: HostId) => log.presence?.isThere(other) ?? true;
    return { host, sharesLog: log.isShared, pick: world.pick, isThere, isAway: this.#isAway };
  }

  /** As the host itself decides now. */
  get context(): Context {
    const { now, newId, sha256 } = this.#parts.world;
    return { now: now(), newId, sha256, actor: { kind: 'host' }, ...this.choice };
  }

  /** How long the others bear its silence, as far as this host knows. */
  get #patience(): DurationMs {
    return (this.#parts.state.company?.policy ?? defaultPolicy).hostLostAfter;
  }
}
