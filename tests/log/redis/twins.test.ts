/** A host goes by a name of its own: who was started from a copy of its disk is told so, and takes nothing. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { CompanyId, HostId } from '../../../src/core/ids.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { group, readied } from '../log-events.ts';
import { cutLineTo } from './cut-line.ts';
import { newName, openRedisLog } from './redis-place.ts';
import type { RedisServer } from './redis-servers.ts';
import { startRedisServer } from './redis-servers.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const never = new AbortController().signal;
const inWords = {
  code: 'LOG_UNAVAILABLE',
  message: expect.stringMatching(/under the name of this host: .* copy of this disk.*host-id\.json/),
};

/** Of one host, as often as it is started. */
function host() {
  const companyId = newName('company') as CompanyId;
  const id = newName('host') as HostId;
  return {
    id,
    async start(port = server.port) {
      const folder = await temporaryFolder();
      const log = await openRedisLog(`redis://127.0.0.1:${port}`, { companyId, host: id, folder });
      onTestFinished(() => log.close());
      return log;
    },
  };
}

it('refuses a second program under the name of a host that is at work, which goes on', async () => {
  const { start, id } = host();
  const first = await start();
  first.presence.show();
  await expect.poll(() => first.presence.isThere(id), { timeout: 5_000 }).toBe(true);
  await expect(start()).rejects.toMatchObject(inWords);
  expect(await first.append([group(0, readied('a'))])).toEqual([1]);
  await delay(700);
  expect(first.outages.cause).toBeNull();
  expect(first.presence.isThere(id)).toBe(true);
});

it('lets a host start again: at once when it was stopped, and soon when it was killed', async () => {
  const { start, id } = host();
  const line = await cutLineTo(server.port);
  onTestFinished(() => line.close());
  const first = await start(line.port);
  first.presence.show();
  await expect.poll(() => first.presence.isThere(id), { timeout: 5_000 }).toBe(true);
  // Nobody says goodbye any more.
  line.hang();
  await first.outages.gone(never);
  const second = await start();
  second.presence.show();
  await expect.poll(() => second.presence.isThere(id), { timeout: 5_000 }).toBe(true);
  await second.close();
  const began = performance.now();
  await start();
  expect(performance.now() - began).toBeLessThan(1_000);
});

it('tells a host that was silent while another one took its name, and lets it claim nothing by itself', async () => {
  const { start, id } = host();
  const line = await cutLineTo(server.port);
  onTestFinished(() => line.close());
  const first = await start(line.port);
  first.presence.show();
  await expect.poll(() => first.presence.silentForAtLeast(), { timeout: 5_000 }).not.toBeNull();
  line.hang();
  await first.outages.gone(never);
  const second = await start();
  second.presence.show();
  await expect.poll(() => second.presence.isThere(id), { timeout: 5_000 }).toBe(true);
  line.mend();
  const end = new AbortController();
  const coming = first.outages.comeBack([], end.signal);
  coming.catch(() => undefined);
  await expect.poll(() => first.outages.cause, { timeout: 5_000 }).toMatchObject(inWords);
  // As one that has just started: what it had may have been taken over.
  expect(first.presence.silentForAtLeast()).toBeNull();
  await second.close();
  await coming;
  expect(first.outages.cause).toBeNull();
});
