/** The files of a company, written only under a current file lock and only inside one folder. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ListedFile, ReadFile, WrittenFile } from '../../contract/workspace.ts';
import { maxWorkspaceBytes } from '../../contract/workspace.ts';
import { CoordError } from '../../core/error.ts';
import type { ArtifactHash, CompanyId, Seq, SessionId } from '../../core/ids.ts';
import { foldName } from '../../core/lock/fold-name.ts';
import { requireLockFor } from '../../core/lock/hold.ts';
import type { CompanyState } from '../../core/state.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import type { Change } from './apply-merge.ts';
import { applyMerge, StuckMerge } from './apply-merge.ts';
import type { KnownFile } from './file-hash.ts';
import { hashBeside, lookBeside, requireHash } from './file-hash.ts';
import { listFiles } from './list-files.ts';
import { finishMerge } from './merge-journal.ts';
import { exchanged, isExchanged } from './path-refusals.ts';
import type { Place } from './place.ts';
import { openPlace, put, readBeside, remove } from './place.ts';
import { namesOf, ownFolder, resolveInside } from './workspace-path.ts';
import type { WorkspaceRoot } from './workspace-root.ts';
import { discard, openRoot, stage, sweepStaged, unusable } from './workspace-root.ts';

export interface WorkspaceOptions {
  /** Its folder; made when it is first used. */
  readonly folder: string;
  readonly companyId: CompanyId;
  readonly coordinator: Pick<CompanyCoordinator, 'actOn' | 'now'>;
  /** `unchecked` lets a write through without a lock: only to show in a test what is lost without the check. */
  readonly fencing?: 'checked' | 'unchecked';
}

/** One file to be written, as it was asked for. */
export interface FileWrite {
  readonly path: string;
  /** Null: it is removed. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly token: Seq | null;
  readonly ifHash?: ArtifactHash | null | undefined;
}

interface StagedWrite {
  readonly wish: FileWrite;
  readonly names: readonly string[];
  readonly staged: { readonly name: string; readonly hash: ArtifactHash } | null;
  /** What was there while it was staged, when the writer wants that to be something. */
  readonly known: KnownFile | null;
}

export class Workspace {
  readonly #options: WorkspaceOptions;
  /** Reads and writes that are under way. */
  readonly #busy = new Set<Promise<unknown>>();
  #root: WorkspaceRoot | null = null;
  /** Why nothing may be read or written any more before the next start; null: nothing is wrong. */
  #stuck: CoordError | null = null;

  constructor(options: WorkspaceOptions) {
    this.#options = options;
  }

