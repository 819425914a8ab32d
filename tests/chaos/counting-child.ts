/**
 * A holder of the chaos test: adds one to a number in a file of the workspace, again and again, each time under a lock.
 * It trusts its lock blindly: however long it is kept from writing what it has worked out, it writes it then.
 */
import { createInterface } from 'node:readline';
import { Holdings } from '../../src/client/holdings.ts';
import { CoordError } from '../../src/core/error.ts';
import type { DurationMs } from '../../src/core/units.ts';
import { openGuardedWorkspace } from '../../src/worker/guarded-workspace.ts';
import { given, greet } from './member-session.ts';

const settings = given<{ readonly file: string; readonly ttl: DurationMs }>();
const told = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const host = await greet(settings);
const workspace = openGuardedWorkspace(host, null, new Holdings(), new AbortController().signal);
const { file, ttl } = settings;
const wait = 120_000 as DurationMs;
let acked = 0;
let refused = 0;

console.log('ready');
for (let isLast = false; !isLast; ) {
  const files = await workspace.lock(file, { intent: 'to count', ttl, wait });
  const before = Number(Buffer.from((await files.read(file)) ?? []).toString());
  // The test answers when it likes, and may stop the process before.
  console.log('holding');
  isLast = (await told.next()).done === true;
  try {
    await files.write(file, Buffer.from(String(before + 1)));
    acked += 1;
  } catch (error) {
    if (!(error instanceof CoordError) || error.code !== 'LOCK_LOST') throw error;
    refused += 1;
  }
  await files.release();
}
host.close();
console.log(JSON.stringify({ acked, refused }));
