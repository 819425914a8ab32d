/** A host that is killed while it appends loses nothing that it acknowledged, and leaves no half command. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { StoredEvent } from '../../../src/core/event.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import { seededRandom } from '../../seeded-random.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { seq } from '../log-events.ts';

const kills = Number(process.env['AGENTCOORD_TEST_KILLS'] ?? 15);
const child = path.join(import.meta.dirname, 'appending-child.ts');

it(`survives ${kills} kills`, { timeout: 10_000 + kills * 2_000 }, async () => {
  const random = seededRandom(20_261_122);
  const file = path.join(await temporaryFolder(), 'log.sqlite');
  for (let run = 1; run <= kills; run += 1) {
    const acked = await appendUntilKilled(file, String(run), 5 + random() * 120);
    expect(acked).toBeGreaterThan(0);

    const log = openSqliteEventLog(file);
    expect(await log.head()).toBeGreaterThanOrEqual(acked);
    requireWholeGroups(await readAll(log));
    await log.close();
    const database = new Database(file, { readonly: true });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  }
});

/** @returns the last `seq` that was acknowledged before the kill */
async function appendUntilKilled(file: string, run: string, afterFirstAckMs: number): Promise<number> {
  const appending = spawn(process.execPath, [child, file, run], { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(appending, 'close');
  let said = '';
  let complaints = '';
  appending.stderr.on('data', (bytes) => {
    complaints += bytes;
  });
  await new Promise<void>((resolve) => {
    appending.stdout.on('data', (bytes) => {
      said += bytes;
      resolve();
    });
    appending.on('close', () => resolve());
  });
  await delay(afterFirstAckMs);
  appending.kill('SIGKILL');
  const [, signal] = await closed;
  expect({ signal, complaints }).toEqual({ signal: 'SIGKILL', complaints: '' });
  return Number(said.trimEnd().split('\n').at(-1));
}

async function readAll(log: ReturnType<typeof openSqliteEventLog>): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await log.read(seq(events.length));
    if (page.length === 0) return events;
    events.push(...page);
  }
}

/** Each event says which of how many it is: those of a group stand next to each other, all of them. */
function requireWholeGroups(events: readonly StoredEvent[]): void {
  let expected = '1';
  for (const { seq: at, event } of events) {
    if (event.type !== 'task.released') throw new Error(`event ${at} is a ${event.type}`);
    const [place = '', size = ''] = event.reason.split('/');
    if (place !== expected) throw new Error(`event ${at} is ${event.reason}, expected number ${expected}`);
    expected = place === size ? '1' : String(Number(place) + 1);
  }
  if (expected !== '1') throw new Error('the log ends in the middle of a group');
}
