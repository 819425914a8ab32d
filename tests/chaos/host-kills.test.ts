/**
 * The host is killed at random moments, in the middle of its work and while it starts. Nothing that it acked is lost,
 * the log is whole, and it is back within two seconds.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openState } from '../../src/coordinator/open-state.ts';
import { dumpState } from '../../src/core/state.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { replay } from '../coordinator/kit.ts';
import { smallCompany } from '../real-company.ts';
import { seededRandom } from '../seeded-random.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { AckedEvents } from './acked-events.ts';
import { announceSeed, inThisRun, timeout } from './chaos-run.ts';
import { chainFaultIn, onlyLogIn, readLogFile } from './log-file.ts';
import { connectOwner, startHost } from './served-host.ts';
import { startTraffic } from './traffic.ts';

/** Each company is small: what is looked at after a kill is all of its log. */
const companies = inThisRun({ short: 1, long: 20 });
const killsEach = inThisRun({ short: 10, long: 50 });
/** Of so many kills one comes while the host starts, about. */
const startKillOf = 6;
const longestTraffic = 150;
const longestStart = 400;
/** After a kill another client's command is acked, in ms. */
const backWithin = 2_000;

interface Counts {
  kills: number;
  killsAtStart: number;
  acked: number;
  /** From each kill until another client's command was acked, in ms. */
  readonly backAfter: number[];
}

it('loses nothing that it acked, however often the host is killed', { timeout: 2 * timeout }, async () => {
  const random = seededRandom(announceSeed('host kills'));
  const counts: Counts = { kills: 0, killsAtStart: 0, acked: 0, backAfter: [] };
  for (let n = 0; n < companies; n += 1) await killTheHostOfOneCompany(random, counts);

  const { backAfter, ...rest } = counts;
  const back = quantiles(backAfter);
  console.log(`host kills: ${JSON.stringify({ ...rest, backAfterMs: { ...back, wanted: backWithin } })}`);
  expect(counts.kills).toBe(companies * killsEach);
  expect(counts.acked).toBeGreaterThan(counts.kills);
  // Always within it when it runs alone, as the long form does; in `npm test` other tests take the processors.
  expect(inThisRun({ short: back.median, long: back.max })).toBeLessThan(backWithin);
});

async function killTheHostOfOneCompany(random: () => number, counts: Counts): Promise<void> {
  const dataDir = await temporaryFolder();
  const acked = new AckedEvents();
  let host = startHost(dataDir);
  await host.ready;
  const creator = await connectOwner(dataDir);
  await creator.createCompany({ from: { file: smallCompany() } });
  creator.close();
  const file = await onlyLogIn(dataDir);

  for (let kill = 1; kill <= killsEach; kill += 1) {
    const traffic = await startTraffic(dataDir, `${kill}`, acked);
    await traffic.firstAck;
    await delay(random() * longestTraffic);
    let killedAt = performance.now();
    await host.end('SIGKILL');
    await traffic.over;
    while (kill < killsEach && random() < 1 / startKillOf) {
      kill += 1;
      counts.killsAtStart += 1;
      const starting = startHost(dataDir);
      await delay(random() * longestStart);
      killedAt = performance.now();
      await starting.end('SIGKILL');
    }

    host = startHost(dataDir);
    await host.ready;
    const client = await connectOwner(dataDir);
    acked.note(await client.command({ type: 'task.create', title: `after kill ${kill}` }));
    counts.backAfter.push(performance.now() - killedAt);
    client.close();
    expect(host.said()).not.toMatch(/fault|stays closed/);
    expectWhole(file, acked);
    if (kill % 10 === 0) expect(await chainFaultIn(file)).toBeNull();
  }
  await host.end('SIGTERM');
  expectWhole(file, acked);
  expect(await chainFaultIn(file)).toBeNull();
  await expectStateIsThatOfItsEvents(file);
  counts.kills += killsEach;
  counts.acked += acked.commands;
}

function expectWhole(file: string, acked: AckedEvents): void {
  const { integrity, textBySeq, doubled } = readLogFile(file);
  expect(integrity).toBe('ok');
  expect(acked.lostFrom(textBySeq)).toEqual([]);
  expect(doubled).toEqual([]);
}

/** The snapshots that it saved between the kills are as good as folding everything. */
async function expectStateIsThatOfItsEvents(file: string): Promise<void> {
  const log = openSqliteEventLog(file);
  const { state } = await openState(log);
  expect(dumpState(state)).toEqual(await replay(log));
  await log.close();
}

function quantiles(values: readonly number[]): { median: number; p99: number; max: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
  return { median: at(0.5), p99: at(0.99), max: at(1) };
}
