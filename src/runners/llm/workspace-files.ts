/** The company's files as a model works on them: read before they are changed, and locked as it goes. */
import { createHash } from 'node:crypto';
import type { GuardedWorkspace, LockedFiles } from '../../contract/guarded-workspace.ts';
import { CoordError } from '../../core/error.ts';
import type { ArtifactHash } from '../../core/ids.ts';
import { scopeOfPath } from '../../core/lock/path-scope.ts';
import type { DurationMs } from '../../core/units.ts';
import { seconds } from '../../core/units.ts';

/** How long it waits for a file that somebody else has locked. */
const patience: DurationMs = seconds(60);

export class WorkspaceFiles {
  readonly #guarded: GuardedWorkspace;
  readonly #intent: string;
  /** What each file held when the model saw it last; null: it was not there. */
  readonly #seen = new Map<string, ArtifactHash | null>();
  /** One lock for each file that it changed, kept until the run ends. */
  readonly #locks = new Map<string, LockedFiles>();
  readonly #changed = new Set<string>();

  constructor(guarded: GuardedWorkspace, intent: string) {
    this.#guarded = guarded;
    this.#intent = intent.slice(0, 200);
  }

  /** Those that were written or removed, by path. */
  get changed(): readonly string[] {
    return [...this.#changed].sort();
  }

  list(): ReturnType<GuardedWorkspace['list']> {
    return this.#guarded.list();
  }

  /** @throws CoordError `NOT_FOUND`, or why the path is refused */
  async read(path: string): Promise<string> {
    const bytes = await this.#guarded.read(path);
    this.#seen.set(path, bytes && hashOf(bytes));
    if (bytes === null) {
      throw new CoordError('NOT_FOUND', `There is no file ${path}; list_files says what there is`, { path });
    }
    return textOf(path, bytes);
  }

  async bytes(path: string): Promise<Uint8Array | null> {
    return this.#guarded.read(path);
  }

  /** @param content null removes it. @throws CoordError `FILE_CHANGED` - it is not what the model has seen */
  async write(path: string, content: string | null): Promise<void> {
    const seen = this.#seen.get(path);
    const bytes = content === null ? null : new TextEncoder().encode(content);
    const lock = await this.#lock(path);
    try {
      // What was never looked at must not be there.
      await lock.merge([{ path, bytes, ifHash: seen ?? null }]);
    } catch (error) {
      if (error instanceof CoordError && error.code === 'LOCK_LOST') this.#locks.delete(path);
      if (error instanceof CoordError && error.code === 'FILE_CHANGED')
        throw unseen(path, seen !== undefined);
      throw error;
    }
    this.#seen.set(path, bytes && hashOf(bytes));
    this.#changed.add(path);
  }

  async #lock(path: string): Promise<LockedFiles> {
    const held = this.#locks.get(path);
    if (held && !held.lost.aborted) return held;
    const lock = await this.#guarded.lock(scopeOfPath(path), { intent: this.#intent, wait: patience });
    this.#locks.set(path, lock);
    return lock;
  }
}

function unseen(path: string, wasSeen: boolean): CoordError {
  const why = wasSeen ? 'it was changed since you read it' : 'it is there already, and you have not read it';
  return new CoordError(
    'FILE_CHANGED',
    `${path} was not written: ${why}. Read it, and do the change on what it holds now`,
    { path },
  );
}

/** @throws CoordError `NOT_A_FILE` - a file that is no text */
function textOf(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CoordError('NOT_A_FILE', `${path} is no text: it has ${bytes.length} bytes of something else`, {
      path,
    });
  }
}

function hashOf(bytes: Uint8Array): ArtifactHash {
  return createHash('sha256').update(bytes).digest('hex') as ArtifactHash;
}
