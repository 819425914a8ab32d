/** The state of a company is what its events give: for a host that starts again, and for a client that follows. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { stateVersion } from '../../src/coordinator/open-state.ts';
import { eventVersion } from '../../src/core/event.ts';
import { evolve } from '../../src/core/evolve.ts';
import { dumpState, restoreState } from '../../src/core/state.ts';
import { openConnection } from '../../src/log/sqlite/connection.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { claim, complete, createTasks, dump, logFile, openCompany, replay, startWorker } from './kit.ts';

describe('the state', () => {
  it('is what the events give, from the first one and from a snapshot', async () => {
    const file = await logFile();
    const first = await openCompany({ log: openSqliteEventLog(file), snapshotEvery: 50 });
    const workerId = await startWorker(first, 'ada');
    await createTasks(first, 40);
    for (let n = 0; n < 20; n += 1) {
      const claimed = await claim(first, 'ada', workerId);
      if (claimed) await complete(first, 'ada', claimed);
    }
    const live = await dump(first.coordinator);
    await first.coordinator.close();

    const log = openSqliteEventLog(file);
    const snapshot = await log.loadSnapshot(stateVersion);
    expect(snapshot?.seq).toBeGreaterThan(0);
    expect(await replay(log)).toEqual(live);
    const second = await openCompany({ log });
    expect(await dump(second.coordinator)).toEqual(live);
    // It goes on where the first one stopped.
    expect((await second.as('owner', { type: 'task.create', title: 'next' })).seq).toBe(live.seq + 1);
  });

  it('reaches a client whole by a snapshot and what follows it', async () => {
    const company = await openCompany({ maxBatch: 7 });
    const end = new AbortController();
    const clients = Array.from({ length: 4 }, async (_, n) => {
      await delay(n * 3);
      const state = restoreState(structuredClone(await dump(company.coordinator)));
      for await (const events of company.coordinator.follow(state.seq, end.signal)) {
        for (const event of events) {
          expect(event.seq).toBe(state.seq + 1);
          evolve(state, event);
        }
        if (state.tasks.size === 300) break;
      }
      return dumpState(state);
    });
    for (let n = 0; n < 30; n += 1) {
      await createTasks(company, 10);
      await delay(1);
    }
    const live = await dump(company.coordinator);
    for (const state of await Promise.all(clients)) expect(state).toEqual(live);
    end.abort();
  });

  it('is not built from events of a newer version', async () => {
    const file = await logFile();
    const { coordinator } = await openCompany({ log: openSqliteEventLog(file) });
    await coordinator.close();
    const database = openConnection(file);
    database.exec(`UPDATE events SET version = ${eventVersion + 1} WHERE seq = 3`);
    database.close();
    await expect(openCompany({ log: openSqliteEventLog(file) })).rejects.toMatchObject({
      code: 'DATABASE_TOO_NEW',
      details: { seq: 3, version: eventVersion + 1, known: eventVersion },
    });
  });

  it('is not built from a snapshot behind which events of a newer version stand', async () => {
    const file = await logFile();
    const { coordinator } = await openCompany({ log: openSqliteEventLog(file) });
    const state = await dump(coordinator);
    await coordinator.close();
    const newer = openSqliteEventLog(file);
    await newer.saveSnapshot({ seq: state.seq, version: stateVersion, state });
    await newer.close();
    const database = openConnection(file);
    database.exec(`UPDATE events SET version = ${eventVersion + 1} WHERE seq > 3`);
    database.close();
    await expect(openCompany({ log: openSqliteEventLog(file) })).rejects.toMatchObject({
      code: 'DATABASE_TOO_NEW',
      details: { seq: state.seq, version: eventVersion + 1, known: eventVersion },
    });
  });

  it('is not built from events that don’t fit together', async () => {
    const file = await logFile();
    const { coordinator } = await openCompany({ log: openSqliteEventLog(file) });
    await coordinator.close();
    const database = openConnection(file);
    database.exec(
      `UPDATE events SET data = '{"type":"task.created"}', type = 'task.created'
       WHERE seq = (SELECT max(seq) FROM events)`,
    );
    database.close();
    await expect(openCompany({ log: openSqliteEventLog(file) })).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
      message: expect.stringContaining('task.created'),
    });
  });
});
