/** Plugins that crash, hang, flood, wander and pry, one after the other: all else goes on, and they get nothing by it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { TroubledHost } from './troubled-host.ts';
import { openTroubledHost, pacedCommands } from './troubled-host.ts';

let folder: string;
let host: TroubledHost;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agentcoord-test-'));
  host = await openTroubledHost(join(folder, 'data'), 2_000);
});

afterEach(() => host.calm());

afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Its processes start at a low priority. */
const patience = { timeout: 120_000 };

const lines = (name: string, count: number) =>
  expect
    .poll(() => host.got(name).then(({ length }) => length), { timeout: 60_000 })
    .toBeGreaterThanOrEqual(count);

/** Commands go on, and what they say arrives at the other channel in order. */
async function goesOn(title: string): Promise<void> {
  const took = await pacedCommands(host.owner, { count: 20, everyMs: 5, title });
  expect(took).toHaveLength(20);
  const expected = Array.from({ length: 20 }, (_, n) => `${title} ${n}`);
  await expect
    .poll(async () => (await host.arrived()).filter((one) => one.startsWith(title)), { timeout: 60_000 })
    .toEqual(expected);
}

it('a plugin that crashes is started again, and again', patience, async () => {
  await host.trouble('crash');
  await goesOn('crash');
  await lines('crashes', 3);
  expect(new Set(await host.got('crashes')).size).toBeGreaterThanOrEqual(3);
});

it('a plugin that hangs is ended, and its messages wait', patience, async () => {
  await host.trouble('hang');
  await goesOn('hang');
  await lines('hung', 2);
  const bad = (await host.owner.channels()).find(({ name }) => name === 'bad-1');
  expect(bad?.outbox).toBe(20);
});

it('a plugin that floods is heard at the pace that it may, and slows only itself', patience, async () => {
  await host.trouble('flood', { messages: 20_000 });
  await lines('flooded', 1);
  await goesOn('flood');
  const floods = await host.got('flooded');
  expect((await host.got('heard')).length).toBeLessThan(floods.length * 20_000);
});

it('a plugin reaches no host that is not its own, and no environment', patience, async () => {
  let visitors = 0;
  const server = createServer((socket) => {
    visitors += 1;
    socket.destroy();
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await host.trouble('wander', { port: typeof address === 'object' && address ? address.port : 1 });
  await goesOn('wander');
  await lines('wandered', 3);
  await host.calm();
  expect(new Set(await host.got('wandered'))).toEqual(new Set(['ERR_HOST_NOT_ALLOWED']));
  expect(visitors).toBe(0);
  await host.trouble('pry');
  await expect.poll(() => host.pried(), { timeout: 60_000 }).toEqual([{}, 'ERR_ACCESS_DENIED']);
});
