/**
 * A host is killed and its write-ahead log is then cut off or overwritten, as a broken disk does. The log opens with
 * whole commands up to some point, or is refused as damaged and left alone: never with anything else. What is missing
 * at its end is told of as soon as it was noted beside the log.
 */
import { cp, open, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { verifyCompanies } from '../../src/cli/verify-companies.ts';
import { anchorFileOf, writeAnchor } from '../../src/coordinator/chain-anchor.ts';
import { CoordError } from '../../src/core/error.ts';
import { openLogFile } from '../../src/log/sqlite/open-records.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { group, readied, seq } from '../log/log-events.ts';
import { smallCompany } from '../real-company.ts';
import { seededRandom } from '../seeded-random.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { AckedEvents } from './acked-events.ts';
import { announceSeed, inThisRun, timeout } from './chaos-run.ts';
import { chainFaultIn, onlyLogIn, readLogFile } from './log-file.ts';
import { connectOwner, startHost } from './served-host.ts';
import { startTraffic } from './traffic.ts';

const kills = inThisRun({ short: 1, long: 10 });
const damagesEach = inThisRun({ short: 24, long: 100 });
const kinds = ['cut', 'garbage', 'zeros', 'cut inside'] as const;

it('opens with whole commands or not at all, however its write-ahead log is damaged', {
  timeout,
}, async () => {
  const random = seededRandom(announceSeed('damaged write-ahead log'));
  const outcomes = { shorter: 0, same: 0, refused: 0 };
  for (let kill = 0; kill < kills; kill += 1) {
    // SQLite moves it into the database every thousand pages: some kills come soon after that.
    const dataDir = await leftByAKill(300 + Math.floor(random() * 300 * kill));
    const file = await onlyLogIn(dataDir);
    const whole = readLogFile(await copyOfLog(file)).textBySeq;
    for (let n = 0; n < damagesEach; n += 1) {
      const copy = await copyOfLog(file);
      const what = await damage(`${copy}-wal`, kinds[n % kinds.length] ?? 'cut', random);
      outcomes[await expectPrefixOrRefusal(copy, whole, what)] += 1;
    }
  }
  console.log(`damaged write-ahead log: ${JSON.stringify({ kills, damagesEach, ...outcomes })}`);
  expect(outcomes.shorter).toBeGreaterThan(0);
});

it('tells that commands are missing when they were noted beside the log', { timeout }, async () => {
  const dataDir = await leftByAKill(300);
  const file = await onlyLogIn(dataDir);
  const log = openLogFile(await copyOfLog(file));
  const last = (await log.readRecords(seq(0), 1_000_000)).at(-1);
  log.close();
  if (!last?.chain) throw new Error('the log has no events');
  await writeAnchor(anchorFileOf(path.dirname(file)), { seq: seq(last.seq), chain: last.chain });
  await truncate(`${file}-wal`, Math.floor((await readFile(`${file}-wal`)).length / 2));

  const host = startHost(dataDir);
  await host.ready;
  const client = await connectOwner(dataDir);
  await client.command({ type: 'task.create', title: 'goes on' });
  await host.end('SIGTERM');
  expect(host.said()).toMatch(/DATABASE_DAMAGED|was cut off or rewritten/);
  const [verified] = await verifyCompanies(dataDir, null, []);
  expect(verified).toMatchObject({ ok: false, fault: { kind: 'cut_off' } });
});

/** @returns a data directory whose company has taken at least so many commands */
async function leftByAKill(commands: number): Promise<string> {
  const dataDir = await temporaryFolder();
  const host = startHost(dataDir);
  await host.ready;
  const client = await connectOwner(dataDir);
  await client.createCompany({ from: { file: smallCompany() } });
  const acked = new AckedEvents();
  const traffic = await startTraffic(dataDir, 'before the damage', acked);
  while (acked.commands < commands) await client.query('status', {});
  await host.end('SIGKILL');
  await traffic.over;
  return dataDir;
}

/** The log as the kill left it, without what a reader of it would change: the index of its write-ahead log. */
async function copyOfLog(file: string): Promise<string> {
  const copy = path.join(await temporaryFolder(), 'log.sqlite');
  for (const ending of ['', '-wal']) await cp(file + ending, copy + ending);
  return copy;
}

async function damage(file: string, kind: (typeof kinds)[number], random: () => number): Promise<string> {
  const bytes = await readFile(file);
  // Of a header, too, every now and then.
  const at = Math.floor(random() * (random() < 0.2 ? 64 : bytes.length));
  const length = Math.min(bytes.length - at, 1 + Math.floor(random() ** 3 * 20_000));
  switch (kind) {
    case 'cut':
      await truncate(file, at);
      break;
    case 'cut inside':
      await writeFile(file, Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]));
      break;
    case 'garbage':
    case 'zeros': {
      const put = Buffer.from(Array.from({ length }, () => (kind === 'zeros' ? 0 : random() * 256)));
      const handle = await open(file, 'r+');
      await handle.write(put, 0, length, at);
      await handle.close();
    }
  }
  return `${kind} at ${at} of ${bytes.length}, ${length} long`;
}

async function expectPrefixOrRefusal(
  file: string,
  whole: ReadonlyMap<number, string>,
  what: string,
): Promise<'shorter' | 'same' | 'refused'> {
  const before = await readFile(file);
  try {
    const log = openSqliteEventLog(file);
    const head = await log.head();
    expect(await log.append([group(head, readied('afterwards'))]), what).toEqual([head + 1]);
    await log.close();
  } catch (error) {
    expect(error, what).toBeInstanceOf(CoordError);
    expect(error, what).toMatchObject({ code: 'DATABASE_DAMAGED' });
    expect(before.equals(await readFile(file)), what).toBe(true);
    return 'refused';
  }
  const { integrity, textBySeq } = readLogFile(file);
  expect(integrity, what).toBe('ok');
  expect(await chainFaultIn(file), what).toBeNull();
  const kept = [...textBySeq].slice(0, -1);
  for (const [at, text] of kept) expect(whole.get(at), what).toBe(text);
  return kept.length === whole.size ? 'same' : 'shorter';
}
