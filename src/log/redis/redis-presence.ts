/** Gives signs of life of a host in Redis, hears of the others', and notices when nobody answers. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { HostInfo, HostSight, Presence } from '../../contract/other-hosts.ts';
import type { HostId } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import type { BeatKind, SeenHost } from './beat-script.ts';
import { lostAfter } from './beat-script.ts';
import { isAnswer, isForked, isTwin } from './redis-errors.ts';
import { NoAnswer } from './redis-lines.ts';
import type { RedisStream } from './redis-stream.ts';
import type { KnownEntry } from './stream-calls.ts';

export interface PresenceParts {
  readonly stream: RedisStream;
  readonly host: HostId;
  /** As `StreamHost` has it: nobody else may give signs of life of this host. */
  readonly sender: string;
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

/** How long a goodbye may take, in ms. */
const longestGoodbye = 300;

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

  /**
   * Also asks for the time, and for the others.
   * @throws whatever the client throws; after a `TWIN` it knows no more than one that has just started
   */
  async beat(): Promise<void> {
    if (this.#isShown) this.#lastSent = { steady: performance.now(), wall: Date.now() };
    try {
      this.#seen = await this.#send(this.#isShown ? 'show' : 'ask');
    } catch (error) {
      // What this host had, the other one may have taken for its own.
      if (isTwin(error)) this.#lastSent = null;
      throw error;
    }
  }

  /** Gives up its name, so that whoever starts again at once need not wait. Takes a moment at most, and never rejects. */
  async leave(): Promise<void> {
    if (!this.#isShown || this.#parts.isAway()) return;
    this.hide();
    const left = this.#send('leave').catch(() => undefined);
    await Promise.race([left, pause(longestGoodbye, undefined, { ref: false })]);
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
        if (isForked(error) || isTwin(error) || (!isAnswer(error) && (isTimeOut(error) || isLong)))
          this.#parts.lost(error);
        else next = betweenTries;
      }
      const rest = Math.max(0, began + next - performance.now());
      await pause(rest, undefined, { signal }).catch(() => undefined);
    }
  }

  #send(kind: BeatKind): Promise<ReadonlyMap<HostId, SeenHost>> {
    const { stream, host, sender, known } = this.#parts;
    return stream.beat({ host, sender, info: this.#info, kind, known: known() });
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
