/** A lock has one holder, and who has lost it can write no more, however late they wake up. */
import { connect } from '../../client/index.ts';
import { rpcVersion } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import type { FileLock } from '../../core/lock/lock.ts';
import type { ClientConnection } from '../../rpc/client.ts';
import { connectClient } from '../../rpc/client.ts';
import { openSocketChannel } from '../../rpc/socket-channel.ts';
import { readHostFile } from '../../serve/host-file.ts';
import { expectThat } from './check.ts';

const counterFile = 'counter.txt';

/** Each adds one to a file, again and again: without a lock most of it would be lost. */
export async function checkLocks(dataDir: string, lockers: number, rounds: number): Promise<string> {
  async function addOnes(): Promise<void> {
    await using session = await connect({ dataDir, client: 'selftest' });
    for (let round = 0; round < rounds; round += 1) {
      await using lock = await session.lockFile(counterFile, { intent: 'add one', wait: 60_000 });
      const before = await session.readFile(counterFile);
      await lock.writeFile(counterFile, String(Number(before === null ? 0 : Buffer.from(before)) + 1));
    }
  }
  await Promise.all(Array.from({ length: lockers }, addOnes));
  await using reader = await connect({ dataDir, client: 'selftest' });
  const total = Number(Buffer.from((await reader.readFile(counterFile)) ?? []).toString());
  expectThat(total === lockers * rounds, `${lockers * rounds} were added, and the file says ${total}`);
  return `${lockers} lockers added ${lockers * rounds} to one file: all are there`;
}

/** The first holder's lock is taken away, another one writes, and the first one's late write must be refused. */
export async function checkFencing(dataDir: string): Promise<string> {
  const [late, current] = [await rawSession(dataDir), await rawSession(dataDir)];
  try {
    const old = await acquire(late);
    await current.command({ type: 'lock.force_release', lockId: old.id, reason: 'the self-test' });
    const now = await acquire(current);
    await current.writeFile({ path: 'fenced.txt', base64: base64('current'), token: now.token });
    const refusal = await late
      .writeFile({ path: 'fenced.txt', base64: base64('late'), token: old.token })
      .then(() => null)
      .catch((error: unknown) => error);
    const isRefused = refusal instanceof CoordError && refusal.code === 'LOCK_LOST';
    expectThat(isRefused, `a late write was not refused as LOCK_LOST: ${String(refusal)}`);
    const kept = await current.readFile({ path: 'fenced.txt' });
    expectThat(kept?.base64 === base64('current'), 'a late write overwrote the current one');
    return `token ${old.token} was refused after ${now.token}`;
  } finally {
    late.close();
    current.close();
  }
}

async function rawSession(dataDir: string): Promise<ClientConnection> {
  const host = await readHostFile(dataDir);
  if (!host) throw new CoordError('NOT_CONNECTED', `No host runs for ${dataDir}`);
  const connection = connectClient(await openSocketChannel(host.socket));
  await connection.hello({ version: rpcVersion, token: host.token, client: 'selftest' });
  return connection;
}

async function acquire(session: ClientConnection): Promise<Pick<FileLock, 'id' | 'token'>> {
  const { events } = await session.command({
    type: 'lock.acquire',
    scope: 'fenced.txt',
    intent: 'self-test',
  });
  for (const { event, seq } of events)
    if (event.type === 'lock.acquired') return { id: event.lock.id, token: seq };
  throw new CoordError('INTERNAL', 'The host gave no lock');
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
