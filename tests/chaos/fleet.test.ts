/**
 * Many workers for a long time: each that is killed is replaced, every task is done, none of their processes is left, and the
 * host neither grows nor gets in the way. The short form shows that this holds; what it takes, the long one measures.
 */
import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { StoredEvent } from '../../src/core/event.ts';
import { openSandbox } from '../cli/run-agentcoord.ts';
import { serve } from '../cli/serving-host.ts';
import { seededRandom } from '../seeded-random.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { announceSeed, inThisRun, isLong } from './chaos-run.ts';
import type { ProcessUse } from './process-use.ts';
import { beganAt, processUse } from './process-use.ts';
import { connectOwner } from './served-host.ts';

const workers = inThisRun({ short: 4, long: 50 });
/** The short form ends when it has seen what it wants to see. */
const minutes = isLong ? Number(process.env['AGENTCOORD_FLEET_MINUTES'] ?? 10) : 0;
/** What a task takes: with this many workers the host has some 25 of them to look after in a second. */
const slow = inThisRun({ short: '200ms', long: '2s' }).replace('200ms', '0.2s');
const killEvery = inThisRun({ short: 2_000, long: 10_000 });
const sampleEvery = inThisRun({ short: 500, long: 5_000 });
const timeout = minutes * 60_000 + 180_000;
const fewTasks = 10 * workers;
/** Fewer first claims say nothing of how long one takes. */
const fewClaims = inThisRun({ short: workers, long: 20 });
/** Each fifth worker runs programs, and these leave one behind that knows nothing of its worker. */
const programEvery = inThisRun({ short: 4, long: 5 });
/** In the environment of what they start, whatever becomes of its parents and its group. */
const mark = `FLEET_MARK=${randomUUID()}`;
/** By then the host has twice as many ended tasks behind it as it keeps in its memory. */
const warm = 6_000;

/** The marks of the long form; on a machine that is busy with other things they say nothing. */
const marks = { firstClaimMs: 500, overheadMs: 5, growth: 0.05 };

it(`${workers} workers ${isLong ? `for ${minutes} minutes` : 'for a moment'}`, { timeout }, async () => {
  const random = seededRandom(announceSeed('fleet'));
  const sandbox = await openSandbox();
  onTestFinished(() => sandbox.remove());
  await sandbox.json('init', '--template', await fleetFile());
  const host = await serve(sandbox.dataDir, '--no-http', '--workers', String(workers));
  onTestFinished(async () => void (await host.end('SIGKILL')));
  const owner = await connectOwner(sandbox.dataDir);
  const hostPid = host.process.pid as number;
  const seen = new Fleet();
  const watching = new AbortController();
  const watched = watch(owner, seen, watching.signal);

  const until = performance.now() + minutes * 60_000;
  const samples: (ProcessUse & { readonly done: number })[] = [];
  let programs = 0;
  let [created, nextKill, nextSample] = [0, performance.now() + 2 * killEvery, 0];
  const isSeen = () =>
    seen.done >= fewTasks &&
    seen.killed > 0 &&
    seen.most === workers &&
    seen.firstClaims.length >= fewClaims &&
    programs > 0;
  while (performance.now() < until || !isSeen()) {
    // There is always something to do, and never a heap of it.
    for (; created < seen.done + 3 * workers; created += 1) {
      await owner.command({ type: 'task.create', title: `Part ${created}`, roleId: 'engineer' as never });
    }
    if (performance.now() >= nextKill) {
      const pids = [...seen.live.values()];
      const pid = pids[Math.floor(random() * pids.length)];
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
      // Too many crashes of one agent, and none is started for it for a while.
      nextKill = isLong ? performance.now() + killEvery : Number.POSITIVE_INFINITY;
    }
    if (performance.now() >= nextSample) {
      samples.push({ ...(await processUse(hostPid)), done: seen.done });
      programs = Math.max(programs, (await marked()).length);
      nextSample = performance.now() + sampleEvery;
    }
    await delay(50);
  }
  const tasks = await owner.query('tasks', { state: 'failed', limit: 10 });
  watching.abort();
  await watched;
  owner.close();
  expect(await host.end()).toBe(0);

  const left: number[] = [];
  for (const [pid, began] of seen.pids) {
    const now = await beganAt(pid);
    if (now !== null && now === (await began)) left.push(pid);
  }
  const figures = figuresOf(samples, seen);
  console.log(
    `fleet: ${seen.done} tasks by ${seen.pids.size} processes, ${seen.killed} killed; ` +
      `spawn to first claim p50 ${figures.firstClaim.alone} ms one by one, ${figures.firstClaim.all} ms with those that start together; ` +
      `${figures.overhead.toFixed(2)} ms of the host a task; ` +
      `memory ${(figures.memory / 1e6).toFixed(0)} MB, grown by ${(figures.growth * 100).toFixed(1)} %`,
  );
  expect(left).toEqual([]);
  // What the programs of killed workers started is ended by others, a moment later.
  await expect.poll(marked, { timeout: 20_000 }).toEqual([]);
  expect(programs).toBeGreaterThan(0);
  expect(tasks).toEqual([]);
  expect(seen.most).toBe(workers);
  expect(seen.done).toBeGreaterThan(workers);
  expect(seen.killed).toBeGreaterThan(0);
  if (!isLong) return;
  expect(seen.firstClaims.length).toBeGreaterThan(workers);
  expect(figures.firstClaim.alone).toBeLessThan(marks.firstClaimMs);
  expect(figures.firstClaim.all).toBeLessThan(marks.firstClaimMs);
  expect(figures.overhead).toBeLessThan(marks.overheadMs);
  expect(figures.growth).toBeLessThan(marks.growth);
});

