/** Files: what is handed in, the workspace that tasks share, and the git worktree that a task has of its own. */
import type { z } from 'zod';
import type { Coordination } from '../../contract/rpc.ts';
import { putArtifactSchema } from '../../contract/rpc.ts';
import { taskTreeSchema } from '../../contract/task-tree.ts';
import type { fileChangeSchema } from '../../contract/workspace.ts';
import {
  listFilesSchema,
  mergeFilesSchema,
  readFileSchema,
  writeFileSchema,
} from '../../contract/workspace.ts';
import { CoordError } from '../../core/error.ts';
import type { TaskId } from '../../core/ids.ts';
import { checkInput } from '../bad-input.ts';
import type { Binding } from '../binding.ts';
import type { FileWrite, Workspace } from '../workspace/workspace.ts';
import type { Worktrees } from '../worktrees/worktrees.ts';
import type { Standing } from './standing.ts';
import { onRecord } from './standing.ts';

type FileCalls = Pick<
  Coordination,
  'putArtifact' | 'listFiles' | 'readFile' | 'writeFile' | 'mergeFiles' | 'openTree' | 'commitTree'
>;

export function fileCalls(standing: Standing): FileCalls {
  return {
    putArtifact: async (call) => {
      const { company } = await standing.requireActing('putArtifact', 'hand in an artifact');
      const { path, base64, hash } = checkInput('putArtifact', putArtifactSchema, call);
      return company.artifacts.put(path, Buffer.from(base64, 'base64'), hash);
    },

    listFiles: async (call) => {
      const binding = await standing.requireBinding();
      const { folder, taskId } = checkInput('listFiles', listFilesSchema, call);
      const list = filesFor(binding, taskId).then((files) => files.list(folder));
      return onRecord(binding, 'listFiles', list);
    },

    readFile: async (call) => {
      const binding = await standing.requireBinding();
      const { path, taskId } = checkInput('readFile', readFileSchema, call);
      const read = filesFor(binding, taskId).then((files) => files.read(path));
      return onRecord(binding, 'readFile', read);
    },

    writeFile: async (call) => {
      const binding = await standing.requireActing('writeFile', 'write files');
      const { taskId, ...change } = checkInput('writeFile', writeFileSchema, call);
      const write = filesFor(binding, taskId).then((files) =>
        files.write(binding.sessionId, fileWrite(change)),
      );
      return onRecord(binding, 'writeFile', write);
    },

    mergeFiles: async (call) => {
      const binding = await standing.requireActing('mergeFiles', 'write files');
      const { files: changes, taskId } = checkInput('mergeFiles', mergeFilesSchema, call);
      const merge = filesFor(binding, taskId).then((files) =>
        files.merge(binding.sessionId, changes.map(fileWrite)),
      );
      return onRecord(binding, 'mergeFiles', merge);
    },

    openTree: async (call) => {
      const binding = await standing.requireActing('openTree', 'open a worktree');
      const holder = { ...checkInput('openTree', taskTreeSchema, call), memberId: binding.actor.memberId };
      const open = treesOf(binding).then((trees) => trees.open(holder));
      return onRecord(binding, 'openTree', open);
    },

    commitTree: async (call) => {
      const binding = await standing.requireActing('commitTree', 'commit');
      const holder = { ...checkInput('commitTree', taskTreeSchema, call), memberId: binding.actor.memberId };
      const commit = treesOf(binding).then((trees) => trees.commit(holder));
      return onRecord(binding, 'commitTree', commit);
    },
  };
}

/** A task that has a worktree writes there, and nowhere else. */
async function filesFor({ company, actor }: Binding, taskId: TaskId | null): Promise<Workspace> {
  if (taskId === null || !company.worktrees) return company.workspace;
  return company.worktrees.filesOf(actor.memberId, taskId);
}

/** @throws CoordError `WRONG_STATE` - the tasks of this host share one folder */
async function treesOf({ company }: Binding): Promise<Worktrees> {
  if (company.worktrees) return company.worktrees;
  throw new CoordError(
    'WRONG_STATE',
    'There are no worktrees at this host: start it with `serve --workspace FOLDER --workspace-mode worktree`',
  );
}

function fileWrite({ base64, ...write }: z.output<typeof fileChangeSchema>): FileWrite {
  return { ...write, bytes: base64 === null ? null : Buffer.from(base64, 'base64') };
}
