/** The git worktrees of a company's tasks: made when a task begins, read when it is handed in, merged when its gates are open. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { CommittedTree, OpenTree } from '../../contract/task-tree.ts';
import { maxWorkspaceBytes } from '../../contract/workspace.ts';
import { CoordError } from '../../core/error.ts';
import type { StoredEvent } from '../../core/event.ts';
import type { CommitHash, CompanyId, MemberId, Seq, TaskId } from '../../core/ids.ts';
import { leaseEndedBy } from '../../core/task/lease-end.ts';
import type { Task } from '../../core/task/task.ts';
import type { ArtifactStore } from '../artifact-store.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import type { OnFault } from '../fault.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { git } from './git.ts';
import type { TreeHolder } from './held-task.ts';
import { heldTask, treeLost } from './held-task.ts';
import type { TaskTree, TreePlace } from './make-tree.ts';
import { makeTree } from './make-tree.ts';
import { mergeChanges } from './merge-changes.ts';
import { Repository } from './repository.ts';
import { snapshotTree } from './snapshot-tree.ts';
import { joinParts, keptRef } from './work-so-far.ts';

export interface WorktreesOptions {
  readonly companyId: CompanyId;
  readonly companyFolder: string;
  /** The git repository that people work in. */
  readonly workspace: string;
  readonly coordinator: CompanyCoordinator;
  readonly artifacts: ArtifactStore;
  readonly onFault: OnFault;
}

/** Between two tries of what waits for a lock, in ms. */
const tryAgainAfter = 2_000;

export class Worktrees {
  readonly #options: WorktreesOptions;
  readonly #repository: Repository;
  readonly #place: TreePlace;
  readonly #trees = new Map<TaskId, TaskTree>();
  /** Whatever is done to the repository, one thing after the other. */
  #queue: Promise<unknown>;
  #mergeAgain: NodeJS.Timeout | null = null;
  #mergeIsDue = false;
  #closed = false;
  readonly #unlisten: () => void;

  constructor(options: WorktreesOptions) {
    this.#options = options;
    const { companyId, companyFolder, coordinator, workspace } = options;
    const repository = new Repository(path.join(companyFolder, 'repository.git'));
    const folder = path.join(companyFolder, 'worktrees');
    this.#repository = repository;
    this.#place = { companyId, coordinator, repository, folder, workspace };
    this.#queue = this.#removeAll().catch(options.onFault);
    this.#unlisten = coordinator.onCommit((events) => this.#see(events));
    this.#merge();
  }

