/** Many worker processes claim from one host: no task has two holders, none is lost, and what was acked is in the log. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { announceSeed, inThisRun, isLong, timeout } from './chaos-run.ts';
import { CrewOfWorkers, endAndVerify } from './crew-of-workers.ts';
import { startWatchedHost } from './watched-host.ts';

const workers = inThisRun({ short: 4, long: 32 });
const tasks = inThisRun({ short: 200, long: 10_000 });
const lease = inThisRun({ short: 1, long: 3 });
/** Tasks that are done between two kills of a worker; the short form kills one or two. */
const killEvery = inThisRun({ short: 100, long: 500 });

it(`${workers} workers do ${tasks} tasks: none claimed twice, none lost`, { timeout }, async () => {
  const seed = announceSeed('claims');
  const random = seededRandom(seed);
  const host = await startWatchedHost();
  const crew = await CrewOfWorkers.open(host, {
    company: 'Busy',
    workers,
    // Whatever fails is tried again soon.
    policy: { lease: `${lease}s`, retry_base: '0.1s', max_attempts: 20, loop_after: 20 },
    habits: {
      failing: 0.02,
      lapsing: inThisRun({ short: 0.02, long: 0.005 }),
      lapse: lease * 1_500,
    },
    seed,
  });
  let kills = 0;
  const startedAt = performance.now();
  const creating = crew.createTasks(tasks);
  let nextKill = killEvery * (0.5 + random());
  while (crew.doneSoFar < tasks) {
    await delay(5);
    if (crew.doneSoFar < nextKill) continue;
    await crew.killAndRestart(Math.floor(random() * workers));
    kills += 1;
    nextKill = crew.doneSoFar + killEvery * (0.5 + random());
  }
  await creating;
  const seconds = (performance.now() - startedAt) / 1_000;
  const report = await crew.dismiss();
  const { faults, ...counted } = await crew.audit();
  console.log(
    `claims: ${tasks} tasks in ${seconds.toFixed(1)} s, ${counted.claims} claims, ${counted.expired} lapsed, ` +
      `${report.failed} failed, ${report.lost} refused as lost, ${kills} killed`,
  );
  expect(faults).toEqual([]);
  expect(counted.done).toBe(tasks);
  // Otherwise it shows little.
  expect(kills).toBeGreaterThan(0);
  expect(counted.claims).toBeGreaterThan(tasks);
  if (isLong) expect(counted.expired).toBeGreaterThan(0);
  expect(report.linesLost).toBe(0);
  expect(await endAndVerify(host)).toEqual([]);
  expect(host.complaints).toEqual([]);
});
