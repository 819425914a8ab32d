/** Every way to tamper with the file of a log, at random places: `verify` says which event is the first bad one. */
import { copyFile, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ChainLink, ChainVerdict, LogRecord } from '../../src/contract/hash-chain.ts';
import { firstLink, linkText } from '../../src/contract/hash-chain.ts';
import type { Anchor } from '../../src/coordinator/chain-anchor.ts';
import { verifyLog } from '../../src/coordinator/verify-log.ts';
import { sha256 } from '../../src/coordinator/world.ts';
import { openLogFile } from '../../src/log/sqlite/open-records.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { group, readied, released } from '../log/log-events.ts';
import { seededRandom } from '../seeded-random.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** More than two pages of the walk. */
const count = 1_200;
const seed = Number(process.env['AGENTCOORD_TEST_SEED'] ?? 20_261_122);
const rounds = 8;

let anchor: ChainLink;

async function writeLog(file: string): Promise<void> {
  const log = openSqliteEventLog(file);
  const batch = Array.from({ length: count / 2 }, (_, n) =>
    group(0, released(`t${n}`, `reason ${n}`), readied(`t${n}`)),
  );
  await log.append(batch);
  anchor = await log.lastLink();
  await log.close();
}

/** A copy of the log, after somebody was at it with another program. */
async function tampered(alter: (database: Database.Database) => void): Promise<string> {
  const file = path.join(await temporaryFolder(), 'log.sqlite');
  await copyFile(untouched, file);
  const database = new Database(file);
  database.transaction(() => alter(database))();
  database.close();
  return file;
}

async function verdictOf(file: string, noted: Anchor = anchor): Promise<ChainVerdict> {
  const log = openLogFile(file);
  try {
    return await verifyLog(log, { anchor: noted });
  } finally {
    log.close();
  }
}

let untouched: string;
beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'agentcoord-verify-'));
  untouched = path.join(folder, 'log.sqlite');
  await writeLog(untouched);
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

type Tampering = (database: Database.Database, at: number, random: () => number) => void;

const rowSql = 'SELECT seq, at, actor, version, type, data, chain FROM events WHERE seq = ?';
const rowAt = (database: Database.Database, seq: number) => database.prepare(rowSql).get(seq) as LogRecord;

/** Moves every event from there on by one place; done in two steps, as no two may have one number meanwhile. */
function shift(database: Database.Database, from: number, by: 1 | -1): void {
  database.exec(`UPDATE events SET seq = -(seq + ${by}) WHERE seq >= ${from}`);
  database.exec('UPDATE events SET seq = -seq WHERE seq < 0');
}

/** Computes every link anew from there on, as somebody would who knows how. */
function relink(database: Database.Database, from: number): void {
  let chain = from === 1 ? firstLink : (rowAt(database, from - 1).chain ?? '');
  const rows = database.prepare('SELECT * FROM events WHERE seq >= ? ORDER BY seq').all(from) as LogRecord[];
  const link = database.prepare('UPDATE events SET chain = ? WHERE seq = ?');
  for (const row of rows) {
    chain = sha256(linkText(chain, row));
    link.run(chain, row.seq);
  }
}

const insertSql = `INSERT INTO events (seq, at, actor, type, version, data, touches, chain)
  SELECT :to, at, actor, type, version, replace(data, 'task_', 'task_x'), touches, chain FROM events WHERE seq = :from`;

