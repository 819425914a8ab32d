/** Does one claimed task: brief, runner, artifacts, answer; and says how it went. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { HeldLock } from '../client/held-lock.ts';
import type { Holdings } from '../client/holdings.ts';
import type { WorkerHandover } from '../contract/model-access.ts';
import type { TaskBrief } from '../contract/queries.ts';
import type { Coordination } from '../contract/rpc.ts';
import type { ProducedFile, Runner, RunResult, Spend, WantedCall } from '../contract/runner.ts';
import { CoordError } from '../core/error.ts';
import type { ArtifactHash, WorkerId } from '../core/ids.ts';
import type { Artifact } from '../core/task/task.ts';
import { makeRunFolder, removeRunFolder } from '../process/run-folders.ts';
import { approvals } from './ask-approval.ts';
import type { Carried } from './carry-along.ts';
import { carryAlong } from './carry-along.ts';
import { companyActs } from './company-acts.ts';
import { openGuardedWorkspace } from './guarded-workspace.ts';
import type { HandedRun } from './prove-task.ts';
import { proveTask } from './prove-task.ts';
import type { RunEnd, RunningTask } from './running-task.ts';
import type { WorkerDisk } from './settings.ts';
import { bringTree, openTaskTree } from './task-tree.ts';
import type { Log } from './worker-log.ts';
import { taskLog } from './worker-log.ts';

export interface TaskRunner {
  readonly host: Pick<
    Coordination,
    | 'command'
    | 'query'
    | 'putArtifact'
    | 'listFiles'
    | 'readFile'
    | 'writeFile'
    | 'mergeFiles'
    | 'openTree'
    | 'commitTree'
  >;
  readonly runner: Runner;
  readonly options: Readonly<Record<string, unknown>>;
  readonly handover: WorkerHandover;
  readonly disk: WorkerDisk;
  readonly log: Log;
  readonly workerId: WorkerId;
  /** Of all its tasks. */
  readonly locks: Holdings<HeldLock>;
  /** Is told once what is handed in is on the line. */
  readonly handingIn: () => void;
}

const maxReason = 2_000;

/** Never rejects: what goes wrong is the attempt's, and is told to the company while the lease holds. */
export async function runTask(
  held: RunningTask,
  { host: line, runner, options, handover, disk, log, workerId, locks, handingIn }: TaskRunner,
): Promise<void> {
  const startedAt = performance.now();
  const there = openGuardedWorkspace(line, held.id, locks, held.ending);
  let say = log;
  const refused: { call: WantedCall | null } = { call: null };
  try {
    const brief = await line.query('taskBrief', { taskId: held.id });
    say = taskLog(log, brief.task);
    say(`started${brief.epic ? ` for "${brief.epic.title}"` : ''}, attempt ${brief.task.attempts.length}`);
    const opened = await openTaskTree(held, brief, line);
    const bring = bringerOf(brief, disk, { log: say, signal: held.ending });
    if (opened && disk === 'host') await bring(opened.folder);
    const result = await inWorkspace(workerId, async (workspace) => {
      const place = { guarded: there, workspace, disk, log: say };
      const { tree, guarded, host } = await bringTree(opened, line, place);
      const result = await runner.run({
        brief,
        workspace,
        tree,
        guarded,
        carryAlong: bring,
        acts: companyActs(host, held, brief.member.id, tree !== null),
        handover,
        signal: held.ending,
        log: say,
        spend: (call) => spend(held, call, host, refused),
        approve: approvals(host, held.ending),
        readArtifact: (hash) => readArtifact(host, hash as ArtifactHash),
        options,
      });
      // It gave the task back itself.
      if (result.kind === 'waits') return result;
      held.ending.throwIfAborted();
      await handIn(held, { brief, tree, guarded, carryAlong: bring, workspace, log: say }, result, {
        host,
        handingIn,
      });
      return result;
    });
    say(`${endWords(result)} after ${secondsSince(startedAt)}`);
  } catch (error) {
    await tellFailure(held, error, line, say, refused.call);
  } finally {
    there.close();
  }
}

/** Where the workspace is not on this disk there is nothing to be brought along. */
function bringerOf(
  { workspace: { folder: from } }: TaskBrief,
  disk: WorkerDisk,
  carried: Carried,
): (folder: string) => Promise<void> {
  const isHere = disk === 'host' || (disk === 'apart' && existsSync(from));
  return isHere ? (folder) => carryAlong(from, folder, carried) : async () => undefined;
}

