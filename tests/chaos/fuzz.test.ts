/** Hostile clients on many lines at once send what no good client sends; those who work beside them notice nothing. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createCompany } from '../../src/client/index.ts';
import { seededRandom } from '../seeded-random.ts';
import { announceSeed, inThisRun, timeout } from './chaos-run.ts';
import { CrewOfWorkers, endAndVerify } from './crew-of-workers.ts';
import { HostileLine } from './hostile-line.ts';
import type { Recording } from './hostile-recording.ts';
import { recordFrames } from './hostile-recording.ts';
import { anyOf, brokenTexts, oneOf, wrongCalls } from './hostile-texts.ts';
import type { WatchedHost } from './watched-host.ts';
import { startWatchedHost } from './watched-host.ts';

const frames = inThisRun({ short: 2_000, long: 100_000 });
const attackers = inThisRun({ short: 8, long: 16 });
/** The host answers or closes within this, in ms, however busy the machine is. */
const patience = 20_000;
/** By how much its heap may have grown at the end: a kilobyte for each frame would be more. */
const mostLeft = 64 * 1024 * 1024;
/** Lines, for one with a frame that is almost as long as it takes. */
const betweenGiants = 1_000;
const aGiant = Buffer.from(`{"t":"q","m":"${'x'.repeat(30_000_000)}","a":[]}`);

interface Tally {
  frames: number;
  lines: number;
  /** Lines on which a last question was asked, and those of them that the host closed instead. */
  awaited: number;
  closed: number;
}

it(`bears ${frames} hostile frames, and nobody else notices`, { timeout }, async () => {
  const seed = announceSeed('fuzz');
  const host = await startWatchedHost({ web: true });
  const { socket, token } = host;
  const suffering = { name: 'Target', departments: [{ name: 'eng', teams: [team] }] };
  await createCompany({ socket, token, from: { file: suffering } });
  const recording = await recordFrames(host, 'Target');
  const crew = await CrewOfWorkers.open(host, {
    company: 'Honest',
    workers: 2,
    policy: { lease: '20s' },
    habits: { failing: 0, lapsing: 0, lapse: 0 },
    seed,
  });
  // What is loaded at the first use counts as no growth.
  const tally: Tally = { frames: 0, lines: 0, awaited: 0, closed: 0 };
  await attack(host, recording, seededRandom(seed), tally, 200);
  const before = await host.look();

  const over = new AbortController();
  const honest = keepBusy(crew, over.signal);
  const random = seededRandom(seed + 1);
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: attackers }, (_, n) =>
      attack(host, recording, seededRandom(Math.floor(random() * 2 ** 31) + n), tally, frames),
    ),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  over.abort();
  const tasks = await honest;
  const report = await crew.dismiss();

  const after = await untilLinesAreGone(host, before.lines - crew.members);
  const mb = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
  console.log(
    `fuzz: ${tally.frames} frames on ${tally.lines} lines in ${seconds.toFixed(1)} s, ${tally.closed} of ${tally.awaited} closed by the host; ` +
      `${report.completed} tasks done beside it, the slowest completion ${report.slowest.toFixed(0)} ms; ` +
      `heap ${mb(before.heapBytes)} → ${mb(after.heapBytes)} MB, resident ${mb(before.residentBytes)} → ${mb(after.residentBytes)} MB`,
  );
  const { faults } = await crew.audit();
  expect(faults).toEqual([]);
  expect(report).toMatchObject({ completed: tasks, failed: 0, lost: 0, linesLost: 0 });
  expect(report.slowest).toBeLessThan(patience);
  expect(after.everywhere).toEqual([]);
  expect(after.heapBytes - before.heapBytes).toBeLessThan(mostLeft);
  // Some went on as if nothing had been, most were closed.
  expect(tally.closed).toBeGreaterThan(tally.awaited / 2);
  expect(tally.closed).toBeLessThan(tally.awaited);
  expect(await endAndVerify(host)).toEqual([]);
  expect(host.complaints).toEqual([]);
});

const team = { name: 'victims', members: [{ name: 'ann', role: 'engineer', max_concurrent: 100 }] };

/** One line after the other until all together have sent enough: calls that are wrong, and at the end something worse. */
async function attack(
  host: WatchedHost,
  { hello, texts }: Recording,
  random: () => number,
  tally: Tally,
  enough: number,
): Promise<void> {
  while (tally.frames < enough) {
    const line = await HostileLine.open(host, random() < 0.5 ? 'socket' : 'WebSocket');
    tally.lines += 1;
    // Some never say who they are.
    if (random() < 0.85) line.say(Buffer.from(hello));
    for (let left = Math.floor(random() * 14); left > 0; left -= 1) {
      line.say(anyOf(wrongCalls, random)(oneOf(texts, random), random));
      tally.frames += 1;
    }
    tally.frames += 1;
    const worse = random();
    if (worse < 0.3) {
      // The host may well wait for the rest of it.
      line.sayWrongly(Buffer.from(oneOf(texts, random)), Math.floor(random() * line.waysToFrameWrongly));
    } else {
      if (worse < 0.3 + 1 / betweenGiants) line.say(aGiant);
      else if (worse < 0.9) line.say(anyOf(brokenTexts, random)(oneOf(texts, random), random));
      // Half of them do not even wait for an answer.
      if (random() < 0.5) {
        tally.awaited += 1;
        if (!(await line.isAnswered(`last-${tally.lines}`, patience))) tally.closed += 1;
      }
    }
    await line.hangUp(patience);
  }
}

/** Gives the honest ones something to do until it is over. @returns how many tasks */
async function keepBusy(crew: CrewOfWorkers, over: AbortSignal): Promise<number> {
  let tasks = 0;
  while (!over.aborted || tasks === 0) {
    await crew.createTasks(10);
    tasks += 10;
    while (crew.doneSoFar < tasks) await delay(5);
  }
  return tasks;
}

/** Lines that are closed take a moment to be gone. @throws when more than these are left */
async function untilLinesAreGone(host: WatchedHost, lines: number) {
  for (let tries = 0; ; tries += 1) {
    const holding = await host.look();
    if (holding.lines <= lines || tries === 100) {
      expect(holding.lines, 'lines that are left').toBeLessThanOrEqual(lines);
      return holding;
    }
    await delay(100);
  }
}
