/** A log that grew by thousands of events of work gives the very same state again, byte by byte, however it is built. */
import { expect, it } from 'vitest';
import { openState, stateVersion } from '../../src/coordinator/open-state.ts';
import { dumpState } from '../../src/core/state.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { GrowingLog } from '../bench/grown-log.ts';
import { logFile } from './kit.ts';

const [folded, length] = [4_000, 5_000];

it('is byte-equal from the first event, and from a snapshot and the events after it', async () => {
  const file = await logFile();
  const log = openSqliteEventLog(file);
  const growing = new GrowingLog(log);
  await growing.growTo(folded);
  const early = { seq: growing.state.seq, version: stateVersion, state: dumpState(growing.state) };
  await growing.growTo(length);
  const live = JSON.stringify(dumpState(growing.state));

  const replayed = await openState(log);
  expect(replayed.snapshotSeq).toBe(0);
  expect(JSON.stringify(dumpState(replayed.state))).toBe(live);

  await log.saveSnapshot(early);
  await log.close();
  const again = openSqliteEventLog(file);
  const restored = await openState(again);
  expect(restored.snapshotSeq).toBe(early.seq);
  expect(restored.state.seq).toBeGreaterThanOrEqual(length);
  expect(JSON.stringify(dumpState(restored.state))).toBe(live);
  await again.close();
});