const tamperings: readonly [string, Tampering, (at: number) => object][] = [
  [
    'what happened was changed',
    (database, at) =>
      database.prepare(`UPDATE events SET data = replace(data, '"task_', '"task_y') WHERE seq = ?`).run(at),
    (at) => ({ seq: at, kind: 'changed' }),
  ],
  [
    'one letter was changed',
    (database, at, random) => {
      const { data } = rowAt(database, at);
      // Not in the type, by which events are filed.
      const place = data.indexOf('task_') + Math.floor(random() * 5);
      const text = `${data.slice(0, place)}#${data.slice(place + 1)}`;
      database.prepare('UPDATE events SET data = ? WHERE seq = ?').run(text, at);
    },
    (at) => ({ seq: at, kind: 'changed' }),
  ],
  [
    'who did it was changed',
    (database, at) => database.prepare("UPDATE events SET actor = 'member_eve' WHERE seq = ?").run(at),
    (at) => ({ seq: at, kind: 'changed' }),
  ],
  [
    'when it happened was changed',
    (database, at) => database.prepare('UPDATE events SET at = at + 1 WHERE seq = ?').run(at),
    (at) => ({ seq: at, kind: 'changed' }),
  ],
  [
    'its version was changed',
    (database, at) => database.prepare('UPDATE events SET version = 7 WHERE seq = ?').run(at),
    (at) => ({ seq: at, kind: 'changed' }),
  ],
  [
    'it was filed as another type, so that a search misses it',
    (database, at) => database.prepare("UPDATE events SET type = 'tick' WHERE seq = ?").run(at),
    (at) => ({ seq: at, kind: 'changed' }),
  ],
  [
    'its link was changed',
    (database, at) => database.prepare('UPDATE events SET chain = ? WHERE seq = ?').run(sha256('x'), at),
    (at) => ({ seq: at, kind: 'changed' }),
  ],
  [
    'its link was taken out',
    (database, at) => database.prepare('UPDATE events SET chain = NULL WHERE seq = ?').run(at),
    (at) => ({ seq: at, kind: 'changed' }),
  ],
  [
    'it was taken out',
    (database, at) => database.prepare('DELETE FROM events WHERE seq = ?').run(at),
    (at) => (at === count ? { seq: at, kind: 'cut_off' } : { seq: at, kind: 'missing' }),
  ],
  [
    'it was taken out and the later ones moved up',
    (database, at) => {
      database.prepare('DELETE FROM events WHERE seq = ?').run(at);
      shift(database, at + 1, -1);
    },
    (at) => (at === count ? { seq: at, kind: 'cut_off' } : { seq: at }),
  ],
  [
    'one was put in and the later ones moved down',
    (database, at) => {
      shift(database, at + 1, 1);
      database.prepare(insertSql).run({ from: at, to: at + 1 });
    },
    (at) => ({ seq: at + 1 }),
  ],
  [
    'one was put in with a link that fits, and the later ones moved down',
    (database, at) => {
      shift(database, at, 1);
      database.prepare(insertSql).run({ from: at + 1, to: at });
      const previous = at === 1 ? firstLink : (rowAt(database, at - 1).chain ?? '');
      const chain = sha256(linkText(previous, rowAt(database, at)));
      database.prepare('UPDATE events SET chain = ? WHERE seq = ?').run(chain, at);
    },
    (at) => ({ seq: at === count ? count : at + 1 }),
  ],
  [
    'it changed places with the next one',
    (database, at) => {
      const first = Math.min(at, count - 1);
      database.exec(`UPDATE events SET seq = -1 WHERE seq = ${first}`);
      database.exec(`UPDATE events SET seq = ${first} WHERE seq = ${first + 1}`);
      database.exec(`UPDATE events SET seq = ${first + 1} WHERE seq = -1`);
    },
    (at) => ({ seq: Math.min(at, count - 1) }),
  ],
  [
    'the end was cut off',
    (database, at) => database.prepare('DELETE FROM events WHERE seq >= ?').run(at),
    (at) => ({ seq: at, kind: 'cut_off' }),
  ],
  [
    'everything from it on was written anew, every link with it',
    (database, at) => {
      database.prepare("UPDATE events SET actor = 'member_eve' WHERE seq = ?").run(at);
      relink(database, at);
    },
    () => ({ seq: count, kind: 'rewritten' }),
  ],
  [
    'something was put in before the first',
    (database, at) => database.prepare(insertSql).run({ from: at, to: -at }),
    (at) => ({ seq: -at, kind: 'misplaced' }),
  ],
];

