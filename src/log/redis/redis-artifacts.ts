/** The artifacts of a company in Redis, each under its hash, so that every host gets what was handed in on another one. */
import { createHash } from 'node:crypto';
import type { ArtifactExchange } from '../../contract/artifact-exchange.ts';
import { maxArtifactBytes } from '../../contract/artifact-exchange.ts';
import { LogAway } from '../../contract/log-away.ts';
import { CoordError } from '../../core/error.ts';
import type { ArtifactHash, CompanyId } from '../../core/ids.ts';
import { companyKey } from './keys.ts';
import type { RedisAddress } from './redis-address.ts';
import { redisPlace } from './redis-address.ts';
import type { LineOptions, RedisClient } from './redis-connection.ts';
import { openLine } from './redis-connection.ts';
import { isAnswer, redisFailure } from './redis-errors.ts';
import { NoAnswer } from './redis-lines.ts';

export interface RedisArtifactsOptions extends Pick<LineOptions, 'ca'> {
  readonly address: RedisAddress;
  readonly companyId: CompanyId;
}

/** An artifact has up to 20 MiB, and the way may be slow; in ms. */
const commandTimeout = 60_000;
const longestOpening = 5_000;
/** How many are asked about at once. */
const pageKeys = 1_000;

/** It has a line of its own, for what takes long must not hold up an append. */
export class RedisArtifacts implements ArtifactExchange {
  readonly place: string;
  readonly #options: RedisArtifactsOptions;
  /** Opened when it is first needed. */
  #line: Promise<RedisClient> | null = null;
  /** What is under way. */
  #givenUp = new AbortController();
  #isClosed = false;

  constructor(options: RedisArtifactsOptions) {
    this.#options = options;
    this.place = redisPlace(options.address);
  }

  async offer(hash: ArtifactHash, bytes: Uint8Array): Promise<void> {
    // The client takes buffers and text, and nothing else for what it is.
    const value = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    await this.#ask((line) => line.set(this.#keyOf(hash), value));
  }

  async fetch(hash: ArtifactHash): Promise<Uint8Array | null> {
    // No more than an artifact may have is read, whatever somebody has put there.
    const bytes = await this.#ask((line) => line.getrangeBuffer(this.#keyOf(hash), 0, maxArtifactBytes));
    if (createHash('sha256').update(bytes).digest('hex') === hash) return bytes;
    if (bytes.length === 0) return null;
    throw this.#isAnother(hash);
  }

  async lacks(hashes: readonly ArtifactHash[]): Promise<readonly ArtifactHash[]> {
    const lacking: ArtifactHash[] = [];
    for (let first = 0; first < hashes.length; first += pageKeys) {
      const some = hashes.slice(first, first + pageKeys);
      const keys = some.map((hash) => this.#keyOf(hash));
      // Mostly all of them are there, which is one short answer.
      if ((await this.#ask((line) => line.exists(...keys))) === some.length) continue;
      const found = await this.#ask((line) => Promise.all(keys.map((key) => line.exists(key))));
      lacking.push(...some.filter((_, n) => found[n] === 0));
    }
    return lacking;
  }

  /** Redis does not answer: ends what is under way, at once. */
  giveUp(): void {
    this.#givenUp.abort();
    this.#givenUp = new AbortController();
    this.#line?.then(
      (line) => line.disconnect(),
      () => undefined,
    );
    this.#line = null;
  }

  close(): void {
    this.#isClosed = true;
    this.giveUp();
  }

  #keyOf(hash: ArtifactHash): string {
    return companyKey(this.#options.companyId, `artifact:${hash}`);
  }

  async #ask<Answer>(command: (line: RedisClient) => Promise<Answer>): Promise<Answer> {
    if (this.#isClosed) throw new LogAway(this.place, null);
    const { signal } = this.#givenUp;
    try {
      this.#line ??= this.#open(signal);
      const line = await this.#line;
      return await orAborted(command(line), signal);
    } catch (error) {
      if (error instanceof CoordError) throw error;
      const failure = redisFailure(this.place, error);
      if (isAnswer(error)) throw failure;
      throw new LogAway(this.place, null, { cause: failure });
    }
  }

  async #open(signal: AbortSignal): Promise<RedisClient> {
    const { address, ca } = this.#options;
    const line = openLine(address, { commandTimeout, ca });
    try {
      const opened = line.connect().then(async () => {
        // By itself it goes on in database 0 where it may not choose another one.
        if (address.database !== 0) await line.select(address.database);
      });
      await orAborted(opened, AbortSignal.any([signal, AbortSignal.timeout(longestOpening)]));
      return line;
    } catch (error) {
      line.disconnect();
      if (!signal.aborted) this.#line = null;
      throw error;
    }
  }

  #isAnother(hash: ArtifactHash): CoordError {
    return new CoordError(
      'ARTIFACT_CHANGED',
      `Artifact ${hash} was not taken from Redis at ${this.place}: what is kept there under its name has another hash, so somebody ` +
        `changed it. Find out who may write there, and take it away (DEL ${this.#keyOf(hash)}): a host that has the artifact puts it ` +
        'there again when it starts',
      { hash, place: this.place },
    );
  }
}

/** Whichever comes later has nobody to tell. */
function orAborted<Answer>(answer: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new NoAnswer('timed out'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
