/** Offers the artifacts of a company to its other hosts, and remembers which of them are known to be there. */
import type { ArtifactExchange } from '../contract/artifact-exchange.ts';
import type { EventLog } from '../contract/event-log.ts';
import { LogAway } from '../contract/log-away.ts';
import { CoordError } from '../core/error.ts';
import type { ArtifactHash } from '../core/ids.ts';
import type { ArtifactStore } from './artifact-store.ts';
import type { OnFault } from './fault.ts';
import type { UnsharedArtifacts } from './unshared-artifacts.ts';

export interface ArtifactOffersParts {
  /** It may change places at any time. */
  readonly log: Pick<EventLog, 'artifacts' | 'outages'>;
  readonly store: ArtifactStore;
  readonly unshared: UnsharedArtifacts;
  readonly onFault: OnFault;
  /** Nothing more is offered once it is aborted. */
  readonly closing: AbortSignal;
}

/** Another host may have given back what Redis lost before this one noticed; what only this one has is then found so, in ms. */
const lookThroughEvery = 30_000;
/** How many are remembered to be there. */
const knownLimit = 10_000;

export class ArtifactOffers {
  readonly #parts: ArtifactOffersParts;
  /** Where this host knows what is there. */
  #met: ArtifactExchange | null = null;
  readonly #known = new Set<ArtifactHash>();
  /** What is there is to be looked through: it may have lost something, or never had it. */
  #isDue = false;
  #lookedThroughAt = 0;
  #offering: Promise<void> | null = null;

  constructor(parts: ArtifactOffersParts) {
    this.#parts = parts;
  }

  isKnown(hash: ArtifactHash): boolean {
    return this.#known.has(hash);
  }

  /** It may have lost what was known to be there. */
  doubt(): void {
    this.#known.clear();
    this.#isDue = true;
  }

  /** Where the others are now; null: there are none. */
  meet(): ArtifactExchange | null {
    const exchange = this.#parts.log.artifacts ?? null;
    if (exchange !== this.#met) {
      this.#met = exchange;
      this.#known.clear();
      this.#isDue = exchange !== null;
    }
    return exchange;
  }

  /** @returns whether it is there; else it could not be reached. @throws CoordError as `ArtifactExchange.offer`, `ArtifactStore.read` */
  async offer(exchange: ArtifactExchange, hash: ArtifactHash): Promise<boolean> {
    if (this.#parts.closing.aborted || this.#parts.log.outages?.cause) return false;
    try {
      await exchange.offer(hash, await this.#parts.store.read(hash));
      this.remember(exchange, hash);
      return true;
    } catch (error) {
      if (error instanceof LogAway) return false;
      throw error;
    }
  }

  /** It is there. */
  remember(exchange: ArtifactExchange, hash: ArtifactHash): void {
    if (exchange !== this.#met) return;
    const oldest = this.#known.size >= knownLimit ? this.#known.values().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    this.#known.add(hash);
  }

  /** Offers what is noted as unshared; whoever asks meanwhile waits for the same. */
  offerUnshared(exchange: ArtifactExchange): Promise<void> {
    this.#offering ??= this.#offerNoted(exchange).finally(() => {
      this.#offering = null;
    });
    return this.#offering;
  }

  /**
   * Offers what is noted as unshared, and now and again what is found not to be there.
   * @param named all that the company names
   * @throws CoordError `LOG_UNAVAILABLE` - `LogAway` when it can't be reached
   */
  async lookThrough(named: () => Promise<ReadonlySet<ArtifactHash>>): Promise<void> {
    const exchange = this.meet();
    if (exchange === null || this.#parts.log.outages?.cause) return;
    await this.offerUnshared(exchange);
    const now = performance.now();
    if (!this.#isDue && now < this.#lookedThroughAt + lookThroughEvery) return;
    this.#isDue = false;
    this.#lookedThroughAt = now;
    try {
      const { store } = this.#parts;
      for (const hash of await exchange.lacks([...(await named())])) {
        if (this.#parts.closing.aborted) return;
        this.#known.delete(hash);
        if ((await store.size(hash)) === null) continue;
        if (!(await this.#offerLater(exchange, hash))) throw new LogAway(exchange.place, null);
      }
    } catch (error) {
      this.#isDue = true;
      throw error;
    }
  }

  /** The same for one that was handed in before. A damaged file holds up no other. */
  async #offerLater(exchange: ArtifactExchange, hash: ArtifactHash): Promise<boolean> {
    try {
      return await this.offer(exchange, hash);
    } catch (error) {
      if (!(error instanceof CoordError) || !error.code.startsWith('ARTIFACT_')) throw error;
      this.#parts.onFault(error);
      return true;
    }
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
}
