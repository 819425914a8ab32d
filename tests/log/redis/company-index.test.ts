/** The list of companies in a Redis: what others wrote there leads nowhere on this host. */
import { expect, it, onTestFinished } from 'vitest';
import type { CompanyId } from '../../../src/core/ids.ts';
import { CompanyIndex } from '../../../src/log/redis/company-index.ts';
import { parseRedisUrl } from '../../../src/log/redis/redis-address.ts';
import { startRedisServer } from './redis-servers.ts';

it('gives what was put there, and nothing that is no company of ours', async () => {
  const { port, cli, stop } = await startRedisServer();
  onTestFinished(stop);
  const index = await CompanyIndex.open(parseRedisUrl(`redis://127.0.0.1:${port}`), {
    commandTimeout: 1_000,
  });
  onTestFinished(() => index.close());
  const acme = { id: 'company_0123456789' as CompanyId, name: 'Acme', left: null };
  await index.put(acme);
  const entry = JSON.stringify({ name: 'Evil', left: null });
  for (const id of [
    '../../evil',
    '/etc',
    'company_../x',
    'company_',
    '.new-company_a',
    `company_${'a'.repeat(200)}`,
  ]) {
    await cli('HSET', 'agentcoord:companies', id, entry);
  }
  await cli('HSET', 'agentcoord:companies', 'company_broken', 'no JSON');
  await cli('HSET', 'agentcoord:companies', 'company_newer', '{"title":"Other"}');
  expect(await index.all()).toEqual([acme]);
});