describe('a log that somebody was at', () => {
  it.each(tamperings)('is found out when %s', async (_what, tamper, expected) => {
    const random = seededRandom(seed);
    const places = [1, 2, 499, 500, 501, count - 1, count];
    while (places.length < rounds + 7) places.push(1 + Math.floor(random() * count));
    for (const at of places) {
      const file = await tampered((database) => tamper(database, at, random));
      const { ok, fault } = await verdictOf(file);
      expect({ at, seed, ok, fault }).toMatchObject({ at, ok: false, fault: expected(at) });
      expect(fault?.why).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('is in order up to the event before', async () => {
    const file = await tampered((database) => database.exec('UPDATE events SET at = 7 WHERE seq = 700'));
    const log = openSqliteEventLog(untouched);
    const [record] = await log.readRecords(698 as never, 1);
    await log.close();
    expect(await verdictOf(file)).toMatchObject({
      events: 699,
      head: { seq: 699, chain: record?.chain },
      fault: {
        seq: 700,
        kind: 'changed',
        why: 'Event 700 is not what was written: its link does not fit it.',
      },
    });
  });

  it('says where its file can not be read any more', async () => {
    const file = await tampered(() => undefined);
    const handle = await open(file, 'r+');
    const { size } = await handle.stat();
    await handle.write(Buffer.alloc(4_096 * 3, 0xa5), 0, 4_096 * 3, Math.floor(size / 8_192) * 4_096);
    await handle.close();
    const { ok, fault } = await verdictOf(file);
    expect(ok).toBe(false);
    expect(fault).toMatchObject({ kind: 'unreadable', why: expect.stringContaining('put a backup') });
    expect(fault?.seq).toBeGreaterThan(0);
    expect(fault?.seq).toBeLessThanOrEqual(count);
  });
});

describe('a log that nobody was at', () => {
  it('is in order', async () => {
    expect(await verdictOf(untouched)).toEqual({
      ok: true,
      events: count,
      head: anchor,
      anchor,
      snapshots: 0,
      unchecked: [],
      fault: null,
    });
  });

  it('is in order when what was noted is behind it, or when nothing was', async () => {
    expect(await verdictOf(untouched, null)).toMatchObject({ ok: true, anchor: null });
    const log = openSqliteEventLog(untouched);
    const [record] = await log.readRecords(499 as never, 1);
    await log.close();
    const earlier = { seq: 500 as never, chain: record?.chain ?? '' };
    expect(await verdictOf(untouched, earlier)).toMatchObject({ ok: true, anchor: earlier });
  });

  it('says that its end can not be checked when nothing was noted', async () => {
    const file = await tampered((database) => database.exec(`DELETE FROM events WHERE seq > ${count - 4}`));
    const { ok, unchecked } = await verdictOf(file, null);
    expect({ ok, unchecked }).toEqual({
      ok: true,
      unchecked: [{ what: 'end', why: expect.stringContaining('The end can’t be checked') }],
    });
  });

  it('is at fault when what was noted can not be read', async () => {
    expect(await verdictOf(untouched, 'unreadable')).toMatchObject({
      ok: false,
      events: count,
      anchor: null,
      fault: { kind: 'anchor', seq: count, why: expect.stringContaining('can’t be read') },
    });
  });

  it('is in order while its host appends', async () => {
    const file = await tampered(() => undefined);
    const log = openSqliteEventLog(file);
    const reader = openLogFile(file);
    const noted = await log.lastLink();
    const verdict = verifyLog(reader, { anchor: noted });
    for (let n = 0; n < 40; n += 1) {
      await log.append([group(count + n, released(`more${n}`, 'x'))]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { ok, fault, events } = await verdict;
    expect({ ok, fault }).toEqual({ ok: true, fault: null });
    expect(events).toBeGreaterThanOrEqual(count);
    reader.close();
    await log.close();
  });

  it('is in order when it is empty', async () => {
    const file = path.join(await temporaryFolder(), 'log.sqlite');
    await openSqliteEventLog(file).close();
    expect(await verdictOf(file, null)).toMatchObject({ ok: true, events: 0, head: { seq: 0 } });
  });

  it('is held against what was noted elsewhere', async () => {
    const log = openLogFile(untouched);
    const other = { seq: 9 as never, chain: firstLink, where: 'the mail of Monday' };
    const { ok, fault } = await verifyLog(log, { anchor, noted: [other] });
    log.close();
    expect({ ok, fault }).toMatchObject({
      ok: false,
      fault: { seq: 9, kind: 'rewritten', why: expect.stringContaining('the mail of Monday') },
    });
  });
});

it('a file that has no chain yet is refused, with what to do', async () => {
  const file = await tampered((database) => database.pragma('user_version = 1'));
  expect(() => openLogFile(file)).toThrow(
    expect.objectContaining({ code: 'WRONG_STATE', message: expect.stringContaining('Open it once') }),
  );
});
