/**
 * Runs the checks of a step on what is about to be handed in: here, not at the host, because a check runs what the agent
 * wrote, and that stays where the agent is.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GuardedWorkspace } from '../contract/guarded-workspace.ts';
import type { TaskBrief } from '../contract/queries.ts';
import type { ProducedFile, RunContext } from '../contract/runner.ts';
import type { OpenTree } from '../contract/task-tree.ts';
import type { ArtifactHash } from '../core/ids.ts';
import type { Proof } from '../core/task/proof.ts';
import { submissionHash } from '../core/task/submission.ts';
import type { Artifact, TreeChange } from '../core/task/task.ts';
import { FetchedFiles } from './fetched-files.ts';
import { runChecks } from './run-checks.ts';
import type { RunningTask } from './running-task.ts';
import type { Log } from './worker-log.ts';

export interface HandedRun {
  readonly brief: TaskBrief;
  readonly tree: OpenTree | null;
  readonly guarded: GuardedWorkspace;
  /** Brings installed packages and the like into a folder. */
  readonly carryAlong: RunContext['carryAlong'];
  /** The folder of this run alone. */
  readonly workspace: string;
  readonly log: Log;
}

export interface HandedIn extends HandedRun {
  readonly files: readonly ProducedFile[];
  readonly artifacts: readonly Artifact[];
  readonly change: Pick<TreeChange, 'commit'> | null;
}

/**
 * They run in the task's worktree, or else in a copy of the shared workspace, which nobody writes in without a lock, with `AGENTCOORD_OUTPUT` for the files that are handed in.
 * @returns null when the step has no checks
 * @throws CoordError `CHECKS_FAILED` - one did not pass, with the end of what it printed
 */
export async function proveTask(
  { ending }: Pick<RunningTask, 'ending'>,
  { brief, tree, guarded, carryAlong, workspace, log, files, artifacts, change }: HandedIn,
): Promise<Proof | null> {
  const { task } = brief;
  if (task.checks.length === 0) return null;
  const output = join(workspace, 'handed-in');
  await layOut(output, files);
  const folder = tree?.folder ?? (await sharedCopy({ guarded, carryAlong, workspace, log })) ?? output;
  const checks = await runChecks(task.checks, {
    folder,
    environment: { AGENTCOORD_OUTPUT: output, AGENTCOORD_TASK_ID: task.id },
    signal: ending,
    log,
  });
  return { hash: submissionHash(artifacts, sha256), commit: change?.commit ?? null, checks };
}

/** The files of the shared workspace as they are now, with what its list brings along; null: nobody has written in it yet. */
async function sharedCopy({
  guarded,
  carryAlong,
  workspace,
  log,
}: Pick<HandedIn, 'guarded' | 'carryAlong' | 'workspace' | 'log'>): Promise<string | null> {
  const { folder } = await FetchedFiles.fetch(guarded, join(workspace, 'shared'), log);
  if ((await readdir(folder)).length === 0) return null;
  await carryAlong(folder);
  return folder;
}

/** The host has taken their paths by then, so none leads out. */
async function layOut(folder: string, files: readonly ProducedFile[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { path, bytes } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

function sha256(text: string): ArtifactHash {
  return createHash('sha256').update(text).digest('hex') as ArtifactHash;
}
