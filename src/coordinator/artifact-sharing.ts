/** Sees to it that every host of a company gets what was handed in on this one, and this one what was on the others. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ArtifactExchange } from '../contract/artifact-exchange.ts';
import { LogAway } from '../contract/log-away.ts';
import { CoordError } from '../core/error.ts';
import type { ArtifactHash, HostId } from '../core/ids.ts';
import type { ArtifactOffersParts } from './artifact-offers.ts';
import { ArtifactOffers } from './artifact-offers.ts';
import type { HandedIn } from './named-artifacts.ts';

export interface ArtifactSharingParts extends Omit<ArtifactOffersParts, 'closing'> {
  readonly host: HostId | null;
}

/** What the company knows of artifacts. */
export interface ArtifactRecord {
  /** All that its state names. */
  readonly named: () => Promise<ReadonlySet<ArtifactHash>>;
  /** Null: it names no such one. */
  readonly whoHandedIn: (hash: ArtifactHash) => Promise<HandedIn | null>;
}

/** Between two looks whether something is to be shared, in ms. */
const lookEvery = 1_000;
/** Between two tries when what is to be shared is refused, in ms. */
const betweenTries = 5_000;
/** How long the way back to the others waits for the artifacts, in ms. The rest follows right after. */
const longestHoldUp = 10_000;

export class ArtifactSharing {
  readonly #parts: ArtifactSharingParts;
  readonly #closing = new AbortController();
  readonly #offers: ArtifactOffers;
  #record: ArtifactRecord | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: ArtifactSharingParts) {
    this.#parts = parts;
    this.#offers = new ArtifactOffers({ ...parts, closing: this.#closing.signal });
  }

  /** Shares from now on what the state names and other hosts can't get. */
  start(record: ArtifactRecord): void {
    this.#record = record;
    this.#running = this.#watch(record);
  }

  /**
   * Resolves once every host can get them; while the others can't be reached, once it is on record that they are to be
   * shared. They must be stored.
   * @throws CoordError `LOG_UNAVAILABLE` - the others can be reached, but nothing more is taken there
   */
  async share(hashes: readonly ArtifactHash[]): Promise<void> {
    for (const hash of hashes) {
      const exchange = this.#offers.meet();
      if (exchange === null || this.#offers.isKnown(hash)) continue;
      if (!(await this.#offers.offer(exchange, hash))) await this.#parts.unshared.add(hash);
    }
  }

  /**
   * As `FetchArtifact`: null when no other host can have it.
   * @throws CoordError `ARTIFACT_MISSING` - it is on a host that has not shared it yet; `ARTIFACT_CHANGED`, `LOG_UNAVAILABLE`
   */
  async fetch(hash: ArtifactHash): Promise<Uint8Array | null> {
    const exchange = this.#offers.meet();
    if (exchange === null) return null;
    const cause = this.#parts.log.outages?.cause;
    if (cause) throw outOfReach(hash, exchange.place, cause);
    try {
      const bytes = await exchange.fetch(hash);
      if (bytes === null) return await this.#explainMissing(hash);
      this.#offers.remember(exchange, hash);
      return bytes;
    } catch (error) {
      throw error instanceof LogAway ? outOfReach(hash, exchange.place, error) : error;
    }
  }

  /** For `beforeRebase`: what was handed in meanwhile is there before anything names it. Never rejects. */
  async comeBack(): Promise<void> {
    this.#offers.doubt();
    const exchange = this.#offers.meet();
    if (exchange === null || this.#closing.signal.aborted) return;
    const enough = new AbortController();
    const { signal } = this.#closing;
    await Promise.race([
      this.#offers.offerUnshared(exchange).catch(() => undefined),
      pause(longestHoldUp, undefined, { signal: AbortSignal.any([signal, enough.signal]) }).catch(
        () => undefined,
      ),
    ]);
    enough.abort();
  }

  /**
   * Fetches what the state names and is not here, for a company that goes on without the others.
   * @param onFetched told before each how many were looked at, of how many
   * @returns those that nobody has shared
   * @throws CoordError `LOG_UNAVAILABLE`
   */
  async fetchAll(
    exchange: ArtifactExchange,
    onFetched: (done: number, total: number) => void = () => undefined,
  ): Promise<readonly ArtifactHash[]> {
    const { store } = this.#parts;
    const missing: ArtifactHash[] = [];
    const named = [...((await this.#record?.named()) ?? [])];
    for (const [done, hash] of named.entries()) {
      onFetched(done, named.length);
      if ((await store.size(hash)) !== null) continue;
      const bytes = await exchange.fetch(hash);
      if (bytes === null) missing.push(hash);
      else await store.takeIn(hash, bytes);
    }
    return missing;
  }

  /** What is not shared by then is on record. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #watch(record: ArtifactRecord): Promise<void> {
    const { signal } = this.#closing;
    let trouble = '';
    while (!signal.aborted) {
      let next = lookEvery;
      try {
        await this.#offers.lookThrough(record.named);
        trouble = '';
      } catch (error) {
        // Each trouble once, for as long as it lasts.
        const words = error instanceof Error ? error.message : String(error);
        if (words !== trouble && !(error instanceof LogAway) && !signal.aborted) this.#parts.onFault(error);
        trouble = words;
        if (!(error instanceof LogAway)) next = betweenTries;
      }
      await pause(next, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #explainMissing(hash: ArtifactHash): Promise<null> {
    const handedIn = await this.#record?.whoHandedIn(hash);
    if (!handedIn || handedIn.host?.id === this.#parts.host) return null;
    throw notSharedYet(hash, handedIn);
  }
}

function notSharedYet(hash: ArtifactHash, { by, host }: HandedIn): CoordError {
  const where = host ? `on ${host.name} (${host.id})` : 'on another host';
  const who = by === null ? '' : ` by ${by}`;
  return new CoordError(
    'ARTIFACT_MISSING',
    `Artifact ${hash} is not on this host yet: it was handed in${who} ${where}, which has not shared it yet. It does so by itself ` +
      'when it is connected; try again then, or look at it there',
    { hash, host: host?.id ?? null },
  );
}

function outOfReach(hash: ArtifactHash, place: string, cause: CoordError): CoordError {
  return new CoordError(
    'LOG_UNAVAILABLE',
    `Artifact ${hash} is not on this host, and can’t be fetched from Redis at ${place} now: ${cause.message}. Try again when this ` +
      'host is back, or look at it on the host where it was handed in',
    { hash, place },
    { cause },
  );
}
