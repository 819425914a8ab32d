/** One of several hosts of a company, in a process of its own: with its copy, its branch, its workers, and people who create tasks. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { CompanyCoordinator } from '../../src/coordinator/company-coordinator.ts';
import { stateVersion } from '../../src/coordinator/open-state.ts';
import { Scheduler } from '../../src/coordinator/scheduler.ts';
import { untilWritten } from '../../src/coordinator/until-written.ts';
import type { Actor } from '../../src/core/context.ts';
import type { CompanyId, HostId, Seq } from '../../src/core/ids.ts';
import { dumpState } from '../../src/core/state.ts';
import { parseRedisUrl } from '../../src/log/redis/redis-address.ts';
import { RedisEventLog } from '../../src/log/redis/redis-event-log.ts';
import { RedisStream } from '../../src/log/redis/redis-stream.ts';
import { openSqliteBranchStore } from '../../src/log/sqlite/branch/sqlite-branch-store.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { seededRandom } from '../seeded-random.ts';
import { Journal } from './shared-hosts-journal.ts';
import { foundCompany, memberNamed, openTasks, People } from './shared-hosts-people.ts';
import type { Habits } from './shared-hosts-worker.ts';
import { SharedWorker } from './shared-hosts-worker.ts';

export interface SharedHostSettings {
  readonly host: HostId;
  /** Of its way to Redis. */
  readonly port: number;
  readonly companyId: CompanyId;
  /** With its copy and its branch. */
  readonly folder: string;
  readonly journals: string;
  /** The name of this start of the host. */
  readonly run: string;
  readonly workers: readonly string[];
  readonly habits: Habits;
  readonly seed: number;
  /** The workers of all hosts, when it is to found the company first. */
  readonly found: readonly string[] | null;
}

/** How a host stands. */
export interface Sight {
  /** The creations that were acknowledged in this run. */
  readonly created: number;
  /** Tasks of all hosts that are neither done nor cancelled. */
  readonly open: number;
  readonly isAway: boolean;
  /** Why it can't go back to Redis, which answers. */
  readonly blocked: string | null;
  readonly head: Seq;
  readonly chain: string;
}

export type FromSharedHost =
  | { readonly kind: 'ready' | 'finished' }
  | { readonly kind: 'sight'; readonly sight: Sight }
  /** The SHA-256 of its whole state in JSON. */
  | { readonly kind: 'state'; readonly hash: string }
  | { readonly kind: 'fault'; readonly text: string };

/** `enough`: no task is created any more. `finish`: the workers do what they have in hand, and end. */
export type ToSharedHost = 'enough' | 'finish' | 'state';

const settings: SharedHostSettings = JSON.parse(process.argv[2] ?? '{}');
const { host, port, companyId, folder, journals, run, seed } = settings;
const asHost: Actor = { kind: 'host' };
const enough = new AbortController();
const finish = new AbortController();

function tell(message: FromSharedHost): void {
  // Whoever has let go of it hears nothing more.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

function onFault(error: unknown): void {
  tell({ kind: 'fault', text: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

async function openLog(): Promise<RedisEventLog> {
  const address = parseRedisUrl(`redis://127.0.0.1:${port}`);
  const stream = new RedisStream({ address, companyId, commandTimeout: 700 });
  const copy = openSqliteEventLog(path.join(folder, 'copy.sqlite'));
  const info = { machine: host, version: '1.0.0', stateVersion };
  return RedisEventLog.open(stream, copy, { id: host, info, sender: `${host}.${run}` });
}

const log = await openLog();
const coordinator = await CompanyCoordinator.open({
  log,
  host,
  openBranchStore: () => openSqliteBranchStore(path.join(folder, 'branch.sqlite')),
  onFault,
});
if (settings.found) await foundCompany(coordinator, settings.found);
await coordinator.execute(asHost, { type: 'host.join', name: host });
const scheduler = new Scheduler(coordinator, onFault);

/** Whose programs went with the earlier run: asked before there is any of this one. */
const left = await coordinator.read(({ workers }) =>
  [...workers.values()].filter(({ hostId, endedAt }) => hostId === host && endedAt === null),
);

async function endEarlierWorkers(): Promise<void> {
  const how = { outcome: 'crashed', reason: 'its host was killed' } as const;
  await Promise.all(
    left.map(({ id: workerId }) =>
      untilWritten(coordinator, onFault, async () => ({ type: 'worker.end', workerId, ...how })),
    ),
  );
}

const people = new People({
  ...{ coordinator, host, random: seededRandom(seed), backlog: 3 * settings.workers.length },
  owner: await memberNamed(coordinator, 'owner'),
  journal: new Journal(journals, run, 'people'),
});

async function newWorker(name: string, place: number): Promise<SharedWorker> {
  const memberId = await memberNamed(coordinator, name);
  const journal = new Journal(journals, run, name);
  const random = seededRandom(seed + 1 + place);
  return new SharedWorker({ coordinator, memberId, journal, habits: settings.habits, random });
}

async function look(): Promise<void> {
  const open = await coordinator.read((state) => openTasks(state).length);
  const { seq: head, chain } = await log.lastLink();
  const { outage } = coordinator;
  const blocked = outage?.blocked?.message ?? null;
  const sight = { created: people.created, open, isAway: outage !== null, blocked, head, chain };
  tell({ kind: 'sight', sight });
}

async function tellState(): Promise<void> {
  const text = await coordinator.read((state) => JSON.stringify(dumpState(state)));
  tell({ kind: 'state', hash: createHash('sha256').update(text).digest('hex') });
}

process.on('message', (message: ToSharedHost) => {
  if (message === 'enough') enough.abort();
  else if (message === 'finish') finish.abort();
  else void tellState();
});
const looking = setInterval(() => void look(), 200);
process.once('disconnect', () => {
  clearInterval(looking);
  void coordinator.close().finally(() => process.exit());
});
tell({ kind: 'ready' });

const crew = await Promise.all(settings.workers.map(newWorker));
await Promise.all([
  endEarlierWorkers(),
  people.direct(enough.signal),
  ...crew.map((worker) => worker.work(finish.signal)),
]);
await scheduler.close();
tell({ kind: 'finished' });