function endWords(result: RunResult): string {
  switch (result.kind) {
    case 'artifacts':
      return 'handed in';
    case 'review':
      return result.decision;
    case 'waits':
      return result.words;
  }
}

async function handIn(
  held: RunningTask,
  run: HandedRun,
  result: Exclude<RunResult, { kind: 'waits' }>,
  { host, handingIn }: Pick<TaskRunner, 'host' | 'handingIn'>,
): Promise<void> {
  const { id: taskId, token } = held;
  const { task } = run.brief;
  if ((task.kind === 'review') !== (result.kind === 'review')) {
    throw new CoordError(
      'RUNNER_FAILED',
      `The runner gave "${result.kind}" for a task of kind "${task.kind}"`,
    );
  }
  if (result.kind === 'review') {
    const { decision, note } = result;
    const answered = host.command({ type: 'task.answer', taskId, token, decision, note });
    handingIn();
    await answered;
    return;
  }
  const artifacts: Artifact[] = [];
  for (const file of result.files) artifacts.push(await host.putArtifact(sealed(file)));
  const committed = run.tree && (await host.commitTree({ taskId, token }));
  if (committed) artifacts.push(committed.patch);
  const change = committed && { commit: committed.commit, base: committed.base };
  const proof = await proveTask(held, { ...run, files: result.files, artifacts, change });
  held.ending.throwIfAborted();
  const completed = host.command({ type: 'task.complete', taskId, token, artifacts, change, proof });
  handingIn();
  await completed;
}

async function tellFailure(
  { id: taskId, token, ending }: RunningTask,
  error: unknown,
  { command }: TaskRunner['host'],
  say: Log,
  /** For which no budget had room. */
  refused: WantedCall | null,
): Promise<void> {
  const why: RunEnd | null = ending.aborted ? ending.reason : null;
  const words = error instanceof Error ? error.message : String(error);
  if (
    why === 'lost' ||
    (error instanceof CoordError && ['LEASE_LOST', 'NOT_CONNECTED'].includes(error.code))
  ) {
    say(`dropped: the task is no longer this worker's${why === 'lost' ? '' : ` (${words})`}`);
    return;
  }
  try {
    if (why === 'stopping') {
      await command({
        type: 'task.release',
        taskId,
        token,
        reason: 'The worker was stopped before it finished',
      });
      say('given back: the worker stops');
    } else if (refused && error instanceof CoordError && error.code === 'BUDGET_EXCEEDED') {
      const { tokens, money } = refused;
      await command({ type: 'task.await_budget', taskId, token, tokens, money });
      say(`waits for its budget: ${words}`);
    } else {
      const reason = words.trim().slice(0, maxReason) || 'It failed without a word';
      await command({ type: 'task.fail', taskId, token, reason });
      say(`failed: ${reason}`);
    }
  } catch (refusal) {
    say(`could not tell the company: ${refusal instanceof Error ? refusal.message : String(refusal)}`);
  }
}

/** Notes the call that was refused: the task will wait for room for one like it. */
async function spend(
  { id: taskId, token }: RunningTask,
  call: WantedCall,
  { command }: TaskRunner['host'],
  refused: { call: WantedCall | null },
): ReturnType<Spend> {
  refused.call = call;
  const { events } = await command({ type: 'usage.reserve', taskId, token, ...call });
  refused.call = null;
  const reserved = events.flatMap(({ event }) => (event.type === 'usage.reserved' ? [event] : []));
  return {
    settle: async (used) => {
      for (const { reservation } of reserved) {
        await command({ type: 'usage.settle', reservationId: reservation.id, ...used });
      }
    },
  };
}

async function inWorkspace<Result>(
  workerId: WorkerId,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await makeRunFolder(workerId);
  try {
    return await use(folder);
  } finally {
    await removeRunFolder(folder);
  }
}

async function readArtifact(host: TaskRunner['host'], hash: ArtifactHash): Promise<Uint8Array> {
  const bytes = Buffer.from((await host.query('artifact', { hash })).base64, 'base64');
  if (sha256(bytes) === hash) return bytes;
  throw new CoordError(
    'ARTIFACT_MISSING',
    `The artifact ${hash} came with other bytes than it was handed in with`,
  );
}

function sealed({ path, bytes }: ProducedFile) {
  return { path, base64: Buffer.from(bytes).toString('base64'), hash: sha256(bytes) };
}

function sha256(bytes: Uint8Array): ArtifactHash {
  return createHash('sha256').update(bytes).digest('hex') as ArtifactHash;
}

function secondsSince(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
}
