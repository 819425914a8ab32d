/** The artifacts of a company, each in a file named by the SHA-256 of its bytes. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { maxArtifactBytes } from '../contract/artifact-exchange.ts';
import { CoordError } from '../core/error.ts';
import type { ArtifactHash } from '../core/ids.ts';
import { isInnerPath } from '../core/task/artifact-path.ts';
import type { Artifact } from '../core/task/task.ts';
import { writeDurably } from './durable-file.ts';
import { sha256 } from './world.ts';

/** How many stored hashes are remembered, so that a completion rarely asks the disk. */
const knownLimit = 10_000;

/**
 * Looks for the bytes on other hosts, and checks them against the hash; null: nobody has ever had them.
 * @throws CoordError why they can't be had now
 */
export type FetchArtifact = (hash: ArtifactHash) => Promise<Uint8Array | null>;

export class ArtifactStore {
  readonly #folder: string;
  readonly #fetch: FetchArtifact;
  readonly #known = new Map<ArtifactHash, number>();
  /** Each is fetched once, whoever asks for it meanwhile. */
  readonly #fetching = new Map<ArtifactHash, Promise<Uint8Array>>();

  /** @param fetch asked for what is not here; left out: nobody else could have it */
  constructor(folder: string, fetch: FetchArtifact = async () => null) {
    this.#folder = folder;
    this.#fetch = fetch;
  }

  /**
   * Keeps the bytes; resolves once they are durable. The path goes into the answer and names no file here.
   * @throws CoordError `TOO_LARGE`, `BAD_INPUT` (a path that leads out of its folder),
   *   `ARTIFACT_CHANGED` (the bytes do not have the expected hash), `LOG_UNAVAILABLE` (they can't be written)
   */
  async put(artifactPath: string, bytes: Uint8Array, expected?: ArtifactHash): Promise<Artifact> {
    requireInnerPath(artifactPath);
    if (bytes.byteLength > maxArtifactBytes) throw tooLarge(artifactPath, bytes.byteLength);
    const hash = sha256(bytes);
    if (expected !== undefined && expected !== hash) throw changedOnTheWay(artifactPath, expected, hash);
    if ((await this.size(hash)) === null) await this.#write(hash, bytes);
    this.#remember(hash, bytes.byteLength);
    return { hash, path: artifactPath, bytes: bytes.byteLength };
  }

  /**
   * What is not here is fetched from where other hosts left it, and kept.
   * @throws CoordError `ARTIFACT_MISSING`, `ARTIFACT_CHANGED` - it is gone, or is not what was stored; `LOG_UNAVAILABLE` - it
   *   can't be fetched now
   */
  async read(hash: ArtifactHash): Promise<Uint8Array> {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(this.fileOf(hash));
    } catch (error) {
      this.#known.delete(hash);
      return this.#fetched(hash, error);
    }
    if (sha256(bytes) === hash) return bytes;
    throw new CoordError(
      'ARTIFACT_CHANGED',
      `Artifact ${hash} was not given out: its file ${this.fileOf(hash)} no longer holds what was stored. ` +
        'Restore the file from a backup, or have the work handed in again',
      { hash },
    );
  }

  /**
   * Keeps what another host had.
   * @param bytes checked against the hash
   * @throws CoordError `LOG_UNAVAILABLE` - they can't be written
   */
  async takeIn(hash: ArtifactHash, bytes: Uint8Array): Promise<void> {
    await this.#write(hash, bytes);
    this.#remember(hash, bytes.byteLength);
  }

  /** Its bytes; null when it is not stored. */
  async size(hash: ArtifactHash): Promise<number | null> {
    const known = this.#known.get(hash);
    if (known !== undefined) return known;
    const file = await stat(this.fileOf(hash)).catch(() => null);
    if (!file?.isFile()) return null;
    this.#remember(hash, file.size);
    return file.size;
  }

  /**
   * It may be fetched for that.
   * @throws CoordError `ARTIFACT_MISSING`, `LOG_UNAVAILABLE`, or `ARTIFACT_CHANGED` for another number of bytes than is stored
   */
  async requireStored(artifact: Artifact): Promise<void> {
    const size = (await this.size(artifact.hash)) ?? (await this.#fetched(artifact.hash)).byteLength;
    if (size === artifact.bytes) return;
    throw new CoordError(
      'ARTIFACT_CHANGED',
      `${artifact.path} was refused: it is said to have ${artifact.bytes} bytes, but ${size} are stored under ` +
        `its hash ${artifact.hash}. Name the artifact as putArtifact answered it`,
      { hash: artifact.hash, said: artifact.bytes, stored: size },
    );
  }

  /** Where its bytes are, whether they are there or not. */
  fileOf(hash: ArtifactHash): string {
    return path.join(this.#folder, hash.slice(0, 2), hash);
  }

  #fetched(hash: ArtifactHash, cause?: unknown): Promise<Uint8Array> {
    const underWay = this.#fetching.get(hash);
    if (underWay !== undefined) return underWay;
    const fetched = this.#fetchAndKeep(hash, cause).finally(() => this.#fetching.delete(hash));
    this.#fetching.set(hash, fetched);
    return fetched;
  }

  async #fetchAndKeep(hash: ArtifactHash, cause: unknown): Promise<Uint8Array> {
    const bytes = await this.#fetch(hash);
    if (bytes === null) throw missing(hash, cause);
    await this.takeIn(hash, bytes);
    return bytes;
  }

  async #write(hash: ArtifactHash, bytes: Uint8Array): Promise<void> {
    try {
      await writeDurably(this.fileOf(hash), bytes);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CoordError(
        'LOG_UNAVAILABLE',
        `The artifact was not stored: ${this.#folder} can’t be written (${reason}). Check the disk, then try again`,
        { hash },
        { cause: error },
      );
    }
  }

  #remember(hash: ArtifactHash, bytes: number): void {
    const oldest = this.#known.size >= knownLimit ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(hash, bytes);
  }
}

function requireInnerPath(artifactPath: string): void {
  if (isInnerPath(artifactPath)) return;
  throw new CoordError(
    'BAD_INPUT',
    `The artifact path ${JSON.stringify(artifactPath)} was refused: it must be relative, with / between its parts, ` +
      'and without “..”, backslash or colon',
    { path: artifactPath },
  );
}

function tooLarge(artifactPath: string, bytes: number): CoordError {
  return new CoordError(
    'TOO_LARGE',
    `${artifactPath} was not stored: it has ${bytes} bytes, and an artifact may have ${maxArtifactBytes}. ` +
      'Split it, or keep it elsewhere and hand in where it is',
    { path: artifactPath, bytes, limit: maxArtifactBytes },
  );
}

function changedOnTheWay(artifactPath: string, expected: ArtifactHash, hash: ArtifactHash): CoordError {
  return new CoordError(
    'ARTIFACT_CHANGED',
    `${artifactPath} was not stored: its bytes have the hash ${hash}, not ${expected} as was said. Send it again`,
    { path: artifactPath, expected, hash },
  );
}

function missing(hash: ArtifactHash, cause?: unknown): CoordError {
  return new CoordError(
    'ARTIFACT_MISSING',
    `There is no artifact ${hash} in this company. Store its bytes with putArtifact before it is named`,
    { hash },
    { cause },
  );
}
