/**
 * Four hosts with eight workers each share a company in a Redis that is killed, emptied and stopped, and lose it, and are
 * killed themselves: no task is run twice at once, nothing that was acknowledged is lost, and all end with the same state.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { EventLog } from '../../src/contract/event-log.ts';
import { verifyLog } from '../../src/coordinator/verify-log.ts';
import type { Seq } from '../../src/core/ids.ts';
import { openSqliteBranchStore } from '../../src/log/sqlite/branch/sqlite-branch-store.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { replay } from '../coordinator/kit.ts';
import { startRedisServer } from '../log/redis/redis-servers.ts';
import { seededRandom } from '../seeded-random.ts';
import { announceSeed, inThisRun, isLong, timeout } from './chaos-run.ts';
import { SharedAudit } from './shared-hosts-audit.ts';
import { SharedFleet } from './shared-hosts-fleet.ts';
import { readJournals } from './shared-hosts-journal.ts';
import type { TroubleName } from './shared-hosts-troubles.ts';
import { Troubles } from './shared-hosts-troubles.ts';

const hosts = 4;
const workersEach = 8;
const tasks = inThisRun({ short: 300, long: 20_000 });
/** In ms: long enough that a host claims by itself, and in the long form gives up before others take over. */
const longestCut = inThisRun({ short: 3_000, long: 8_000 });
const habits = { work: inThisRun({ short: 800, long: 150 }), releasing: 0.01, leaving: 0.002 };

const ofRedis: readonly TroubleName[] = ['pause', 'kill', 'forget'];
const all: readonly TroubleName[] = [
  ...ofRedis,
  ...(['cut', 'cut', 'sendLate', 'forgetWhileCutOff'] as const),
  ...(['killHost', 'killHostAlone', 'killHostCutOff', 'loseHost'] as const),
];
/** One of each in turn; by the seed one of these. */
const shortPlans: readonly (readonly (readonly TroubleName[])[])[] = [
  [['cut'], ['killHostAlone']],
  [ofRedis, ['cut'], ['killHost']],
  [ofRedis, ['killHostCutOff']],
];

async function makeTrouble(troubles: Troubles, fleet: SharedFleet, seed: number): Promise<void> {
  if (!isLong) {
    for (const kind of shortPlans[seed % shortPlans.length] ?? []) {
      await troubles.rest();
      await troubles.oneOf(kind);
    }
    return;
  }
  while (fleet.created < tasks && fleet.faults.length === 0) {
    await troubles.rest();
    await troubles.oneOf(all);
  }
}

it(`${hosts} hosts do ${tasks} tasks, whatever becomes of Redis, the way there and themselves`, {
  timeout,
}, async () => {
  const seed = announceSeed('shared hosts');
  const random = seededRandom(seed);
  const server = await startRedisServer();
  onTestFinished(() => server.stop());
  const fleet = await SharedFleet.open(server.port, { hosts, workersEach, habits, seed });
  const troubles = new Troubles({ server, fleet, random, longestCut });
  const beganAt = performance.now();
  try {
    await makeTrouble(troubles, fleet, seed);
    await fleet.calm();
    await fleet.createdAtLeast(tasks);
    fleet.tellAll('enough');
    await fleet.done();
    await fleet.finish();
  } catch (error) {
    console.log(troubles.story.join('\n'));
    throw error;
  }
  const seconds = (performance.now() - beganAt) / 1_000;
  const states = await fleet.states();
  await fleet.close();

  const folded = await Promise.all(states.map((_, n) => inspect(fleet.folder(n))));
  const [first] = folded;
  if (!first) throw new Error('there is no host');
  const { faults, ...counted } = first.audit.close(readJournals(fleet.journals), fleet.deaths);
  const met = [...troubles.met].map(([name, n]) => `${name} ${n}`).join(', ');
  console.log(`shared hosts: ${seconds.toFixed(0)} s, ${JSON.stringify(counted)}; ${met}`);
  if (faults.length > 0)
    console.log([...troubles.story, ...first.audit.about(faults.slice(0, 10))].join('\n'));
  expect(faults.slice(0, 10)).toEqual([]);
  expect(fleet.faults).toEqual([]);
  expect(new Set([...states, ...folded.map(({ state }) => state)]).size).toBe(1);
  expect(folded.map(({ verdict }) => verdict)).toEqual(folded.map(() => 'ok'));
  expect(folded.map(({ deedsLeft }) => deedsLeft)).toEqual(folded.map(() => 0));
  // Otherwise it shows little.
  expect(counted.created).toBeGreaterThanOrEqual(tasks);
  expect(counted.claimsElsewhere).toBeGreaterThan(0);
  expect(fleet.deaths.size).toBeGreaterThan(0);
  if (!isLong) return;
  expect(counted.claimedAlone).toBeGreaterThan(0);
  expect(counted.completedAlone).toBeGreaterThan(0);
  expect(Object.keys(counted.conflicts)).not.toEqual([]);
  expect(counted.hostsLost).toBeGreaterThan(0);
});

/** What a host has left behind, as anybody finds it there. */
async function inspect(folder: string) {
  const log: EventLog = openSqliteEventLog(path.join(folder, 'copy.sqlite'));
  const branch = openSqliteBranchStore(path.join(folder, 'branch.sqlite'));
  try {
    const audit = new SharedAudit();
    for (let after = 0 as Seq; ; ) {
      const page = await log.read(after);
      for (const stored of page) audit.see(stored);
      const last = page.at(-1);
      if (!last) break;
      after = last.seq;
    }
    const state = createHash('sha256')
      .update(JSON.stringify(await replay(log)))
      .digest('hex');
    const { ok, fault } = await verifyLog(log, { anchor: null });
    return { audit, state, verdict: ok ? 'ok' : fault, deedsLeft: branch.count() };
  } finally {
    branch.close();
    await log.close();
  }
}
