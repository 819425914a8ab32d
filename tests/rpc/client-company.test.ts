/** A face that loses its line: what is asked of it meanwhile is refused, and an attempt that comes late disturbs no other. */
import { expect, it, onTestFinished } from 'vitest';
import { connectClient } from '../../src/rpc/client.ts';
import type { Line } from '../../src/rpc/client-company.ts';
import { Connection } from '../../src/rpc/client-company.ts';
import { openSocketChannel } from '../../src/rpc/socket-channel.ts';
import { openRealCompany } from '../real-company.ts';

/** @param openings what becomes of each attempt after the first, in turn: it waits for that */
async function openFace(openings: readonly Promise<void>[] = []) {
  const { socket, ownerToken } = await openRealCompany();
  const lines: Line[] = [];
  let attempts = 0;
  const connection = new Connection({
    openLine: async () => {
      const opening = openings[attempts - 1];
      attempts += 1;
      await opening;
      const line = { client: connectClient(await openSocketChannel(socket)), token: ownerToken };
      lines.push(line);
      return line;
    },
    client: 'test',
    soon: (draw) => void setImmediate(draw),
    kept: { read: () => null, write: () => undefined },
  });
  onTestFinished(() => connection.close());
  await connection.connect();
  expect(connection.status().kind).toBe('live');
  return { connection, lines, attempts: () => attempts };
}

it('refuses each call while the line is lost, as any call may be refused', async () => {
  const never = new Promise<void>(() => undefined);
  const { connection, lines } = await openFace([never]);
  lines[0]?.client.close();
  await expect.poll(() => connection.status().kind).toBe('lost');
  const { coordination } = connection;
  await expect(coordination.command({ type: 'task.create', title: 'x' })).rejects.toMatchObject({
    code: 'NOT_CONNECTED',
  });
  const events = coordination.follow(0 as never, new AbortController().signal)[Symbol.asyncIterator]();
  await expect(events.next()).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
});

it('is not disturbed by an attempt that ends after a later one', async () => {
  let fail = (_why: Error) => {};
  let open = () => {};
  const failing = new Promise<void>((_resolve, reject) => {
    fail = reject;
  });
  const opening = new Promise<void>((resolve) => {
    open = resolve;
  });
  const { connection, lines, attempts } = await openFace([failing, opening]);
  const slow = connection.connect();
  const slower = connection.connect();
  await connection.connect();
  expect(attempts()).toBe(4);
  expect(connection.status().kind).toBe('live');
  fail(new Error('timed out'));
  open();
  await Promise.all([slow, slower]);
  expect(connection.status().kind).toBe('live');
  // The line that came late was given up again.
  expect(lines).toHaveLength(3);
  await lines[2]?.client.closed;
  expect((await connection.coordination.companies()).length).toBe(1);
});
