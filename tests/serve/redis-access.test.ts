/** How much of a log stays in Redis as it is: the environment says, else what was set, else it is as usual. */
import { describe, expect, it } from 'vitest';
import { redisSettingsSchema } from '../../src/contract/redis-settings.ts';
import { prepareDataDir } from '../../src/log/sqlite/data-dir.ts';
import type { Keychain } from '../../src/serve/keychain.ts';
import { findRedis, redisSettings } from '../../src/serve/redis/redis-access.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const url = 'redis://127.0.0.1:6379';

function unasked(): never {
  throw new Error('no password is in the keychain');
}
const keychain: Keychain = { get: unasked, set: unasked, remove: unasked };

async function keepEvents(env: Readonly<Record<string, string>>, set: number | null) {
  const dataDir = await temporaryFolder();
  await prepareDataDir(dataDir);
  await redisSettings(dataDir).write(redisSettingsSchema.parse({ url, keepEvents: set }));
  const found = await findRedis({ dataDir, url: null, openToAnybody: false, env, keychain });
  return found?.keepEvents;
}

describe('how many events stay in a stream', () => {
  it.each([
    ['as usual', {}, null, 100_000],
    ['as it was set', {}, 20_000, 20_000],
    ['as the environment says, whatever was set', { AGENTCOORD_REDIS_KEEP_EVENTS: '30000' }, 20_000, 30_000],
  ] as const)('is %s', async (_what, env, set, expected) => {
    expect(await keepEvents(env, set)).toBe(expected);
  });

  it.each(['9999', '1e12', 'many', '20000.5', '-1'])('is never %s', async (text) => {
    await expect(keepEvents({ AGENTCOORD_REDIS_KEEP_EVENTS: text }, null)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/AGENTCOORD_REDIS_KEEP_EVENTS was refused.*whole number from 10000/),
    });
    expect(() => redisSettingsSchema.parse({ url, keepEvents: Number(text) })).toThrow();
  });
});
