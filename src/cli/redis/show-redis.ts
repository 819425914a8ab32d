/** Says where the Redis is that this data directory would use, where that is known from, and whether it can be used. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { defaultDataDir } from '../../serve/data-directory.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { seeRedis } from './see-redis.ts';

export async function showRedis(command: Command): Promise<void> {
  const { dataDir: given, json } = globalOptions(command);
  const seen = await seeRedis(resolve(given ?? defaultDataDir()));
  openOutput(json).answer(seen, () => {
    const { place, from, companies, trouble } = seen;
    if (trouble !== null)
      return [`${place ?? 'Redis'}: ${trouble.message}`, ...(from ? [`Known from: ${from}`] : [])].join('\n');
    if (place === null) return 'No Redis is set, and none is needed for one host.';
    const names = companies.map(({ name }) => name).join(', ');
    return [`${place} can be used. Known from: ${from ?? ''}`, `Companies: ${names || 'none'}`].join('\n');
  });
}
