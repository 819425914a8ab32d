/** `verify` holds every kept snapshot against the events: what a host would start from is never taken on trust. */
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChainVerdict } from '../../src/contract/hash-chain.ts';
import { stateVersion } from '../../src/coordinator/open-state.ts';
import { verifyLog } from '../../src/coordinator/verify-log.ts';
import type { Seq } from '../../src/core/ids.ts';
import { openLogFile } from '../../src/log/sqlite/open-records.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { seededRandom } from '../seeded-random.ts';
import { busyCompany } from './busy-company.ts';
import { logFile } from './kit.ts';

let file: string;
let seqs: readonly Seq[];

beforeEach(async () => {
  file = await logFile();
  const { coordinator } = await busyCompany(seededRandom(3), { log: openSqliteEventLog(file), rounds: 60 });
  await coordinator.close();
  seqs = await inLog((log) => log.snapshotSeqs(stateVersion));
  expect(seqs.length).toBeGreaterThan(2);
});

async function inLog<Answer>(ask: (log: ReturnType<typeof openLogFile>) => Promise<Answer>): Promise<Answer> {
  const log = openLogFile(file);
  try {
    return await ask(log);
  } finally {
    log.close();
  }
}

const verdict = (): Promise<ChainVerdict> => inLog((log) => verifyLog(log, { anchor: null }));

function tamper(sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

describe('a kept snapshot', () => {
  it('that is what the events give is counted', async () => {
    expect(await verdict()).toMatchObject({ ok: true, snapshots: seqs.length, fault: null });
  });

  it.each([
    ['a member got another name', `replace(state, '"name":"ada"', '"name":"eve2"')`, 'members differ'],
    ['a row was taken out', `json_remove(state, '$.tasks[0]')`, 'tasks differ'],
    ['the company was renamed', `json_set(state, '$.company.name', 'Mine')`, 'company differ'],
    ['a field was put in', `json_insert(state, '$.members[0].admin', json('true'))`, 'members differ'],
    ['it is no JSON', `substr(state, 1, 100)`, 'all tables differ'],
    ['it says another seq', `json_set(state, '$.seq', 1)`, 'seq differ'],
  ])('is told of when %s', async (_what, state, where) => {
    const at = seqs[1];
    tamper(`UPDATE snapshots SET state = ${state} WHERE seq = ${at}`);
    const { ok, events, head, fault } = await verdict();
    expect({ ok, fault }).toMatchObject({ ok: false, fault: { kind: 'snapshot', seq: at } });
    expect(fault?.why).toContain(
      `The snapshot at event ${at} is not what the events up to it give: ${where}.`,
    );
    expect(fault?.why).toContain('The events hold the truth');
    expect(events).toBe(head.seq);
  });

  it('may have its fields in another order', async () => {
    const database = new Database(file);
    for (const seq of seqs) {
      const { company, tasks, ...rest } = JSON.parse(
        database.prepare<[number], string>('SELECT state FROM snapshots WHERE seq = ?').pluck().get(seq) ??
          '',
      ) as { company: object; tasks: object[] };
      const turned = tasks.map((task) => Object.fromEntries(Object.entries(task).reverse()));
      const text = JSON.stringify({ ...rest, tasks: turned, company });
      database.prepare('UPDATE snapshots SET state = ? WHERE seq = ?').run(text, seq);
    }
    database.close();
    expect(await verdict()).toMatchObject({ ok: true, snapshots: seqs.length });
  });

  it('is told of with the others that are wrong', async () => {
    tamper(`UPDATE snapshots SET state = json_set(state, '$.company.name', 'Mine')`);
    const { fault } = await verdict();
    expect(fault?.seq).toBe(seqs[0]);
    expect(fault?.why).toContain(`So are those at ${seqs.slice(1).join(', ')}.`);
  });

  it('is told of when the log ends before it', async () => {
    tamper(`DELETE FROM events WHERE seq >= ${seqs.at(-1)}`);
    const { fault } = await verdict();
    expect(fault).toMatchObject({ kind: 'snapshot', seq: seqs.at(-1) });
    expect(fault?.why).toContain('is of a longer log than this one');
  });

  it('of another version is nobody’s start, and is passed over', async () => {
    tamper(`UPDATE snapshots SET state = '{}', version = ${stateVersion - 1} WHERE seq = ${seqs[0]}`);
    expect(await verdict()).toMatchObject({ ok: true, snapshots: seqs.length - 1 });
  });

  it('comes second to an event that was changed', async () => {
    tamper(`UPDATE snapshots SET state = '{}' WHERE seq = ${seqs[0]}`);
    tamper(`UPDATE events SET actor = 'member_eve' WHERE seq = ${Number(seqs[0]) + 1}`);
    expect((await verdict()).fault).toMatchObject({ kind: 'changed', seq: Number(seqs[0]) + 1 });
  });
});
