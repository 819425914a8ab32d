/**
 * A worker of a chaos test: claims, works and completes by the client library, and writes down what it was told.
 * Now and then it fails, or is so busy that it renews nothing and its lease lapses: it hands its work in all the same.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { ConnectOptions, HeldTask, Session } from '../../src/client/index.ts';
import { connect, hasCode } from '../../src/client/index.ts';
import { seededRandom } from '../seeded-random.ts';
import type { JournalEntry, JournalPlace } from './claim-journal.ts';
import { writeEntry } from './claim-journal.ts';
import { given, toldToFinish } from './member-session.ts';

export interface ClaimingSettings {
  /** Where the host is, and whom to act for. */
  readonly as: ConnectOptions & { readonly member: string };
  readonly journal: JournalPlace;
  readonly seed: number;
  /** How many of the tasks it fails at, 0 to 1. */
  readonly failing: number;
  /** How many it lets lapse, and how long it is busy then, in ms. */
  readonly lapsing: number;
  readonly lapse: number;
}

/** What it prints at its end. */
export interface ClaimingReport {
  readonly completed: number;
  readonly failed: number;
  readonly lost: number;
  readonly linesLost: number;
  /** The longest that it waited for a completion to be acked, in ms. */
  readonly slowest: number;
}

const settings: ClaimingSettings = given<ClaimingSettings>();
const random = seededRandom(settings.seed);
const finish = toldToFinish();
const counts = { claimed: 0, completed: 0, failed: 0, lost: 0 };
let linesLost = 0;
let slowest = 0;

function note(what: JournalEntry['what'], { id: task, token }: HeldTask): void {
  counts[what] += 1;
  writeEntry(settings.journal, { what, task, token });
}

/** The host may not have seen yet that the process before this one is gone. */
async function connectPatiently(): Promise<Session> {
  for (;;) {
    try {
      return await connect({ client: 'chaos', ...settings.as });
    } catch (error) {
      if (!hasCode(error, 'AGENT_BUSY')) throw error;
      await delay(50);
    }
  }
}

/** Not even a timer runs meanwhile. */
function beBusy(duration: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, duration);
}

async function work(task: HeldTask): Promise<void> {
  note('claimed', task);
  const dice = random();
  try {
    if (dice < settings.failing) {
      await task.fail(`It broke at ${Math.floor(random() * 1_000)}`);
      note('failed', task);
      return;
    }
    if (dice < settings.failing + settings.lapsing) beBusy(settings.lapse);
    else await delay(random() * 4);
    const handedInAt = performance.now();
    await task.complete();
    slowest = Math.max(slowest, performance.now() - handedInAt);
    note('completed', task);
  } catch (error) {
    if (!hasCode(error, 'LEASE_LOST')) throw error;
    note('lost', task);
  }
}

const session = await connectPatiently();
session.onLineLost(() => {
  linesLost += 1;
});
console.log('ready');
while (!finish.aborted) {
  const task = await session.claimTask({ wait: 500 });
  if (task) await work(task);
}
const { completed, failed, lost } = counts;
const report: ClaimingReport = { completed, failed, lost, linesLost, slowest };
await session.close();
console.log(JSON.stringify(report));
