/** What is noted beside a log is never ahead of it, and is kept as evidence when the log is not the same any more. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { AnchoredLog } from '../../src/coordinator/anchored-log.ts';
import { anchorFileOf, readAnchor } from '../../src/coordinator/chain-anchor.ts';
import { verifyLog } from '../../src/coordinator/verify-log.ts';
import { openLogFile } from '../../src/log/sqlite/open-records.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { group, readied } from '../log/log-events.ts';
import { seededRandom } from '../seeded-random.ts';
import { logFile } from './kit.ts';
import { createSmall, openSessionHost } from './session-host.ts';

const kills = Number(process.env['AGENTCOORD_TEST_KILLS'] ?? 5);

async function verdictOf(file: string, anchorFile: string) {
  const anchor = await readAnchor(anchorFile);
  const log = openLogFile(file);
  try {
    return await verifyLog(log, { anchor });
  } finally {
    log.close();
  }
}

it(`never cries wolf over ${kills} kills`, { timeout: 10_000 + kills * 3_000 }, async () => {
  const random = seededRandom(11);
  const file = await logFile();
  const anchorFile = anchorFileOf(path.dirname(file));
  for (let run = 1; run <= kills; run += 1) {
    const child = spawn(
      process.execPath,
      [path.join(import.meta.dirname, 'anchoring-child.ts'), file, anchorFile],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const closed = once(child, 'close');
    await Promise.race([once(child.stdout, 'data'), closed]);
    await delay(random() * 60);
    child.kill('SIGKILL');
    const [, signal] = await closed;
    expect(signal).toBe('SIGKILL');
    expect(await verdictOf(file, anchorFile)).toMatchObject({ ok: true, fault: null });
  }
  const { anchor, events } = await verdictOf(file, anchorFile);
  expect(anchor?.seq).toBeGreaterThan(0);
  expect(anchor?.seq).toBeLessThanOrEqual(events);
});

function fail(fault: unknown): never {
  throw fault;
}

describe('the anchor of a company', () => {
  it('is written when the company is closed, and is where its log ends', async () => {
    const host = await openSessionHost();
    const company = await createSmall(host, 'Acme');
    const { folder, coordinator } = company;
    const owner = await host.owner();
    await owner.command({ type: 'task.create', title: 'one' });
    const head = await coordinator.read(({ seq }) => seq);
    await host.companies.close();
    expect(await readAnchor(anchorFileOf(folder))).toMatchObject({ seq: head });
    expect(await verdictOf(path.join(folder, 'log.sqlite'), anchorFileOf(folder))).toMatchObject({
      ok: true,
      events: head,
      anchor: { seq: head },
    });
  });

  it('stays what it was when the end of the log is gone, and the host says so', async () => {
    const file = await logFile();
    const anchorFile = anchorFileOf(path.dirname(file));
    const open = () => AnchoredLog.open(openSqliteEventLog(file), anchorFile, fail);
    const first = await open();
    expect(first.broken).toBeNull();
    for (const name of ['a', 'b', 'c']) await first.append([group(await first.head(), readied(name))]);
    await first.close();
    const noted = await readFile(anchorFile, 'utf8');

    const database = new Database(file);
    database.exec('DELETE FROM events WHERE seq = 3');
    database.close();
    const second = await open();
    expect(second.broken).toMatchObject({ code: 'DATABASE_DAMAGED', details: { seq: 3 } });
    await second.append([group(2, readied('d')), group(2, readied('e'))]);
    await second.close();
    expect(await readFile(anchorFile, 'utf8')).toBe(noted);
    expect(await verdictOf(file, anchorFile)).toMatchObject({
      ok: false,
      fault: { seq: 3, kind: 'rewritten' },
    });
  });

  it('that can not be read is told of, and stays as it is', async () => {
    const file = await logFile();
    const anchorFile = anchorFileOf(path.dirname(file));
    await writeFile(anchorFile, '{"seq": "many"}');
    const open = () => AnchoredLog.open(openSqliteEventLog(file), anchorFile, fail);
    for (const name of ['a', 'b']) {
      const log = await open();
      expect(log.broken).toMatchObject({ code: 'DATABASE_DAMAGED', details: { file: anchorFile } });
      await log.append([group(await log.head(), readied(name))]);
      await log.close();
    }
    expect(await readFile(anchorFile, 'utf8')).toBe('{"seq": "many"}');
    expect(await verdictOf(file, anchorFile)).toMatchObject({ ok: false, fault: { kind: 'anchor', seq: 2 } });
  });
});