  /**
   * A worktree for whoever holds the task, with what earlier attempts of it handed in or committed.
   * @throws CoordError `LEASE_LOST`, `WORKSPACE_UNUSABLE`
   */
  open(holder: TreeHolder): Promise<OpenTree> {
    return this.#inTurn(async () => {
      await this.#mergeAll();
      const held = await this.#options.coordinator.actOn((state) => heldTask(state, holder));
      const known = this.#trees.get(holder.taskId);
      if (known?.token === holder.token) return openTree(known);
      if (known) await this.#remove(known);
      const tree = await makeTree(this.#place, held, holder.token);
      this.#trees.set(holder.taskId, tree);
      return openTree(tree);
    });
  }

  /**
   * Commits what the worktree holds, as the member; null: it is as it was.
   * @throws CoordError `LEASE_LOST`, `TOO_LARGE`, `PATH_OUTSIDE`, `BAD_INPUT`, `WORKSPACE_UNUSABLE`
   */
  commit(holder: TreeHolder): Promise<CommittedTree | null> {
    return this.#inTurn(async () => {
      const { coordinator, artifacts } = this.#options;
      const { task, author, origin } = await coordinator.actOn((state) => heldTask(state, holder));
      if (task.kind === 'review') throw changesNothing(task);
      const tree = this.#require(holder);
      const repository = this.#repository;
      await repository.ready();
      const index = path.join(repository.folder, `index-of-${path.basename(tree.folder)}`);
      const { tree: content, changed } = await snapshotTree(repository, tree.folder, tree.base, index);
      if (changed.length === 0 && origin.parts.length === 0) return null;
      await this.#refuseMarkers(tree, content);
      const words = {
        author,
        email: `${holder.memberId}@agentcoord.invalid`,
        at: coordinator.now(),
        message: `${task.title}\n\nTask: ${task.id}\nAttempt: ${task.attempts.length}\n`,
      };
      const parents = tree.parts === null ? [tree.base] : [tree.base, tree.parts];
      const own = await repository.commit(content, parents, words);
      await repository.setRef(keptRef(task.id), own);
      // Those that were let through since the tree was made.
      const { commit, conflicts } = await joinParts(repository, own, origin.parts, 'leave out');
      await repository.setRef(`refs/heads/${tree.branch}`, commit);
      const whole = await repository.treeOf(commit);
      const shown = await repository.commit(whole, [tree.base], words);
      const patch = await artifacts.put('changes.patch', await repository.patchOf(shown, maxWorkspaceBytes));
      if (conflicts.length === 0) tree.committed.add(commit);
      else tree.unfit.set(commit, conflicts);
      const files = (await repository.changed(tree.base, commit)).length;
      return { commit, base: tree.base, patch, files };
    });
  }

  /** The files of a task's worktree, under locks. @throws CoordError `LEASE_LOST` */
  async filesOf(memberId: MemberId, taskId: TaskId): Promise<Workspace> {
    const tree = this.#trees.get(taskId);
    const holds = await this.#options.coordinator.actOn((state) => {
      const lease = state.tasks.get(taskId)?.lease;
      return lease?.memberId === memberId && lease.token === tree?.token;
    });
    if (tree && holds) return tree.files;
    throw treeLost(taskId);
  }

  /**
   * @throws CoordError `BAD_INPUT` - the change is not what this host committed for that lease; `WRONG_STATE` - it does not
   *   fit what the parts of the task did
   */
  requireCommitted(taskId: TaskId, token: Seq, commit: CommitHash): void {
    const tree = this.#trees.get(taskId);
    if (tree?.token === token && tree.committed.has(commit)) return;
    const unfit = tree?.unfit.get(commit);
    if (unfit) throw unlikeItsParts(taskId, unfit);
    throw new CoordError(
      'BAD_INPUT',
      `The change ${commit} was not committed by this host for this attempt: let the host commit the worktree, and hand in what it answers`,
      { taskId, commit },
    );
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    for (let last: unknown = null; last !== this.#queue; ) {
      last = this.#queue;
      await last;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unlisten();
    if (this.#mergeAgain) clearTimeout(this.#mergeAgain);
    await this.#queue;
    for (const { files } of this.#trees.values()) await files.close();
  }

  async #refuseMarkers({ conflicts, base }: TaskTree, content: string): Promise<void> {
    if (conflicts.length === 0) return;
    for (const { path: name, blob, mode } of await this.#repository.changed(base, content)) {
      if (!conflicts.includes(name) || mode === '000000') continue;
      if (!/^(?:<{7}|>{7}) /m.test((await this.#repository.readBlob(blob)).toString())) continue;
      throw new CoordError(
        'BAD_INPUT',
        `The change was refused: “${name}” still has conflict markers. Make one of both sides, and take out the lines with <<<<<<<, ======= and >>>>>>>`,
        { path: name },
      );
    }
  }

  #require({ taskId, token }: TreeHolder): TaskTree {
    const tree = this.#trees.get(taskId);
    if (tree?.token === token) return tree;
    throw treeLost(taskId);
  }

  #see(events: readonly StoredEvent[]): void {
    for (const { event } of events) {
      const ended = leaseEndedBy(event);
      const tree = ended !== null && this.#trees.get(ended);
      // What is handed in is checked against the tree's commits before the event, so nobody needs it any more.
      if (tree) void this.#inTurn(() => this.#removeIfEnded(tree)).catch(this.#options.onFault);
      if (event.type === 'task.done' || event.type === 'lock.released') this.#merge();
    }
  }

  #merge(): void {
    if (this.#mergeIsDue || this.#closed) return;
    this.#mergeIsDue = true;
    void this.#inTurn(() => this.#mergeAll()).catch(this.#options.onFault);
  }

  async #mergeAll(): Promise<void> {
    this.#mergeIsDue = false;
    const { workspace, coordinator, onFault } = this.#options;
    const waits = await mergeChanges({ repository: this.#repository, workspace, coordinator, onFault });
    if (this.#mergeAgain) clearTimeout(this.#mergeAgain);
    this.#mergeAgain = waits && !this.#closed ? setTimeout(() => this.#merge(), tryAgainAfter).unref() : null;
  }

  async #removeIfEnded(tree: TaskTree): Promise<void> {
    const lease = await this.#options.coordinator.read(
      (state) => state.tasks.get(tree.taskId)?.lease ?? null,
    );
    if (lease?.token !== tree.token) await this.#remove(tree);
  }

  async #remove(tree: TaskTree): Promise<void> {
    if (this.#trees.get(tree.taskId) === tree) this.#trees.delete(tree.taskId);
    await tree.files.close();
    await rm(tree.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    await git(this.#repository.call, ['worktree', 'prune', '--expire=now']);
  }

  /** Nobody works in what an earlier run of the host left: its workers are ended, and what they committed is kept. */
  async #removeAll(): Promise<void> {
    await rm(this.#place.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    await rm(path.join(this.#repository.folder, 'worktrees'), { recursive: true, force: true });
  }

  #inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const done = this.#queue.then(act);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

const openTree = ({ folder, branch, base, conflicts }: TaskTree): OpenTree => ({
  folder,
  branch,
  base,
  conflicts,
});

function changesNothing({ id }: Task): CoordError {
  return new CoordError(
    'WRONG_STATE',
    'A review changes nothing: answer it, with what is to be changed in its note',
    {
      taskId: id,
    },
  );
}

/** What it holds is kept. */
function unlikeItsParts(taskId: TaskId, paths: readonly string[]): CoordError {
  return new CoordError(
    'WRONG_STATE',
    `The change was not handed in: a part of the task changed ${paths.join(', ')} otherwise meanwhile. ` +
      'Give the task back: whoever takes it next finds both sides in these files, between conflict markers',
    { taskId, paths },
  );
}
