/** Which artifacts other hosts can't get yet: an empty file for each in a folder, so that the next start knows, too. */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ArtifactHash } from '../core/ids.ts';
import { artifactHashSchema } from '../core/ids.ts';
import { writeDurably } from './durable-file.ts';

export class UnsharedArtifacts {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Resolves once it is durable. */
  async add(hash: ArtifactHash): Promise<void> {
    await writeDurably(path.join(this.#folder, hash), new Uint8Array());
  }

  /** When it comes back after a crash, the artifact is shared once more, which does no harm. */
  async remove(hash: ArtifactHash): Promise<void> {
    await rm(path.join(this.#folder, hash), { force: true });
  }

  async all(): Promise<readonly ArtifactHash[]> {
    const names = await readdir(this.#folder).catch(nothingYet);
    return names.flatMap((name) => artifactHashSchema.safeParse(name).data ?? []);
  }
}

function nothingYet(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
