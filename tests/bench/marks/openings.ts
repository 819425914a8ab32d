/** How long a start takes: 100,000 events without a snapshot, and 1,000,000 with one. */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { stateVersion } from '../../../src/coordinator/open-state.ts';
import { snapshotGap } from '../../../src/coordinator/snapshots.ts';
import { dumpState } from '../../../src/core/state.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import { Crew } from '../crew.ts';
import { GrowingLog } from '../grown-log.ts';
import { median } from '../statistics.ts';
import type { Mark } from './mark.ts';
import type { Opening, OpeningOrder } from './opening-child.ts';

const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;

export async function measureReplay(folder: string, rounds: number, events = 100_000): Promise<Mark> {
  const file = await newFile(folder, 'replay');
  const log = openSqliteEventLog(file);
  const growing = new GrowingLog(log);
  await growing.growTo(events);
  const live = hashOf(growing);
  await log.close();
  const openings = await open(file, rounds);
  const ms = median(openings.map((opening) => opening.ms));
  const equal = openings.every(({ hash }) => hash === live);
  return {
    what: `Replay of ${events.toLocaleString('en')} events`,
    wanted: '< 3 s',
    measured: seconds(ms),
    met: ms < 3_000 && equal,
    note: `no snapshot; the state is ${equal ? 'byte-equal to' : 'NOT that of'} the one that grew`,
  };
}

export async function measureStart(folder: string, rounds: number, events = 1_000_000): Promise<Mark> {
  const file = await newFile(folder, 'start');
  const log = openSqliteEventLog(file);
  const growing = new GrowingLog(log);
  await growing.growTo(events - 100_000);
  // The worst that a start can meet: the next snapshot was just about to be taken.
  await growing.growTo(events - snapshotGap(growing.state));
  await log.saveSnapshot({ seq: growing.state.seq, version: stateVersion, state: dumpState(growing.state) });
  const folded = growing.state.seq;
  await growing.growTo(events);
  const live = hashOf(growing);
  await log.close();
  const openings = await open(file, rounds);
  const ms = median(openings.map((opening) => opening.ms));
  const equal = openings.every(({ hash }) => hash === live);
  const { tasks } = growing.state;
  return {
    what: `Start at ${events.toLocaleString('en')} events, with a snapshot`,
    wanted: '< 1 s',
    measured: seconds(ms),
    met: ms < 1_000 && equal,
    note:
      `${tasks.size.toLocaleString('en')} tasks at hand, ${(growing.state.seq - folded).toLocaleString('en')} events ` +
      `after the snapshot; the state is ${equal ? 'byte-equal to' : 'NOT that of'} the one that grew`,
  };
}

async function newFile(folder: string, name: string): Promise<string> {
  await mkdir(path.join(folder, name));
  return path.join(folder, name, 'log.sqlite');
}

/** Each in a fresh process. */
async function open(file: string, rounds: number): Promise<Opening[]> {
  const openings: Opening[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const crew = new Crew<OpeningOrder, Opening>(path.join(import.meta.dirname, 'opening-child.ts'), 1);
    openings.push(...(await crew.all(() => ({ file }))));
    await crew.dismiss();
  }
  return openings;
}

function hashOf({ state }: GrowingLog): string {
  return createHash('sha256')
    .update(JSON.stringify(dumpState(state)))
    .digest('hex');
}
