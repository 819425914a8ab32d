/** A company whose tasks get worktrees from a small repository, and members who hold tasks. */
import { existsSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Coordination } from '../../../src/contract/rpc.ts';
import type { CommittedTree, OpenTree } from '../../../src/contract/task-tree.ts';
import type { OpenCompany } from '../../../src/coordinator/open-company.ts';
import type { Seq, TaskId } from '../../../src/core/ids.ts';
import type { GitProject } from '../../git-project.ts';
import { gitProject } from '../../git-project.ts';
import type { SessionHost } from '../session-host.ts';
import { createSmall, openSessionHost } from '../session-host.ts';

export interface HeldTree {
  readonly held: { readonly taskId: TaskId; readonly token: Seq };
  readonly tree: OpenTree;
  put(file: string, content: string): Promise<void>;
  link(file: string, target: string): Promise<void>;
  /** Commits, and hands in what was committed. */
  handIn(): Promise<CommittedTree>;
}

export interface WorktreeKit {
  readonly project: GitProject;
  readonly host: SessionHost;
  readonly company: OpenCompany;
  readonly ada: Coordination;
  readonly bo: Coordination;
  /** A task of its own for the member, whose worktree is open. */
  begin(session: Coordination, name: string, title?: string): Promise<HeldTree>;
  /** Waits until the host has done what follows from what was handed in. */
  settled(): Promise<void>;
}

export async function openWorktrees(
  files: Readonly<Record<string, string>> = { 'a.txt': 'one\n' },
  prepare: (project: GitProject) => void | Promise<void> = () => undefined,
): Promise<WorktreeKit> {
  const project = await gitProject(files);
  await prepare(project);
  const host = await openSessionHost(undefined, {}, undefined, project.folder);
  const company = await createSmall(host, 'Acme');
  const owner = await host.owner();
  return {
    project,
    host,
    company,
    ada: await host.member(company, 'ada'),
    bo: await host.member(company, 'bo'),
    begin: async (session, name, title = 'Change it') => {
      const assigneeId = await company.coordinator.read(
        ({ index }) => [...index.membersByName.get(name)][0]?.id ?? null,
      );
      const { events } = await owner.command({ type: 'task.create', title, assigneeId });
      const created = events[0]?.event;
      if (created?.type !== 'task.created') throw new Error('no task was created');
      const taskId = created.task.id;
      const claim = await session.command({ type: 'task.claim', taskId });
      const held = { taskId, token: claim.events[0]?.seq ?? (0 as Seq) };
      const tree = await session.openTree(held);
      return {
        held,
        tree,
        put: async (file, content) => {
          const at = path.join(tree.folder, file);
          await mkdir(path.dirname(at), { recursive: true });
          await writeFile(at, content);
        },
        link: async (file, target) => {
          const at = path.join(tree.folder, file);
          await rm(at, { force: true, recursive: true });
          await symlink(target, at);
        },
        handIn: async () => {
          const committed = await session.commitTree(held);
          if (!committed) throw new Error('nothing was changed');
          const { commit, base, patch } = committed;
          await session.command({
            type: 'task.complete',
            ...held,
            artifacts: [patch],
            change: { commit, base },
          });
          return committed;
        },
      };
    },
    settled: () => company.worktrees?.settled() ?? Promise.resolve(),
  };
}

/** A program that leaves a sign when it is run. */
export const leavesSign = (sign: string): string => `touch '${sign}'`;

export const wasRun = (sign: string): boolean => existsSync(sign);
