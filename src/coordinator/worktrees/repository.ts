/**
 * The company's own git repository: bare, in the company's folder, with a configuration that only this file writes.
 *
 * What an agent does to git in its worktree (its index, its HEAD, a nested repository, the configuration that all worktrees
 * share) decides nothing here: a change is what its files are, read through an index of the host's, and a branch is what the
 * log says.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CoordError } from '../../core/error.ts';
import type { CommitHash } from '../../core/ids.ts';
import { git, gitLine, gitList } from './git.ts';

/** `bare`, and nothing that could name a program. */
const configText =
  '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n\tlogallrefupdates = false\n';
const baseRef = 'refs/agentcoord/base';

export interface MergedTree {
  readonly tree: string;
  /** The files in which both sides differ; the tree has conflict markers there. */
  readonly conflicts: readonly string[];
}

export class Repository {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  get call(): { readonly gitDir: string } {
    return { gitDir: this.folder };
  }

  /** Makes it where it is missing, and takes out of its configuration what others wrote there. */
  async ready(): Promise<void> {
    if (!existsSync(path.join(this.folder, 'HEAD'))) {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await git(this.call, [
        'init',
        '--quiet',
        '--bare',
        '--template=',
        '--initial-branch=main',
        this.folder,
      ]);
    }
    const file = path.join(this.folder, 'config');
    if ((await readFile(file, 'utf8').catch(() => null)) !== configText) await writeFile(file, configText);
    for (const name of [
      'config.worktree',
      'info/attributes',
      'info/grafts',
      'hooks',
      'objects/info/alternates',
    ])
      await rm(path.join(this.folder, name), { recursive: true, force: true });
  }

  /**
   * Fetches the checked-out commit of the repository that people work in.
   * @throws CoordError `WORKSPACE_UNUSABLE` - it is no git repository, or has no commit yet
   */
  async fetchBase(from: string): Promise<CommitHash> {
    const quiet = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'];
    try {
      await git(this.call, ['fetch', ...quiet, '--', from, `+HEAD:${baseRef}`]);
    } catch (cause) {
      throw new CoordError(
        'WORKSPACE_UNUSABLE',
        `The workspace ${from} can't be the beginning of a branch (${cause instanceof Error ? cause.message : String(cause)}). ` +
          'It must be a git repository with at least one commit: `git init`, `git add`, `git commit`',
        { folder: from },
        { cause },
      );
    }
    return this.commitOf(baseRef) as Promise<CommitHash>;
  }

  /** Shows a branch in the repository that people work in. @throws CoordError - somebody moved it there otherwise */
  async publish(to: string, branch: string): Promise<void> {
    const ref = `refs/heads/${branch}`;
    const quiet = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'];
    const gitDir = await gitLine({ gitDir: path.join(to, '.git'), folder: to }, [
      'rev-parse',
      '--absolute-git-dir',
    ]);
    await git({ gitDir }, ['fetch', ...quiet, '--', this.folder, `${ref}:${ref}`]);
  }

  /** Null: there is no such ref, or it leads to no commit. */
  async commitOf(ref: string): Promise<CommitHash | null> {
    const call = { ...this.call, also: [1, 128] };
    const { code, output } = await git(call, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
    return code === 0 ? (output.toString().trim() as CommitHash) : null;
  }

  async setRef(ref: string, commit: CommitHash): Promise<void> {
    await git(this.call, ['update-ref', '--no-deref', ref, commit]);
  }

  treeOf(commit: CommitHash): Promise<string> {
    return gitLine(this.call, ['rev-parse', '--verify', `${commit}^{tree}`]);
  }

  async contains(commit: CommitHash, ancestor: CommitHash): Promise<boolean> {
    const call = { ...this.call, also: [1] };
    return (await git(call, ['merge-base', '--is-ancestor', ancestor, commit])).code === 0;
  }

  async mergeTrees(ours: CommitHash, theirs: CommitHash): Promise<MergedTree> {
    const call = { ...this.call, also: [1] };
    const args = [
      'merge-tree',
      '--write-tree',
      '-z',
      '--name-only',
      '--no-messages',
      '--allow-unrelated-histories',
    ];
    const { output } = await git(call, [...args, ours, theirs]);
    const [tree = '', ...conflicts] = output.toString().split('\0').filter(Boolean);
    return { tree, conflicts: [...new Set(conflicts)] };
  }

  async commit(
    tree: string,
    parents: readonly CommitHash[],
    { author, email, at, message }: CommitWords,
  ): Promise<CommitHash> {
    const date = `${Math.floor(at / 1_000)} +0000`;
    const env = {
      GIT_AUTHOR_NAME: author,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: 'AgentCoord',
      GIT_COMMITTER_EMAIL: 'host@agentcoord.invalid',
      GIT_COMMITTER_DATE: date,
    };
    const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])];
    return (await gitLine({ ...this.call, env, input: message }, args)) as CommitHash;
  }

  /** Every path that differs between two commits, with its mode in the second; `000000`: it is gone. */
  async changed(from: CommitHash | string, to: CommitHash | string): Promise<ChangedPath[]> {
    const fields = await gitList(this.call, [
      'diff-tree',
      '-r',
      '-z',
      '--raw',
      '--no-renames',
      '--full-index',
      from,
      to,
    ]);
    const changed: ChangedPath[] = [];
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const [, mode = '', , blob = ''] = (fields[at] as string).split(' ');
      changed.push({ path: fields[at + 1] as string, mode, blob });
    }
    return changed;
  }

  /** One commit as a patch that git can apply. @throws CoordError `TOO_LARGE` */
  async patchOf(commit: CommitHash, limit: number): Promise<Buffer> {
    const plain = ['--no-signature', '--no-ext-diff', '--no-textconv', '--no-color', '--no-renames'];
    const args = ['format-patch', '-1', '--stdout', '--binary', '--full-index', ...plain, commit];
    return (await git({ ...this.call, limit }, args)).output;
  }

  async readBlob(blob: string): Promise<Buffer> {
    return (await git(this.call, ['cat-file', 'blob', blob])).output;
  }
}

export interface CommitWords {
  readonly author: string;
  readonly email: string;
  /** In ms since 1970. */
  readonly at: number;
  readonly message: string;
}

export interface ChangedPath {
  readonly path: string;
  readonly mode: string;
  readonly blob: string;
}