/** What happens to the workers, as the log tells it. */
class Fleet {
  /** Those that have reported, with their process. */
  readonly live = new Map<string, number>();
  /** With when each began. */
  readonly pids = new Map<number, Promise<string | null>>();
  /** In ms from the start of a worker to its first claim; `alone`: no other was starting then. */
  readonly firstClaims: { readonly wait: number; readonly alone: boolean }[] = [];
  readonly #starting = new Map<string, { readonly at: number; readonly alone: boolean }>();
  done = 0;
  killed = 0;
  most = 0;

  see({ at, event }: StoredEvent): void {
    if (event.type === 'worker.started') {
      this.#starting.set(event.worker.id, { at, alone: this.#starting.size === 0 });
    } else if (event.type === 'worker.ready') {
      this.live.set(event.workerId, event.pid);
      this.pids.set(event.pid, beganAt(event.pid));
      this.most = Math.max(this.most, this.live.size);
    } else if (event.type === 'task.claimed' && event.workerId !== null) {
      const start = this.#starting.get(event.workerId);
      if (start) this.firstClaims.push({ wait: at - start.at, alone: start.alone });
      this.#starting.delete(event.workerId);
    } else if (event.type === 'worker.crashed' || event.type === 'worker.stopped') {
      if (event.type === 'worker.crashed') this.killed += 1;
      this.live.delete(event.workerId);
      this.#starting.delete(event.workerId);
    } else if (event.type === 'task.done') this.done += 1;
  }
}

async function watch(
  owner: Awaited<ReturnType<typeof connectOwner>>,
  fleet: Fleet,
  ended: AbortSignal,
): Promise<void> {
  for await (const batch of owner.follow(0 as never, ended)) for (const stored of batch) fleet.see(stored);
}

function figuresOf(samples: readonly (ProcessUse & { readonly done: number })[], { firstClaims }: Fleet) {
  const median = (values: readonly number[]) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  const settled = samples.filter(({ done }) => done >= (isLong ? warm : 0));
  const few = Math.ceil(settled.length / 6);
  const [first, last] = [settled[0], settled.at(-1)];
  const memoryOf = (some: readonly ProcessUse[]) => median(some.map(({ memory }) => memory));
  return {
    firstClaim: {
      alone: median(firstClaims.filter(({ alone }) => alone).map(({ wait }) => wait)),
      all: median(firstClaims.map(({ wait }) => wait)),
    },
    overhead: first && last ? (last.cpuMs - first.cpuMs) / Math.max(1, last.done - first.done) : 0,
    memory: memoryOf(settled.slice(-few)),
    growth: memoryOf(settled.slice(-few)) / memoryOf(settled.slice(0, few)) - 1,
  };
}

/** The processes that have the mark, wherever they are. */
async function marked(): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const environment = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '');
    if (environment.includes(mark)) found.push(Number(name));
  }
  return found;
}

/** As many engineers as there are workers, each at one task at a time. */
async function fleetFile(): Promise<string> {
  const file = path.join(await temporaryFolder(), 'fleet.yaml');
  const command = `${mark} setsid sleep 3600 & sleep ${Number.parseFloat(slow)}; echo done`;
  const program = `{ name: command, command: ${JSON.stringify(command)} }`;
  const members = Array.from({ length: workers }, (_, n) => {
    const runner = n % programEvery === 0 ? program : `{ name: script, slow: ${slow} }`;
    return `      - { name: agent_${n}, role: engineer, runner: ${runner} }`;
  });
  const lines = [
    'name: Fleet',
    'policy: { retry_base: 0s, max_attempts: 20 }',
    'departments:',
    '  - name: making',
    '    teams:',
    '    - name: makers',
    '      members:',
    ...members,
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}
