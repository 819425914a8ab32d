/** Artifacts in a real Redis: as they were for every host, refused when they are not what their name says. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { maxArtifactBytes } from '../../../src/contract/artifact-exchange.ts';
import { LogAway } from '../../../src/contract/log-away.ts';
import { sha256 } from '../../../src/coordinator/world.ts';
import type { ArtifactHash, CompanyId } from '../../../src/core/ids.ts';
import { parseRedisUrl } from '../../../src/log/redis/redis-address.ts';
import { RedisArtifacts } from '../../../src/log/redis/redis-artifacts.ts';
import { newName } from './redis-place.ts';
import type { RedisServer, ServerOptions } from './redis-servers.ts';
import { startRedisServer } from './redis-servers.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

async function start(options: ServerOptions): Promise<RedisServer> {
  const own = await startRedisServer(options);
  onTestFinished(() => own.stop());
  return own;
}

function open(companyId: CompanyId, port = server.port): RedisArtifacts {
  const artifacts = new RedisArtifacts({ address: parseRedisUrl(`redis://127.0.0.1:${port}`), companyId });
  onTestFinished(() => artifacts.close());
  return artifacts;
}

const newCompany = () => newName('company') as CompanyId;
const keyOf = (companyId: CompanyId, hash: ArtifactHash) => `agentcoord:{${companyId}}:artifact:${hash}`;

describe('artifacts in Redis', () => {
  it.each([
    ['no bytes', Buffer.alloc(0)],
    ['every byte', Buffer.from(Array.from({ length: 256 }, (_, n) => n))],
    ['as many bytes as an artifact may have', randomBytes(maxArtifactBytes)],
  ])('come as they were: %s', async (_what, bytes) => {
    const companyId = newCompany();
    const hash = sha256(bytes);
    await open(companyId).offer(hash, bytes);
    const fetched = await open(companyId).fetch(hash);
    expect(fetched && bytes.equals(fetched)).toBe(true);
    expect(await open(newCompany()).lacks([hash])).toEqual([hash]);
  });

  it('tell which of many are not there', async () => {
    const artifacts = open(newCompany());
    const all = Array.from({ length: 1_100 }, (_, n) => Buffer.from(`artifact ${n}`));
    const hashes = all.map((bytes) => sha256(bytes));
    const left = new Set([3, 1_050].map((n) => hashes[n]));
    for (const [n, hash] of hashes.entries()) {
      if (!left.has(hash)) await artifacts.offer(hash, all[n] ?? Buffer.alloc(0));
    }
    expect(await artifacts.lacks(hashes)).toEqual([...left]);
    expect(await artifacts.lacks([])).toEqual([]);
    expect(await artifacts.fetch(sha256('nobody handed this in'))).toBeNull();
  });

  it('are refused when somebody put something else under their name, and are put there anew', async () => {
    const companyId = newCompany();
    const artifacts = open(companyId);
    const hash = sha256('the plan');
    await server.cli('SET', keyOf(companyId, hash), 'another plan');
    await expect(artifacts.fetch(hash)).rejects.toMatchObject({
      code: 'ARTIFACT_CHANGED',
      message: expect.stringContaining(`DEL ${keyOf(companyId, hash)}`),
    });
    await artifacts.offer(hash, Buffer.from('the plan'));
    expect(String(await artifacts.fetch(hash))).toBe('the plan');
    await server.cli('DEL', keyOf(companyId, hash));
    await server.cli('HSET', keyOf(companyId, hash), 'another', 'kind');
    await expect(artifacts.fetch(hash)).rejects.toThrow(/something else is kept under a name of ours/);
  });

  it('are not waited for when Redis does not answer, and come when it does', async () => {
    const own = await start({});
    const artifacts = open(newCompany(), own.port);
    const hash = sha256('late');
    await artifacts.offer(hash, Buffer.from('late'));
    await own.signal('SIGSTOP');
    const fetched = artifacts.fetch(hash);
    artifacts.giveUp();
    await expect(fetched).rejects.toBeInstanceOf(LogAway);
    await own.signal('SIGCONT');
    expect(String(await artifacts.fetch(hash))).toBe('late');
    await own.signal('SIGKILL');
    await expect(artifacts.fetch(hash)).rejects.toBeInstanceOf(LogAway);
    await own.restart();
    await expect.poll(() => artifacts.fetch(hash).then(String, String), { timeout: 10_000 }).toBe('late');
    artifacts.close();
    await expect(artifacts.fetch(hash)).rejects.toBeInstanceOf(LogAway);
  });

  it('are refused in words by a Redis whose memory is full', async () => {
    const own = await start({ args: ['--maxmemory', '3mb'] });
    const artifacts = open(newCompany(), own.port);
    const bytes = randomBytes(3 * 1024 * 1024);
    const offer = async () => {
      for (let n = 0; n < 3; n += 1) await artifacts.offer(sha256(`${n}`), bytes);
    };
    const refused: unknown = await offer().catch((error: unknown) => error);
    expect(refused).not.toBeInstanceOf(LogAway);
    expect(refused).toMatchObject({
      code: 'LOG_UNAVAILABLE',
      message: expect.stringMatching(/its memory is full/),
    });
  });
});
