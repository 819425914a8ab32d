/** Looks whether the Redis that a data directory would use can be used. Nothing of what it answers holds a password. */
import { CoordError } from '../../core/error.ts';
import { CompanyIndex } from '../../log/redis/company-index.ts';
import { findRedis, redisSettings } from '../../serve/redis/redis-access.ts';
import { redisKeychain } from '../../serve/redis/redis-keychain.ts';

export interface SeenRedis {
  /** Without user and password; null: there is none, or it can't be told. */
  readonly place: string | null;
  /** What names it, such as `AGENTCOORD_REDIS_URL`. */
  readonly from: string | null;
  readonly companies: readonly { readonly id: string; readonly name: string }[];
  /** Why it can't be used; null: it can, or there is none. */
  readonly trouble: CoordError | null;
}

const patience = 2_000;

export async function seeRedis(dataDir: string): Promise<SeenRedis> {
  let place: string | null = null;
  const { env } = process;
  let from: string | null = null;
  try {
    const settings = redisSettings(dataDir);
    from = namedBy(env) ?? ((await settings.read()) ? settings.file : null);
    const wish = { dataDir, url: null, openToAnybody: false, env, keychain: redisKeychain };
    const access = await findRedis(wish);
    if (access === null) return { place, from, companies: [], trouble: null };
    ({ place } = access);
    const index = await CompanyIndex.open(access.address, { commandTimeout: patience, ca: access.ca });
    try {
      const companies = (await index.all()).filter(({ left }) => left === null);
      return { place, from, companies: companies.map(({ id, name }) => ({ id, name })), trouble: null };
    } finally {
      index.close();
    }
  } catch (error) {
    if (error instanceof CoordError) return { place, from, companies: [], trouble: error };
    throw error;
  }
}

function namedBy(env: Readonly<Record<string, string | undefined>>): string | null {
  return ['AGENTCOORD_REDIS_URL', 'REDIS_URL'].find((name) => env[name]) ?? null;
}
