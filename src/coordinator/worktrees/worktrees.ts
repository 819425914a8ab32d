/** The git worktrees of a company's tasks: made when a task begins, read when it is handed in, merged when its gates are open. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { CommittedTree, OpenTree } from '../../contract/task-tree.ts';
import { maxWorkspaceBytes } from '../../contract/workspace.ts';
import { CoordError } from '../../core/error.ts';
import type { StoredEvent } from '../../core/event.ts';
import type { CommitHash, CompanyId, MemberId, Seq, TaskId } from '../../core/ids.ts';
import { requireTask } from '../../core/require-row.ts';
import type { CompanyState } from '../../core/state.ts';
import { leaseEndedBy } from '../../core/task/lease-end.ts';
import { headOf } from '../../core/task/merge.ts';
import type { Task } from '../../core/task/task.ts';
import type { ArtifactStore } from '../artifact-store.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import type { OnFault } from '../fault.ts';
import { Workspace } from '../workspace/workspace.ts';
import { branchFor } from './branch-names.ts';
import { git } from './git.ts';
import { mergeChanges } from './merge-changes.ts';
import { Repository } from './repository.ts';
import { snapshotTree } from './snapshot-tree.ts';

export interface WorktreesOptions {
  readonly companyId: CompanyId;
  readonly companyFolder: string;
  /** The git repository that people work in. */
  readonly workspace: string;
  readonly coordinator: CompanyCoordinator;
  readonly artifacts: ArtifactStore;
  readonly onFault: OnFault;
}

/** Whose lease it is. */
export interface TreeHolder {
  readonly memberId: MemberId;
  readonly taskId: TaskId;
  readonly token: Seq;
}

interface Beginning {
  readonly task: Task;
  readonly title: string;
  /** Where the branch of the epic is; null: it has not begun. */
  readonly head: CommitHash | null;
  /** What a review is about; null: it is none, or about no change. */
  readonly judged: CommitHash | null;
  readonly token: Seq;
}

interface Tree {
  readonly taskId: TaskId;
  readonly token: Seq;
  readonly folder: string;
  readonly branch: string;
  readonly base: CommitHash;
  /** Where both sides stand in it, between markers. */
  readonly conflicts: readonly string[];
  /** Its files under locks. */
  readonly files: Workspace;
  readonly committed: Set<CommitHash>;
}

/** Between two tries of what waits for a lock, in ms. */
const tryAgainAfter = 2_000;

export class Worktrees {
  readonly #options: WorktreesOptions;
  readonly #repository: Repository;
  readonly #folder: string;
  readonly #trees = new Map<TaskId, Tree>();
  /** Whatever is done to the repository, one thing after the other. */
  #queue: Promise<unknown>;
  #mergeAgain: NodeJS.Timeout | null = null;
  #mergeIsDue = false;
  #closed = false;
  readonly #unlisten: () => void;

  constructor(options: WorktreesOptions) {
    this.#options = options;
    this.#repository = new Repository(path.join(options.companyFolder, 'repository.git'));
    this.#folder = path.join(options.companyFolder, 'worktrees');
    this.#queue = this.#removeAll().catch(options.onFault);
    this.#unlisten = options.coordinator.onCommit((events) => this.#see(events));
    this.#merge();
  }

