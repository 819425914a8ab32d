/** The Redis that several hosts share: whether there is one, and whether it can be used. */
import { seeRedis } from '../redis/see-redis.ts';
import type { Finding } from './finding.ts';
import { fail, ok } from './finding.ts';

export async function checkRedis(dataDir: string): Promise<Finding> {
  const { place, from, companies, trouble } = await seeRedis(dataDir);
  // What to do stands in the words of the trouble.
  if (trouble !== null)
    return fail('redis', trouble.message, `It is known from ${from ?? 'the command line'}`);
  if (place === null) return ok('redis', 'none, and none is needed: the log is a file of SQLite');
  return ok('redis', `${place} can be used; companies in it: ${companies.length}`);
}