  /**
   * The file as it is now; null when there is none. Needs no lock: a reader sees the old bytes or the new ones.
   * @throws CoordError `PATH_OUTSIDE`, `NOT_A_FILE`, `BAD_INPUT`, `TOO_LARGE`, `WORKSPACE_UNUSABLE`
   */
  async read(asked: string): Promise<ReadFile | null> {
    const root = this.#open();
    return await this.#counted(
      this.#guarded(asked, async () => {
        const real = resolveInside(root.path, asked, namesOf('read', asked));
        const place = openPlace(root, asked, real, { create: false });
        if (!place) return null;
        try {
          if (!place.there) return null;
          const bytes = await readBeside(place);
          return { base64: bytes.toString('base64'), hash: await hashBeside(bytes) };
        } finally {
          place.close();
        }
      }),
    );
  }

  /**
   * The plain files below a folder, by path; null: of the whole workspace.
   * @throws CoordError `PATH_OUTSIDE`, `NOT_A_FILE`, `BAD_INPUT`, `TOO_LARGE`, `WORKSPACE_UNUSABLE`
   */
  async list(folder: string | null): Promise<readonly ListedFile[]> {
    const root = this.#open();
    return await this.#counted(
      this.#guarded(folder ?? '.', async () => {
        const real = folder === null ? [] : resolveInside(root.path, folder, namesOf('list', folder));
        return listFiles(root.path, real);
      }),
    );
  }

  /**
   * Replaces, makes or removes one file; durable when it resolves.
   * @throws CoordError `LOCK_LOST`, `NOT_LOCKED`, `PATH_OUTSIDE`, `NOT_A_FILE`, `FILE_CHANGED`, `BAD_INPUT`, `TOO_LARGE`:
   *   nothing was written
   * @throws CoordError `WORKSPACE_UNUSABLE` - the disk refused: nothing was written, or what was may not last
   */
  async write(sessionId: SessionId, wish: FileWrite): Promise<WrittenFile> {
    const [written] = await this.merge(sessionId, [wish]);
    if (!written) throw new Error('a write of one file wrote none');
    return written;
  }

  /** Writes all of the files or none, also when the host dies in between. @throws CoordError as `write` does */
  async merge(sessionId: SessionId, wishes: readonly FileWrite[]): Promise<readonly WrittenFile[]> {
    return await this.#counted(this.#write(sessionId, wishes));
  }

  /** Finishes the merge during which an earlier host died. A folder that can't be used says so when it is. */
  finishEarlier(): void {
    if (!existsSync(path.join(this.#options.folder, ownFolder))) return;
    try {
      this.#open();
    } catch {
      // Whoever writes is told why.
    }
  }

  /** Resolves when nothing is being read or written any more. */
  async close(): Promise<void> {
    // A descriptor that is closed too early may by then stand for another folder.
    while (this.#busy.size > 0) await Promise.allSettled(this.#busy);
    this.#root?.close();
    this.#root = null;
  }

  async #counted<Value>(act: Promise<Value>): Promise<Value> {
    this.#busy.add(act);
    try {
      return await act;
    } finally {
      this.#busy.delete(act);
    }
  }

  async #write(sessionId: SessionId, wishes: readonly FileWrite[]): Promise<readonly WrittenFile[]> {
    refuseTooMuch(wishes);
    const named = wishes.map((wish) => ({ wish, names: namesOf('write', wish.path) }));
    const root = this.#open();
    const staged: StagedWrite[] = [];
    try {
      for (const { wish, names } of named) {
        const { bytes } = wish;
        staged.push({
          wish,
          names,
          staged: bytes && { name: await stage(root, bytes), hash: await hashBeside(bytes) },
          known: wish.ifHash === undefined ? null : await look(root, wish.path, names),
        });
      }
      return await this.#guarded(wishes[0]?.path ?? '', async () => {
        // What is shown is durable, and nothing else happens until the view returns: check and change are one.
        const placed = await this.#options.coordinator.actOn((state) =>
          this.#place(state, sessionId, root, staged),
        );
        try {
          for (const { place } of placed) await place?.folder.syncBeside();
        } finally {
          for (const { place } of placed) place?.close();
        }
        return placed.map(({ written }) => written);
      });
    } finally {
      // The next start finishes a merge that is stuck with what was staged for it.
      if (this.#stuck === null) for (const { staged: left } of staged) if (left) discard(root, left.name);
    }
  }

  /** @returns places that are still held: what was done in them is not durable yet */
  #place(
    state: CompanyState,
    sessionId: SessionId,
    root: WorkspaceRoot,
    writes: readonly StagedWrite[],
  ): { readonly place: Place | null; readonly written: WrittenFile }[] {
    const changes: Change[] = [];
    try {
      const placed = writes.map(({ wish, names, staged, known }) => {
        const real = resolveInside(root.path, wish.path, names);
        const realPath = real.join('/');
        this.#requireLock(state, sessionId, wish.token, realPath);
        refuseTwice(changes, realPath, wish.path);
        const place = openPlace(root, wish.path, real, { create: staged !== null });
        if (place) changes.push({ place, real, staged });
        requireHash(wish.path, place, wish.ifHash, known);
        return {
          place,
          written: {
            path: realPath,
            hash: staged?.hash ?? null,
            bytes: wish.bytes?.byteLength ?? 0,
            existed: Boolean(place?.there),
          },
        };
      });
      const [only, ...more] = changes;
      if (only && more.length === 0) applyOne(root, only);
      else if (only) applyMerge(root, changes);
      return placed;
    } catch (error) {
      if (!(error instanceof StuckMerge)) {
        // The last first: it may have made a folder in one that was made for another.
        for (const { place } of changes.reverse()) place.abandon();
        throw error;
      }
      for (const { place } of changes) place.close();
      this.#stuck = stuckMerge(this.#options.folder, error);
      throw this.#stuck;
    }
  }

  #requireLock(state: CompanyState, sessionId: SessionId, token: Seq | null, path: string): void {
    const { coordinator, fencing } = this.#options;
    if (fencing !== 'unchecked') requireLockFor(state, { sessionId, token }, path, coordinator.now());
  }

  #open(): WorkspaceRoot {
    if (this.#stuck) throw this.#stuck;
    if (this.#root) return this.#root;
    const root = openRoot(this.#options.folder, this.#options.companyId);
    try {
      finishMerge(root);
      sweepStaged(root);
    } catch (error) {
      root.close();
      throw unusable(this.#options.folder, error);
    }
    this.#root = root;
    return root;
  }

  /** What the system refuses becomes words. */
  async #guarded<Value>(asked: string, act: () => Value | Promise<Value>): Promise<Value> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Error) || !('syscall' in error)) throw error;
      throw isExchanged(error) ? exchanged(asked) : unusable(this.#options.folder, error);
    }
  }
}

/** What can't be looked at now is refused, in words, when it is to be changed. */
async function look(root: WorkspaceRoot, asked: string, names: readonly string[]): Promise<KnownFile | null> {
  let place: Place | null = null;
  try {
    place = openPlace(root, asked, resolveInside(root.path, asked, names), { create: false });
    return place && (await lookBeside(place));
  } catch {
    return null;
  } finally {
    place?.close();
  }
}

function applyOne(root: WorkspaceRoot, { place, staged }: Change): void {
  if (staged) put(place, root.staged.entry(staged.name));
  else remove(place);
}

function stuckMerge(folder: string, cause: unknown): CoordError {
  return new CoordError(
    'WORKSPACE_UNUSABLE',
    `A merge in the workspace ${folder} stopped half way and could not be undone: some of its files are new, others old. ` +
      'Nothing is read or written there until the host has been started again, which finishes it. Check the disk first',
    { folder },
    { cause },
  );
}

function refuseTooMuch(wishes: readonly FileWrite[]): void {
  const bytes = wishes.reduce((sum, wish) => sum + (wish.bytes?.byteLength ?? 0), 0);
  if (bytes <= maxWorkspaceBytes) return;
  throw new CoordError(
    'TOO_LARGE',
    `The write was refused: it has ${bytes} bytes, and ${maxWorkspaceBytes} may be written at once. Write fewer files at once`,
    { bytes, limit: maxWorkspaceBytes },
  );
}

/** Two names of one file, or a file and what is below it, in one merge: nobody could say which of them counts. */
function refuseTwice(changes: readonly Change[], path: string, asked: string): void {
  const folded = `${foldName(path)}/`;
  const others = changes.map(({ real }) => `${foldName(real.join('/'))}/`);
  if (!others.some((other) => other.startsWith(folded) || folded.startsWith(other))) return;
  throw new CoordError(
    'BAD_INPUT',
    `The merge was refused: it writes “${asked}” twice, or as a file and a folder. Name each file once`,
    {
      path: asked,
    },
  );
}