  /**
   * A worktree for whoever holds the task, with what earlier attempts of it handed in or committed.
   * @throws CoordError `LEASE_LOST`, `WORKSPACE_UNUSABLE`
   */
  open(holder: TreeHolder): Promise<OpenTree> {
    return this.#inTurn(async () => {
      await this.#mergeAll();
      const { task, title, head, judged } = await this.#options.coordinator.actOn((state) =>
        held(state, holder),
      );
      const known = this.#trees.get(task.id);
      if (known?.token === holder.token) return openTree(known);
      if (known) await this.#remove(known);
      const tree = await this.#make({ task, title, head, judged, token: holder.token });
      this.#trees.set(task.id, tree);
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
      const { task, author } = await coordinator.actOn((state) => held(state, holder));
      if (task.kind === 'review') throw changesNothing(task);
      const tree = this.#require(holder);
      const repository = this.#repository;
      await repository.ready();
      const index = path.join(repository.folder, `index-of-${path.basename(tree.folder)}`);
      const { tree: content, changed } = await snapshotTree(repository, tree.folder, tree.base, index);
      if (changed.length === 0) return null;
      await this.#refuseMarkers(tree, content);
      const commit = await repository.commit(content, [tree.base], {
        author,
        email: `${holder.memberId}@agentcoord.invalid`,
        at: coordinator.now(),
        message: `${task.title}\n\nTask: ${task.id}\nAttempt: ${task.attempts.length}\n`,
      });
      await repository.setRef(keptRef(task.id), commit);
      await repository.setRef(`refs/heads/${tree.branch}`, commit);
      const patch = await artifacts.put('changes.patch', await repository.patchOf(commit, maxWorkspaceBytes));
      tree.committed.add(commit);
      return { commit, base: tree.base, patch, files: changed.length };
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
    throw lost(taskId);
  }

  /** @throws CoordError `BAD_INPUT` - the change is not what this host committed for that lease */
  requireCommitted(taskId: TaskId, token: Seq, commit: CommitHash): void {
    const tree = this.#trees.get(taskId);
    if (tree?.token === token && tree.committed.has(commit)) return;
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

  async #make({ task, title, head, judged, token }: Beginning): Promise<Tree> {
    const repository = this.#repository;
    await repository.ready();
    const base = await this.#beginningOf(task, { title, head, judged });
    const kept = await repository.commitOf(keptRef(task.id));
    const start = kept
      ? await repository.mergeTrees(base, kept)
      : { tree: await repository.treeOf(base), conflicts: [] };
    const isReview = task.kind === 'review';
    const branch =
      task.epicId === null
        ? await branchFor(repository, task)
        : `agentcoord/tasks/${path.basename(await branchFor(repository, task))}`;
    const folder = path.join(this.#folder, `${task.id}-${token}`);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const on = isReview ? ['--detach'] : ['-B', branch];
    const add = ['worktree', 'add', '--quiet', '--force', '--no-checkout', ...on, folder, base];
    await git(repository.call, add);
    const own = {
      gitDir: path.join(repository.folder, 'worktrees', path.basename(folder)),
      workTree: folder,
    };
    await git(own, ['read-tree', '--reset', '-u', start.tree]);
    const { companyId, coordinator } = this.#options;
    const files = new Workspace({ folder, companyId, coordinator });
    const { conflicts } = start;
    return { taskId: task.id, token, folder, branch, base, conflicts, files, committed: new Set() };
  }

  /** A review looks at what is handed in; where that changed nothing, at the branch that it would come into. */
  async #beginningOf(task: Task, { title, head, judged }: Pick<Beginning, 'title' | 'head' | 'judged'>) {
    if (judged !== null && (await this.#repository.commitOf(judged)) !== null) return judged;
    return this.#baseOf(task, title, head);
  }

  /** The branch of the epic; a new one begins from what people have checked out in their repository. */
  async #baseOf(task: Task, title: string, head: CommitHash | null): Promise<CommitHash> {
    const repository = this.#repository;
    const { workspace } = this.#options;
    if (task.epicId === null) return repository.fetchBase(workspace);
    const ref = `refs/heads/${await branchFor(repository, { id: task.epicId, title })}`;
    if (head === null) {
      const begun = await repository.commitOf(ref);
      if (begun) return begun;
      const base = await repository.fetchBase(workspace);
      await repository.setRef(ref, base);
      return base;
    }
    if ((await repository.commitOf(head)) === null) throw elsewhere(task, head);
    // The log says where the branch is, whoever moved the ref.
    await repository.setRef(ref, head);
    return head;
  }

  async #refuseMarkers({ conflicts, base }: Tree, content: string): Promise<void> {
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

  #require({ taskId, token }: TreeHolder): Tree {
    const tree = this.#trees.get(taskId);
    if (tree?.token === token) return tree;
    throw lost(taskId);
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

  async #removeIfEnded(tree: Tree): Promise<void> {
    const lease = await this.#options.coordinator.read(
      (state) => state.tasks.get(tree.taskId)?.lease ?? null,
    );
    if (lease?.token !== tree.token) await this.#remove(tree);
  }

  async #remove(tree: Tree): Promise<void> {
    if (this.#trees.get(tree.taskId) === tree) this.#trees.delete(tree.taskId);
    await tree.files.close();
    await rm(tree.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    await git(this.#repository.call, ['worktree', 'prune', '--expire=now']);
  }

  /** Nobody works in what an earlier run of the host left: its workers are ended, and what they committed is kept. */
  async #removeAll(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    await rm(path.join(this.#repository.folder, 'worktrees'), { recursive: true, force: true });
  }

  #inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const done = this.#queue.then(act);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

const keptRef = (taskId: TaskId): string => `refs/agentcoord/kept/${taskId}`;

const openTree = ({ folder, branch, base, conflicts }: Tree): OpenTree => ({
  folder,
  branch,
  base,
  conflicts,
});

/** @throws CoordError `LEASE_LOST` */
function held(state: CompanyState, { memberId, taskId, token }: TreeHolder) {
  const task = requireTask(state, taskId);
  if (task.lease?.memberId !== memberId || task.lease.token !== token) throw lost(taskId);
  const epic = task.epicId === null ? undefined : state.epics.get(task.epicId);
  const author = state.members.get(memberId)?.name ?? memberId;
  return {
    ...{ task, author, title: epic?.title ?? task.title, head: headOf(state, task) },
    judged: judgedBy(state, task),
  };
}

/** The change that a review is about; null: it is none, or about none. */
function judgedBy(state: CompanyState, { review }: Task): CommitHash | null {
  const taskId = review && state.gates.get(review.gateId)?.taskId;
  return (taskId && state.tasks.get(taskId)?.submission?.change?.commit) || null;
}

function changesNothing({ id }: Task): CoordError {
  return new CoordError(
    'WRONG_STATE',
    'A review changes nothing: answer it, with what is to be changed in its note',
    {
      taskId: id,
    },
  );
}

function lost(taskId: TaskId): CoordError {
  return new CoordError(
    'LEASE_LOST',
    `The worktree of the task ${taskId} is its holder's alone, while the lease holds: stop working on it`,
    { taskId },
  );
}

function elsewhere({ title }: Task, head: CommitHash): CoordError {
  return new CoordError(
    'WORKSPACE_UNUSABLE',
    `"${title}" can't get a worktree here: the branch of its epic is at ${head}, which another host merged and this one does ` +
      'not have. Let the workers of a company with worktrees run on one host (`serve --workers 0` on the others)',
    { head },
  );
}
