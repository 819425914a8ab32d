/** Asks the host for workers and waits until each is ready, or has failed to be. */
import type { Coordination } from '../contract/rpc.ts';
import type { CommandInput } from '../core/command.ts';
import { CoordError } from '../core/error.ts';
import type { Seq, WorkerId } from '../core/ids.ts';
import type { Worker } from '../core/worker/worker.ts';
import { AnsweredRefusal } from './answered-refusal.ts';
import { withCompany } from './company-session.ts';
import { readNames } from './documents/names.ts';
import { workerDocument } from './documents/worker-document.ts';
import { findNamed } from './find-named.ts';
import { findWorker } from './find-worker.ts';
import type { GlobalOptions } from './global-options.ts';
import { openOutput } from './output/output.ts';
import { plainLine } from './output/plain-text.ts';

type Request = Omit<Extract<CommandInput, { type: 'worker.request' }>, 'type' | 'memberId'> & {
  /** Its name or id. */
  readonly agent?: string;
};

export async function spawnWorkers(
  { agent, ...wish }: Request,
  waitMs: number,
  options: GlobalOptions,
): Promise<void> {
  await withCompany(options, async ({ coordination }) => {
    const memberId = agent === undefined ? undefined : await findAgent(coordination, agent);
    await request(coordination, { ...wish, ...(memberId && { memberId }) }, waitMs, options);
  });
}

/** Another worker like one that there was, also when those before it crashed so often that the host waits. */
export async function retryWorker(key: string, waitMs: number, options: GlobalOptions): Promise<void> {
  await withCompany(options, async ({ coordination }) => {
    const { id } = await findWorker(coordination, key);
    const worker = (await coordination.query('workers', {})).find((each) => each.id === id);
    if (!worker) throw new CoordError('NOT_FOUND', `The worker ${id} is not kept any more`);
    const { memberId, launcher, runner } = worker;
    await request(coordination, { memberId, launcher, runner }, waitMs, options);
  });
}

async function findAgent(coordination: Coordination, key: string) {
  const members = await coordination.query('members', {});
  const agents = members.filter(({ agent }) => agent !== null).map(({ member }) => member);
  return findNamed(
    'agent',
    key,
    agents.map(({ id, name, roleIds }) => ({ id, name, hint: roleIds.join(', ') })),
  ).id;
}

async function request(
  coordination: Coordination,
  wish: Omit<Extract<CommandInput, { type: 'worker.request' }>, 'type'>,
  waitMs: number,
  { json }: GlobalOptions,
): Promise<void> {
  const output = openOutput(json);
  const { seq, events } = await coordination.command({ type: 'worker.request', ...wish });
  const asked = events.flatMap(({ event }) => (event.type === 'worker.requested' ? [event] : []));
  const wanted = new Map(asked.map(({ memberId, count }) => [memberId, count]));
  const started = await startedAfter(coordination, seq, wanted, waitMs);
  const names = await readNames(coordination);
  const workers = started.map((worker) => workerDocument(worker, names));
  const count = [...wanted.values()].reduce((sum, each) => sum + each, 0);
  output.answer({ asked: count, workers }, () => {
    const lines = workers.map(({ id, agent, state, exitReason }) =>
      exitReason === null
        ? `${id} of ${plainLine(agent)} is ${state}.`
        : `${id} of ${plainLine(agent)} ${state}: ${plainLine(exitReason)}`,
    );
    const missing = count - workers.length;
    return [
      ...lines,
      ...(missing > 0
        ? [
            `${missing} of ${count} wait: no host runs, or all its places for workers are taken (serve --workers).`,
          ]
        : []),
    ].join('\n');
  });
  const failed = workers.length < count || workers.some(({ state }) => state === 'crashed');
  if (failed) throw new AnsweredRefusal();
}

/** Those that were started for the request, once each is ready or has ended, or the time is over. */
async function startedAfter(
  coordination: Coordination,
  after: Seq,
  wanted: ReadonlyMap<Worker['memberId'], number>,
  waitMs: number,
): Promise<readonly Worker[]> {
  const ended = AbortSignal.timeout(waitMs);
  const open = new Map(wanted);
  const ids = new Set<WorkerId>();
  const settled = new Set<WorkerId>();
  const all = [...wanted.values()].reduce((sum, each) => sum + each, 0);
  try {
    follow: for await (const batch of coordination.follow(after, ended)) {
      for (const { event } of batch) {
        if (event.type === 'worker.started') {
          const left = open.get(event.worker.memberId) ?? 0;
          if (left === 0) continue;
          open.set(event.worker.memberId, left - 1);
          ids.add(event.worker.id);
        }
        const isSettled =
          event.type === 'worker.ready' || event.type === 'worker.crashed' || event.type === 'worker.stopped';
        if (isSettled && ids.has(event.workerId)) settled.add(event.workerId);
        if (settled.size === all) break follow;
      }
    }
  } catch (error) {
    if (!ended.aborted) throw error;
  }
  return (await coordination.query('workers', {})).filter(({ id }) => ids.has(id));
}
