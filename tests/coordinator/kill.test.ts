/** A host that is killed has every command that it acknowledged, and its state is that of its events. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { seededRandom } from '../seeded-random.ts';
import { dump, logFile, openCompany, replay } from './kit.ts';

const kills = Number(process.env['AGENTCOORD_TEST_KILLS'] ?? 6);
const child = path.join(import.meta.dirname, 'creating-child.ts');

it(`keeps what it acknowledged over ${kills} kills`, { timeout: 10_000 + kills * 4_000 }, async () => {
  const random = seededRandom(7);
  const file = await logFile();
  const { coordinator } = await openCompany({ log: openSqliteEventLog(file) });
  await coordinator.close();

  const acknowledged = new Set<string>();
  for (let run = 1; run <= kills; run += 1) {
    const titles = await createUntilKilled(file, String(run), random() * 150);
    for (const title of titles) acknowledged.add(title);

    const log = openSqliteEventLog(file);
    const again = await openCompany({ log });
    const state = await dump(again.coordinator);
    const kept = new Set([...state.tasks, ...state.threads].map(({ title }) => title));
    expect([...acknowledged].filter((title) => !kept.has(title))).toEqual([]);
    expect(state).toEqual(await replay(log));
    await again.coordinator.close();
  }
  expect(acknowledged.size).toBeGreaterThan(kills);
});

/** @returns what was acknowledged before the kill */
async function createUntilKilled(file: string, run: string, afterFirstMs: number): Promise<string[]> {
  const creating = spawn(process.execPath, [child, file, run], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(creating, 'close');
  let said = '';
  creating.stdout.on('data', (bytes) => {
    said += bytes;
  });
  await Promise.race([once(creating.stdout, 'data'), closed]);
  await delay(afterFirstMs);
  creating.kill('SIGKILL');
  const [, signal] = await closed;
  expect(signal).toBe('SIGKILL');
  return said.trimEnd().split('\n');
}
