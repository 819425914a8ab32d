/** A worker's life: says hello, works until it is told to stop, and gives back what it can't finish in time. */
import { startHeartbeat } from '../client/heartbeat.ts';
import type { HeldLock } from '../client/held-lock.ts';
import { Holdings } from '../client/holdings.ts';
import type { Coordination } from '../contract/rpc.ts';
import { rpcVersion } from '../contract/rpc.ts';
import type { Runner } from '../contract/runner.ts';
import { CoordError } from '../core/error.ts';
import type { Seq } from '../core/ids.ts';
import { measureGroup } from '../process/measure-group.ts';
import { runTask } from './run-task.ts';
import type { WorkerSettings } from './settings.ts';
import { diskOf, parseHandover } from './settings.ts';
import { WorkLoop } from './work-loop.ts';
import type { Log } from './worker-log.ts';

export interface WorkerParts {
  readonly host: Coordination;
  /** Resolves when the line to the host is gone. */
  readonly lineGone: Promise<void>;
  readonly settings: WorkerSettings;
  readonly runner: Runner;
  /** Aborts when the operating system asks the worker to stop. */
  readonly stop: AbortSignal;
  readonly log: Log;
}

/** Of the grace, what is kept for giving tasks back. */
const reserve = 0.25;

/** Resolves when it has drained. @throws CoordError `NOT_CONNECTED`, or what the host refused */
export async function work({ host, lineGone, settings, runner, stop, log }: WorkerParts): Promise<void> {
  const { worker: workerId, token, company } = settings;
  const { head, memberId } = await host.hello({ version: rpcVersion, token, company, client: 'worker' });
  const handover = settings.handover ?? parseHandover(await host.takeHandover());
  const { company: own, members } = await host.query('status', {});
  const me = members.find(({ member }) => member.id === memberId)?.member;
  if (!me) throw new CoordError('NOT_FOUND', `The worker's member ${memberId} is not in the company`);

  const locks = new Holdings<HeldLock>();
  const parts = {
    host,
    runner,
    options: settings.runner.options,
    handover,
    disk: diskOf(settings),
    log,
    workerId,
    locks,
  };
  const loop = new WorkLoop({
    host,
    workerId,
    slots: me.maxConcurrent,
    run: (held, handingIn) => runTask(held, { ...parts, handingIn }),
    log,
  });
  const ended = new AbortController();
  const giveBackTimer = onStop(stop, () => {
    log(`stopping: asked to; ${loop.held.size} tasks to finish`);
    loop.drain();
    return setTimeout(() => loop.endAll('stopping'), settings.graceMs * (1 - reserve));
  });
  await host.command({ type: 'worker.report_ready', workerId, pid: process.pid });
  log(`ready: works for ${me.name} (${me.roleIds.join(', ')}) with the runner "${runner.name}"`);
  const heartbeat = startHeartbeat(
    host,
    workerId,
    own.policy,
    (why) => log(`heartbeat refused: ${why instanceof Error ? why.message : String(why)}`),
    parts.disk === 'away' ? measureSelf : undefined,
  );
  const lost = lineGone.then(() => {
    loop.endAll('lost');
    if (!ended.signal.aborted) throw new CoordError('NOT_CONNECTED', 'The connection to the host is gone');
  });
  try {
    await Promise.race([
      loop.run(),
      watch(host, loop, locks, settings, { after: head, ended: ended.signal, log }),
      lost,
      heartbeat.refused,
    ]);
  } finally {
    // Whoever is refused has lost what it held; after an orderly end there is nothing left.
    loop.endAll('lost');
    ended.abort();
    heartbeat.stop();
    clearTimeout(giveBackTimer());
  }
}

/** Without its programs by name: what runs elsewhere is nobody's here. */
async function measureSelf() {
  const measured = await measureGroup(process.pid);
  if (measured === null) return null;
  const { cpuMs, memory, processes } = measured;
  return { cpuMs: Math.round(cpuMs), memory: Math.round(memory), processes };
}

/** Sees what happens to the tasks that are held, and the worker being told to drain. Ends only with an error. */
async function watch(
  host: Coordination,
  loop: WorkLoop,
  locks: Holdings<HeldLock>,
  { worker }: WorkerSettings,
  { after, ended, log }: { readonly after: Seq; readonly ended: AbortSignal; readonly log: Log },
): Promise<never> {
  let seen = after;
  while (!ended.aborted) {
    try {
      for await (const batch of host.follow(seen, ended, 'holdings')) {
        for (const stored of batch) {
          const { seq, event } = stored;
          seen = seq;
          loop.held.see(stored);
          locks.see(stored);
          if (event.type !== 'worker.draining' || event.workerId !== worker || loop.isDraining) continue;
          log('draining: finishes what it has, then ends');
          loop.drain();
        }
      }
    } catch (error) {
      if (!(error instanceof CoordError) || error.code !== 'FOLLOW_TOO_SLOW') throw error;
    }
  }
  return new Promise<never>(() => undefined);
}

/** @returns the timer that was started by then */
function onStop(stop: AbortSignal, act: () => NodeJS.Timeout): () => NodeJS.Timeout | undefined {
  let timer: NodeJS.Timeout | undefined;
  const react = () => {
    timer = act();
  };
  if (stop.aborted) react();
  else stop.addEventListener('abort', react, { once: true });
  return () => timer;
}
