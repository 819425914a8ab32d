/** A log that is long enough to be trimmed. */
import { expect } from 'vitest';
import { dumpState, emptyState } from '../../../src/core/state.ts';
import type { RedisEventLog } from '../../../src/log/redis/redis-event-log.ts';
import { group, logged } from '../log-events.ts';

/** Somewhat more than a piece of the archive holds. */
const enough = 2_200;
const atOnce = 100;

export async function grow(log: RedisEventLog): Promise<void> {
  const before = await log.head();
  for (let n = 0; n < enough; n += atOnce) {
    const batch = Array.from({ length: atOnce }, (_, at) => group(before, logged(`event ${n + at}`)));
    await log.append(batch);
  }
}

/** Appends, and keeps a snapshot at the end of it as the host's version has it: what is due is archived then. */
export async function growAndTrim(log: RedisEventLog, version = 7): Promise<void> {
  log.presence.show();
  await grow(log);
  await expect.poll(() => log.presence.hosts().length, { timeout: 5_000 }).toBeGreaterThan(0);
  await log.saveSnapshot({ seq: await log.head(), version, state: dumpState(emptyState()) });
}
