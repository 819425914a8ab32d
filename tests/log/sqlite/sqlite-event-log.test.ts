/** The log in SQLite keeps the contract, and what is its own: full disks, damaged files, newer files. */
import { copyFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConnection } from '../../../src/log/sqlite/connection.ts';
import { databaseVersion } from '../../../src/log/sqlite/migrate.ts';
import { openLogFile } from '../../../src/log/sqlite/open-records.ts';
import { openSqliteEventLog, SqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { eventLogContract } from '../event-log-contract.ts';
import { group, readied, released, seq } from '../log-events.ts';

eventLogContract('SQLite', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'agentcoord-log-'));
  return {
    open: async () => openSqliteEventLog(path.join(folder, 'log.sqlite')),
    persistent: true,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
});

/** A log of `count` events in a file of its own, closed. */
async function writtenLog(count: number): Promise<string> {
  const file = path.join(await temporaryFolder(), 'log.sqlite');
  const log = openSqliteEventLog(file);
  for (let n = 1; n <= count; n += 1) await log.append([group(n - 1, released(`t${n}`, 'x'.repeat(200)))]);
  await log.close();
  return file;
}

function alter(file: string, sql: string): void {
  const database = openConnection(file);
  database.exec(sql);
  database.close();
}

/** Every file beside the log, byte for byte. */
async function contents(file: string): Promise<Record<string, Buffer>> {
  const folder = path.dirname(file);
  const files = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(files.map(async (name) => [name, await readFile(path.join(folder, name))] as const)),
  );
}

describe('the SQLite log', () => {
  it('is durable at each commit, in a strict database of its own', async () => {
    const database = openConnection(path.join(await temporaryFolder(), 'log.sqlite'));
    const pragma = (name: string) => database.pragma(name, { simple: true });
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(1);
    expect(pragma('user_version')).toBe(databaseVersion);
    expect(() =>
      database.exec("INSERT INTO events VALUES (1, 'today', NULL, 'x', 1, '{}', '[]', '')"),
    ).toThrow(/cannot store TEXT value in INTEGER column/);
    database.close();
  });

  it('writes a batch in one transaction', async () => {
    const database = openConnection(path.join(await temporaryFolder(), 'log.sqlite'));
    const log = new SqliteEventLog(database);
    const inAnother = openConnection(database.name);
    const commits = () => Number(inAnother.pragma('data_version', { simple: true }));
    const before = commits();
    await log.append(Array.from({ length: 100 }, (_, n) => group(0, readied(`a${n}`), readied(`b${n}`))));
    expect(commits()).toBe(before + 1);
    expect(await log.head()).toBe(200);
    inAnother.close();
    await log.close();
  });
});

describe('a full disk', () => {
  it('refuses the whole batch, keeps what was there, and goes on once there is room', async () => {
    const database = openConnection(path.join(await temporaryFolder(), 'log.sqlite'));
    const log = new SqliteEventLog(database);
    await log.append([group(0, readied('first'))]);
    const pages = Number(database.pragma('page_count', { simple: true }));
    database.pragma(`max_page_count = ${pages + 2}`);

    const batch = Array.from({ length: 200 }, (_, n) => group(1, released(`t${n}`, 'x'.repeat(500))));
    await expect(log.append(batch)).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      message: expect.stringContaining('no room left'),
      details: { reason: 'SQLITE_FULL' },
    });
    expect(await log.head()).toBe(1);
    expect(await log.read(seq(0))).toHaveLength(1);

    database.pragma('max_page_count = 1000000');
    expect((await log.append(batch)).at(-1)).toBe(201);
    expect(await log.read(seq(0))).toHaveLength(201);
    await log.close();
  });
});

