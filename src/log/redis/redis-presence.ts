/** Gives signs of life of a host in Redis, hears of the others', and notices when nobody answers. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { HostInfo, HostSight, Presence } from '../../contract/other-hosts.ts';
import type { HostId } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import type { SeenHost } from './beat-script.ts';
import { lostAfter } from './beat-script.ts';
import { isAnswer, isForked } from './redis-errors.ts';
import { NoAnswer } from './redis-lines.ts';
import type { KnownEntry, RedisStream } from './redis-stream.ts';

export interface PresenceParts {
  readonly stream: RedisStream;
  readonly host: HostId;
  readonly info: HostInfo;
  /** The last entry that the host has read. */
  readonly known: () => KnownEntry;
  readonly isAway: () => boolean;
  /** Redis does not answer, or has lost what this host has. */
  readonly lost: (error: unknown) => void;
}

const betweenBeats = 500;
/** Until a line that was lost is there again, in ms. */
const betweenTries = 50;

const infoSchema = z.object({ machine: z.string(), version: z.string(), stateVersion: z.number() });

export class RedisPresence implements Presence {
  readonly #parts: PresenceParts;
  readonly #info: string;
  #seen: ReadonlyMap<HostId, SeenHost> = new Map();
  #isShown = false;
  #lastSent: { readonly steady: number; readonly wall: number } | null = null;

  constructor(parts: PresenceParts) {
    this.#parts = parts;
    this.#info = JSON.stringify(parts.info);
  }

  isThere(host: HostId): boolean {
    if (this.#parts.isAway()) return false;
    const seen = this.#seen.get(host);
    return seen !== undefined && this.#isLately(seen.seenAt);
  }

  hosts(): readonly HostSight[] {
    return [...this.#seen]
      .map(([id, { seenAt, info }]) => ({ id, seenAt, isThere: this.isThere(id), info: infoOf(info) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  silentForAtLeast(): number | null {
    return this.#lastSent && performance.now() - this.#lastSent.steady;
  }

  silentForAtMost(): number | null {
    if (this.#lastSent === null) return null;
    return Math.max(performance.now() - this.#lastSent.steady, Date.now() - this.#lastSent.wall);
  }

  show(): void {
    if (!this.#parts.isAway()) this.#isShown = true;
  }

  /** From now on it gives no sign of life before it is shown again. */
  hide(): void {
    this.#isShown = false;
  }

  /** Also asks for the time, and for the others. @throws whatever the client throws */
  async beat(): Promise<void> {
    const { stream, host, known } = this.#parts;
    const isShown = this.#isShown;
    if (isShown) this.#lastSent = { steady: performance.now(), wall: Date.now() };
    this.#seen = await stream.beat({ host, info: this.#info, isShown, known: known() });
  }

  /** Beats while Redis is there, until the signal aborts. */
  async beatOn(signal: AbortSignal): Promise<void> {
    let failingSince: number | null = null;
    while (!signal.aborted) {
      const began = performance.now();
      let next = betweenBeats;
      try {
        if (!this.#parts.isAway()) await this.beat();
        failingSince = null;
      } catch (error) {
        failingSince ??= began;
        const isLong = performance.now() - failingSince >= this.#parts.stream.commandTimeout;
        if (isForked(error) || (!isAnswer(error) && (isTimeOut(error) || isLong))) this.#parts.lost(error);
        else next = betweenTries;
      }
      const rest = Math.max(0, began + next - performance.now());
      await pause(rest, undefined, { signal }).catch(() => undefined);
    }
  }

  #isLately(seenAt: EpochMs): boolean {
    return this.#parts.stream.clock.now() - seenAt <= lostAfter;
  }
}

function isTimeOut(error: unknown): boolean {
  return error instanceof NoAnswer;
}

/** Null when a newer program wrote it in another way. */
function infoOf(text: string): HostInfo | null {
  try {
    return infoSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
