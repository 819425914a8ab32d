/** A log that older programs wrote is put into Redis: each host keeps its text and its chain, and reads it in today's shape. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { verifyLog } from '../../../src/coordinator/verify-log.ts';
import type { StoredEvent } from '../../../src/core/event.ts';
import type { CompanyId } from '../../../src/core/ids.ts';
import { nextLink } from '../../../src/log/chain.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { group, readied, seq } from '../log-events.ts';
import type { EventTableRow as Row } from '../write-rows.ts';
import { writeRows } from '../write-rows.ts';
import { PatientLog } from './patient-log.ts';
import { newName, openRedisLog } from './redis-place.ts';
import type { RedisServer } from './redis-servers.ts';
import { startRedisServer } from './redis-servers.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

/** As a program of version 1 left them. */
const ofVersion1: readonly Row[] = (
  await readFile(new URL('../../coordinator/logs/version-1.jsonl', import.meta.url), 'utf8')
)
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

/** One more, as a program left it that knew version 2 and no hosts. */
function beforeHosts(last: Row): Row {
  const { data } = ofVersion1.find(({ type }) => type === 'task.created') as Row;
  const event = { ...JSON.parse(data), isReady: true };
  const text = JSON.stringify({ ...event, task: { ...event.task, id: 'task_before' } });
  const row = { seq: last.seq + 1, at: last.at, actor: null, version: 2, type: 'task.created', data: text };
  return { ...row, touches: '["task:task_before"]', chain: nextLink(last.chain ?? '', row) };
}

const rows: readonly Row[] = [...ofVersion1, beforeHosts(ofVersion1.at(-1) as Row)];

/** The folder of a copy that holds them. */
async function oldCopy(): Promise<string> {
  const folder = await temporaryFolder();
  writeRows(path.join(folder, 'copy.sqlite'), rows);
  return folder;
}

it('stands in every copy as it was written, and is read in the shape of today', async () => {
  const companyId = newName('company') as CompanyId;
  const open = async (folder?: string) => {
    const url = `redis://127.0.0.1:${server.port}`;
    const options = { companyId, ...(folder !== undefined && { folder }) };
    const log = new PatientLog(await openRedisLog(url, options));
    onTestFinished(() => log.close());
    return log;
  };
  const one = await open(await oldCopy());
  const two = await open();
  const link = { seq: rows.length, chain: rows.at(-1)?.chain };
  expect(await one.lastLink()).toEqual(link);
  expect(await two.lastLink()).toEqual(link);
  const written = rows.map(({ touches: _, ...record }) => record);
  expect(await two.readRecords(seq(0))).toEqual(written);
  expect(await two.read(seq(0))).toEqual(await one.read(seq(0)));
  expect((await verifyLog(two, { anchor: await one.lastLink() })).fault).toBeNull();

  // Also what is heard as it comes.
  await server.cli('FLUSHALL');
  const heard: StoredEvent[] = [];
  const three = await open();
  const end = new AbortController();
  const following = (async () => {
    for await (const events of three.follow(seq(0), end.signal)) heard.push(...events);
  })();
  await one.append([group(rows.length, readied('new'))]);
  await expect.poll(() => heard.length).toBe(rows.length + 1);
  expect(heard).toEqual(await one.read(seq(0)));
  expect(await three.lastLink()).toEqual(await one.lastLink());
  end.abort();
  await following;
});