describe('a file that another program wrote', () => {
  it.each([
    ['closed', async (file: string) => file],
    ['left open by a crash, its last commits still in the write-ahead log', leftByACrash],
  ])('is refused untouched when it is from a newer version and %s', async (_how, leave) => {
    const written = await writtenLog(20);
    const file = await leave(written, `PRAGMA user_version = ${databaseVersion + 1}`);
    if (file === written) alter(file, `PRAGMA user_version = ${databaseVersion + 1}`);
    const before = await contents(file);

    expect(() => openSqliteEventLog(file)).toThrow(
      expect.objectContaining({
        code: 'DATABASE_TOO_NEW',
        message: expect.stringContaining('Install the newer AgentCoord'),
        details: { file, version: databaseVersion + 1, known: databaseVersion },
      }),
    );
    const after = await contents(file);
    expect(after['log.sqlite']).toEqual(before['log.sqlite']);
    expect(after['log.sqlite-wal'] ?? Buffer.alloc(0)).toEqual(before['log.sqlite-wal'] ?? Buffer.alloc(0));
    // Only SQLite itself can read what a crash left, and it keeps its index of that beside it.
    if (file === written) expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(() => openLogFile(file)).toThrow(expect.objectContaining({ code: 'DATABASE_TOO_NEW' }));
    expect((await contents(file))['log.sqlite']).toEqual(before['log.sqlite']);
    if (file === written) expect(Object.keys(await contents(file))).toEqual(Object.keys(before));
  });

  it('is refused when it is no log of ours', async () => {
    const file = await writtenLog(1);
    alter(file, 'PRAGMA application_id = 7');
    expect(() => openSqliteEventLog(file)).toThrow(
      expect.objectContaining({
        code: 'DATABASE_DAMAGED',
        message: expect.stringContaining('other program'),
      }),
    );
  });
});

describe('a damaged file', () => {
  it.each([
    ['is no database at all', (file: string) => writeFile(file, 'a'.repeat(5_000))],
    ['was cut off', (file: string) => truncate(file, 12_000)],
    ['has garbage in the middle', (file: string) => overwrite(file, 9_000, 6_000)],
  ])('is refused, with what to do, when it %s', async (_how, damage) => {
    const file = await writtenLog(100);
    await damage(file);
    const before = await readFile(file);
    expect(() => openSqliteEventLog(file)).toThrow(
      expect.objectContaining({
        code: 'DATABASE_DAMAGED',
        message: expect.stringContaining('put a backup'),
      }),
    );
    expect(await readFile(file)).toEqual(before);
  });

  it('is refused when it ends in the middle of a command', async () => {
    const file = await writtenLog(3);
    alter(file, 'UPDATE events SET touches = NULL WHERE seq = 3');
    expect(() => openSqliteEventLog(file)).toThrow(
      expect.objectContaining({
        code: 'DATABASE_DAMAGED',
        message: expect.stringContaining('in the middle of a command'),
      }),
    );
  });

  it.each([
    ['is missing', 'DELETE FROM events WHERE seq = 2', 'event 2 is missing'],
    ['is no JSON', "UPDATE events SET data = '{' WHERE seq = 2", 'event 2 can’t be read'],
  ])('says which event %s', async (_what, sql, words) => {
    const file = await writtenLog(3);
    alter(file, sql);
    const log = openSqliteEventLog(file);
    await expect(log.read(seq(0))).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
      message: expect.stringContaining(words),
    });
    expect(await log.read(seq(2))).toHaveLength(1);
    await log.close();
  });
});

async function overwrite(file: string, from: number, length: number): Promise<void> {
  const bytes = await readFile(file);
  await writeFile(file, bytes.fill(0xa5, from, from + length));
}

/** A copy, taken while it is open, of the log after one more change that is not in the main file yet. */
async function leftByACrash(file: string, sql: string): Promise<string> {
  const folder = await temporaryFolder();
  const database = openConnection(file);
  database.exec(sql);
  for (const name of ['log.sqlite', 'log.sqlite-wal']) {
    await copyFile(path.join(path.dirname(file), name), path.join(folder, name));
  }
  database.close();
  return path.join(folder, 'log.sqlite');
}
