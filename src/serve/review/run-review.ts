/** A review from the copy of its folder to its report: a host and a company of its own, which are gone afterwards. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Finding } from '../../contract/review-report.ts';
import { bySeverity, findingsPath, findingsSchema, summaryPath } from '../../contract/review-report.ts';
import type { ReviewPart } from '../../contract/reviews.ts';
import type { Coordination } from '../../contract/rpc.ts';
import { rpcVersion } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import type { TaskId } from '../../core/ids.ts';
import type { Task } from '../../core/task/task.ts';
import { openHost } from '../open-host.ts';
import { copyFolder } from './copy-folder.ts';
import { leadsTask, reviewCompany } from './review-company.ts';
import type { ReviewReport, ReviewWish } from './review-wish.ts';

const mostNamed = 20;

/** @throws CoordError why it did not get to its end */
export async function runReview(wish: ReviewWish): Promise<ReviewReport> {
  const startedAt = performance.now();
  const path = resolve(wish.path);
  const folder = await mkdtemp(join(tmpdir(), 'agentcoord-review-'));
  try {
    const workspace = join(folder, 'workspace');
    await mkdir(workspace);
    const { files, leftOut } = await copyFolder(path, workspace);
    const host = await openHost({
      dataDir: join(folder, 'data'),
      name: 'agentcoord review',
      workspace,
      modelsFrom: wish.modelsFrom,
    });
    try {
      const coordination = host.connect();
      await coordination.hello({ version: rpcVersion, token: host.token, company: null, client: 'review' });
      await coordination.createCompany({ from: { file: reviewCompany(modelOf(wish.model)) } });
      const look = { coordination, workspace };
      const tell = async (partIds: readonly TaskId[]) =>
        wish.onProgress?.({ files, parts: await partsOf(look, partIds) });
      await tell([]);
      const whole = await reviewed(coordination, wish, tell);
      const out = wish.out === null ? null : resolve(wish.out);
      const report = await reportOf(look, whole, out);
      const by = wish.model === null ? ('rules' as const) : ('model' as const);
      const summary = withLeftOut(report.summary, leftOut);
      const seconds = Math.round(performance.now() - startedAt) / 1_000;
      return { path, by, seconds, files, leftOut, ...report, summary, out };
    } finally {
      await host.close();
    }
  } finally {
    // What was copied may hold secrets.
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whoever reads a summary must know what it says nothing of. */
function withLeftOut(summary: string, leftOut: readonly string[]): string {
  if (leftOut.length === 0) return summary;
  const more = leftOut.length > mostNamed ? ` and ${leftOut.length - mostNamed} more` : '';
  return `${summary.trimEnd()}\n\nNot looked at: ${leftOut.slice(0, mostNamed).join(', ')}${more}\n`;
}

function modelOf(text: string | null): { provider?: string; model: string } | null {
  if (text === null) return null;
  const [, provider, model = text] = /^([^/]+)\/(.+)$/.exec(text) ?? [];
  return { model, ...(provider !== undefined && { provider }) };
}

/** Resolves with the lead's task once it is done. @throws CoordError `RUNNER_FAILED` - it failed, or waits for somebody */
async function reviewed(
  coordination: Coordination,
  { stop, note }: Pick<ReviewWish, 'stop' | 'note'>,
  tell: (parts: readonly TaskId[]) => Promise<void>,
): Promise<Task> {
  const wish = {
    type: 'task.create',
    title: 'Review the code base',
    description: leadsTask,
    roleId: 'cto',
  } as const;
  const { events, seq } = await coordination.command(wish);
  const [created] = events;
  if (created?.event.type !== 'task.created') throw new CoordError('INTERNAL', 'no review was created');
  const taskId = created.event.task.id;
  for await (const batch of coordination.follow(seq, stop)) {
    for (const { event } of batch) {
      if (event.type === 'task.divided') note(`${event.parts.length} reviews begin`);
      if (event.type === 'task.attempt_failed') note(`An attempt failed: ${event.reason}`);
      if (event.type === 'member.rested') note(`Waits: ${event.reason}`);
      if (event.type === 'task.asked')
        throw failed(`An agent asks, and nobody is there to answer: ${event.question.text}`);
      if (event.type === 'task.done') note(`Done: ${(await taskOf(coordination, event.taskId)).title}`);
    }
    const task = await taskOf(coordination, taskId);
    await tell(task.parts);
    if (task.state === 'done') return task;
    if (task.state === 'failed') throw failed(task.failedBecause ?? 'the lead failed');
  }
  throw failed('it was stopped');
}

interface Look {
  readonly coordination: Coordination;
  /** The copy that is reviewed. */
  readonly workspace: string;
}

async function reportOf(
  look: Look,
  whole: Task,
  out: string | null,
): Promise<Pick<ReviewReport, 'summary' | 'reviews'>> {
  const { coordination } = look;
  const reviews = await partsOf(look, whole.parts);
  if (out !== null) {
    await mkdir(out);
    for (const [at, id] of whole.parts.entries()) {
      await writeFiles(coordination, await taskOf(coordination, id), join(out, reviews[at]?.reviewer ?? ''));
    }
    await writeFiles(coordination, whole, out);
  }
  return { summary: (await textOf(coordination, whole, summaryPath)) ?? '', reviews };
}

/** Each with what it has found so far: that is there once it is done. */
async function partsOf({ coordination, workspace }: Look, ids: readonly TaskId[]): Promise<ReviewPart[]> {
  const members = await coordination.query('members', {});
  const nameOf = (id: string | null) => members.find(({ member }) => member.id === id)?.member.name ?? '';
  const parts: ReviewPart[] = [];
  for (const id of ids) {
    const part = await taskOf(coordination, id);
    const { founded, unfounded } = await checked(
      (await textOf(coordination, part, findingsPath)) ?? '',
      workspace,
    );
    parts.push({
      title: part.title,
      reviewer: nameOf(part.assigneeId),
      worker: part.attempts.at(-1)?.workerId ?? null,
      state: standingOf(part),
      findings: founded.sort(bySeverity),
      unfounded,
    });
  }
  return parts;
}

function standingOf({ state }: Task): ReviewPart['state'] {
  if (state === 'done' || state === 'failed') return state;
  return state === 'leased' ? 'working' : 'waiting';
}

/** A model may have dreamed: what points at nothing is left out. */
async function checked(text: string, workspace: string): Promise<{ founded: Finding[]; unfounded: number }> {
  const parsed = findingsSchema.safeParse(jsonOf(text));
  if (!parsed.success) return { founded: [], unfounded: 0 };
  const founded: Finding[] = [];
  for (const finding of parsed.data) {
    const isInside = !finding.file.split(/[\\/]/).includes('..');
    const content = isInside ? await readFile(join(workspace, finding.file), 'utf8').catch(() => null) : null;
    if (content !== null && finding.line <= content.split('\n').length) founded.push(finding);
  }
  return { founded, unfounded: parsed.data.length - founded.length };
}

async function writeFiles(coordination: Coordination, { submission }: Task, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { hash, path } of submission?.artifacts ?? []) {
    const { base64 } = await coordination.query('artifact', { hash });
    // The last part of the name alone: a model chose it.
    await writeFile(join(folder, path.split('/').at(-1) ?? 'file'), Buffer.from(base64, 'base64'));
  }
}

async function textOf(
  coordination: Coordination,
  { submission }: Task,
  path: string,
): Promise<string | null> {
  const artifact = submission?.artifacts.find((one) => one.path === path);
  if (!artifact) return null;
  const { base64 } = await coordination.query('artifact', { hash: artifact.hash });
  return Buffer.from(base64, 'base64').toString('utf8');
}

const taskOf = async (coordination: Coordination, taskId: TaskId): Promise<Task> =>
  (await coordination.query('task', { taskId })).task;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const failed = (words: string): CoordError => new CoordError('RUNNER_FAILED', `There is no review: ${words}`);
