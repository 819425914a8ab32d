/** Who is let in over HTTP and who is not, and what becomes of what a silent client holds. */
import { request } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { createFixtureServer } from '../../src/mcp/fixtures/fixture-server.ts';
import { openHttpDoor } from '../../src/mcp/http/http-door.ts';
import { watchForSilence } from '../../src/mcp/http/idle-watch.ts';
import { largestMessage, mostSessions } from '../../src/mcp/limits.ts';
import { connectTo, openMcpCompany, token } from './mcp-company.ts';

async function openDoor() {
  const door = await openHttpDoor({
    port: 0,
    token,
    createServer: () => createFixtureServer('1'),
    onFault: () => undefined,
  });
  onTestFinished(() => door.close());
  return door;
}

const initialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
});

/** `fetch` sets the host by itself; a hostile client does not. */
function post(url: string, headers: Record<string, string>, body: string | Buffer = initialize) {
  return new Promise<number>((resolve, reject) => {
    const asked = request(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          authorization: `Bearer ${token}`,
          ...headers,
        },
      },
      (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

it.each([
  ['its own name and the token', {}, 200],
  ['a page of this machine', { origin: 'http://localhost:3000' }, 200],
  ['no token', { authorization: '' }, 401],
  ['another token', { authorization: 'Bearer a-token-of-somebody' }, 401],
  ['the token in another scheme', { authorization: `Basic ${token}` }, 401],
  ['a page from elsewhere', { origin: 'https://evil.example' }, 403],
  ['a page that hides where it is from', { origin: 'null' }, 403],
  ['another name bent to this address', { host: 'evil.example' }, 403],
  ['a session that there is not', { 'mcp-session-id': 'made-up' }, 404],
  ['another kind of content', { 'content-type': 'text/plain' }, 415],
])('answers %s with the right status', async (_who, headers, status) => {
  const { url } = await openDoor();
  expect(await post(url, headers)).toBe(status);
});

it('refuses another path, a body without end, and what is no JSON', async () => {
  const { url } = await openDoor();
  expect(await post(url.replace('/mcp', '/'), {})).toBe(404);
  expect(await post(url, {}, 'no json')).toBe(400);
  const tooMuch = post(url, {}, Buffer.alloc(largestMessage + 1, 32));
  // The door may close before all of it was sent.
  expect(await tooMuch.catch(() => 413)).toBe(413);
});

it('lets the session go that was silent longest when there are too many', async () => {
  const { url } = await openDoor();
  const first = await connectTo(url, 'legacy');
  await first.ping();
  for (let n = 0; n < mostSessions; n += 1) expect(await post(url, {})).toBe(200);
  await expect(first.ping()).rejects.toThrow('Session not found');
  await first.close();
});

it('names the port that is taken', async () => {
  const door = await openDoor();
  const port = Number(new URL(door.url).port);
  const second = openHttpDoor({
    port,
    token,
    createServer: () => createFixtureServer('1'),
    onFault: () => undefined,
  });
  await expect(second).rejects.toMatchObject({
    code: 'IN_USE',
    message: expect.stringContaining(String(port)),
  });
});

it('gives back what a member holds when no client has called for a while', async () => {
  const company = await openMcpCompany();
  const owner = await company.connect();
  const [id] = await owner.createTasks([{ title: 'Long work' }]);
  const { call, desk, door } = await company.member('ann');
  await call('claim_task');
  await call('lock_files', { scope: 'a.txt', intent: 'work' });
  onTestFinished(watchForSilence(desk, door, 100));
  await expect
    .poll(async () => (await owner.query('task', { taskId: id as never })).task.state)
    .toBe('ready');
  expect(await owner.query('locks', {})).toEqual([]);
  expect(await call('who_am_i')).toMatchObject({ claimed_tasks: [], locks: [] });
});
