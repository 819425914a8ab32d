/** Sees to it that every host of a company gets what was handed in on this one, and this one what was on the others. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ArtifactExchange } from '../contract/artifact-exchange.ts';
import type { EventLog } from '../contract/event-log.ts';
import { LogAway } from '../contract/log-away.ts';
import { CoordError } from '../core/error.ts';
import type { ArtifactHash, HostId } from '../core/ids.ts';
import type { ArtifactStore } from './artifact-store.ts';
import type { OnFault } from './fault.ts';
import type { HandedIn } from './named-artifacts.ts';
import type { UnsharedArtifacts } from './unshared-artifacts.ts';

export interface ArtifactSharingParts {
  /** It may change places at any time. */
  readonly log: Pick<EventLog, 'artifacts' | 'outages'>;
  readonly store: ArtifactStore;
  readonly unshared: UnsharedArtifacts;
  readonly host: HostId | null;
  readonly onFault: OnFault;
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
/** Another host may have given back what Redis lost before this one noticed; what only this one has is then found so, in ms. */
const lookThroughEvery = 30_000;
/** Between two tries when what is to be shared is refused, in ms. */
const betweenTries = 5_000;
/** How long the way back to the others waits for the artifacts, in ms. The rest follows right after. */
const longestHoldUp = 10_000;
/** How many are remembered to be there. */
const knownLimit = 10_000;

export class ArtifactSharing {
  readonly #parts: ArtifactSharingParts;
  readonly #closing = new AbortController();
  /** Where this host knows what is there. */
  #met: ArtifactExchange | null = null;
  readonly #known = new Set<ArtifactHash>();
  /** What is there is to be looked through: it may have lost something, or never had it. */
  #isDue = false;
  #lookedThroughAt = 0;
  #record: ArtifactRecord | null = null;
  #running: Promise<void> = Promise.resolve();
  #offering: Promise<void> | null = null;

  constructor(parts: ArtifactSharingParts) {
    this.#parts = parts;
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
      const exchange = this.#meet();
      if (exchange === null || this.#known.has(hash)) continue;
      if (!(await this.#offerNow(exchange, hash))) await this.#parts.unshared.add(hash);
    }
  }

  /**
   * As `FetchArtifact`: null when no other host can have it.
   * @throws CoordError `ARTIFACT_MISSING` - it is on a host that has not shared it yet; `ARTIFACT_CHANGED`, `LOG_UNAVAILABLE`
   */
  async fetch(hash: ArtifactHash): Promise<Uint8Array | null> {
    const exchange = this.#meet();
    if (exchange === null) return null;
    const cause = this.#parts.log.outages?.cause;
    if (cause) throw outOfReach(hash, exchange.place, cause);
    try {
      const bytes = await exchange.fetch(hash);
      if (bytes === null) return await this.#explainMissing(hash);
      this.#remember(exchange, hash);
      return bytes;
    } catch (error) {
      throw error instanceof LogAway ? outOfReach(hash, exchange.place, error) : error;
    }
  }

  /** For `beforeRebase`: what was handed in meanwhile is there before anything names it. Never rejects. */
  async comeBack(): Promise<void> {
    this.#known.clear();
    this.#isDue = true;
    const exchange = this.#meet();
    if (exchange === null || this.#isClosed) return;
    const enough = new AbortController();
    const { signal } = this.#closing;
    await Promise.race([
      this.#offerUnshared(exchange).catch(() => undefined),
      pause(longestHoldUp, undefined, { signal: AbortSignal.any([signal, enough.signal]) }).catch(
        () => undefined,
      ),
    ]);
    enough.abort();
  }

  /**
   * Fetches what the state names and is not here, for a company that goes on without the others.
   * @returns those that nobody has shared
   * @throws CoordError `LOG_UNAVAILABLE`
   */
  async fetchAll(exchange: ArtifactExchange): Promise<readonly ArtifactHash[]> {
    const { store } = this.#parts;
    const missing: ArtifactHash[] = [];
    for (const hash of (await this.#record?.named()) ?? []) {
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

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Where the others are now; null: there are none. */
  #meet(): ArtifactExchange | null {
    const exchange = this.#parts.log.artifacts ?? null;
    if (exchange !== this.#met) {
      this.#met = exchange;
      this.#known.clear();
      this.#isDue = exchange !== null;
    }
    return exchange;
  }

  /** @returns whether it is there; else it could not be reached */
  async #offerNow(exchange: ArtifactExchange, hash: ArtifactHash): Promise<boolean> {
    if (this.#isClosed || this.#parts.log.outages?.cause) return false;
    try {
      await exchange.offer(hash, await this.#parts.store.read(hash));
      this.#remember(exchange, hash);
      return true;
    } catch (error) {
      if (error instanceof LogAway) return false;
      throw error;
    }
  }

  /** The same for one that was handed in before. A damaged file holds up no other. */
  async #offerLater(exchange: ArtifactExchange, hash: ArtifactHash): Promise<boolean> {
    try {
      return await this.#offerNow(exchange, hash);
    } catch (error) {
      if (!(error instanceof CoordError) || !error.code.startsWith('ARTIFACT_')) throw error;
      this.#parts.onFault(error);
      return true;
    }
  }

  async #watch(record: ArtifactRecord): Promise<void> {
    const { signal } = this.#closing;
    let trouble = '';
    while (!signal.aborted) {
      let next = lookEvery;
      try {
        await this.#look(record);
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

  async #look(record: ArtifactRecord): Promise<void> {
    const exchange = this.#meet();
    if (exchange === null || this.#parts.log.outages?.cause) return;
    await this.#offerUnshared(exchange);
    const now = performance.now();
    if (!this.#isDue && now < this.#lookedThroughAt + lookThroughEvery) return;
    this.#isDue = false;
    this.#lookedThroughAt = now;
    try {
      const { store } = this.#parts;
      for (const hash of await exchange.lacks([...(await record.named())])) {
        if (this.#isClosed) return;
        this.#known.delete(hash);
        if ((await store.size(hash)) === null) continue;
        if (!(await this.#offerLater(exchange, hash))) throw new LogAway(exchange.place, null);
      }
    } catch (error) {
      this.#isDue = true;
      throw error;
    }
  }

  #offerUnshared(exchange: ArtifactExchange): Promise<void> {
    this.#offering ??= this.#offerNoted(exchange).finally(() => {
      this.#offering = null;
    });
    return this.#offering;
  }

  async #offerNoted(exchange: ArtifactExchange): Promise<void> {
    const { unshared, store } = this.#parts;
    for (const hash of await unshared.all()) {
      // Its file may be gone since; then there is nothing to share.
      const isHere = (await store.size(hash)) !== null;
      if (isHere && !(await this.#offerLater(exchange, hash))) return;
      await unshared.remove(hash);
    }
  }

  async #explainMissing(hash: ArtifactHash): Promise<null> {
    const handedIn = await this.#record?.whoHandedIn(hash);
    if (!handedIn || handedIn.host?.id === this.#parts.host) return null;
    throw notSharedYet(hash, handedIn);
  }

  #remember(exchange: ArtifactExchange, hash: ArtifactHash): void {
    if (exchange !== this.#met) return;
    const oldest = this.#known.size >= knownLimit ? this.#known.values().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    this.#known.add(hash);
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
