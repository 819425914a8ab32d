/** What a host says of itself: to its owner alone. */
import { hostname } from 'node:os';
import { expect, it, onTestFinished } from 'vitest';
import { rpcVersion } from '../../src/contract/rpc.ts';
import { openHost } from '../../src/serve/open-host.ts';
import { temporaryFolder } from '../temporary-folder.ts';

it('tells its owner what it is and where it keeps things, and nobody else', async () => {
  const dataDir = await temporaryFolder();
  const before = Date.now();
  const host = await openHost({ dataDir, name: 'a test', workers: 0 });
  onTestFinished(() => host.close());
  const owner = host.connect();
  await owner.hello({ version: rpcVersion, token: host.token, client: 'test' });
  const facts = await owner.hostFacts();
  expect(facts).toMatchObject({ name: 'a test', dataDir, machine: hostname(), pid: process.pid, url: null });
  expect(facts.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(facts.runtime).toBe(`Node ${process.versions.node}`);
  expect(facts.startedAt).toBeGreaterThanOrEqual(before - 1);

  await owner.createCompany({ from: { template: 'startup' } });
  const { token } = await owner.createToken({ member: 'owner', access: 'act', name: 'ci' });
  const company = (await owner.companies())[0]?.id ?? null;
  const member = host.connect();
  await member.hello({ version: rpcVersion, token, company, client: 'test' });
  await expect(member.hostFacts()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(host.connect().hostFacts()).rejects.toMatchObject({ code: 'SESSION_INVALID' });
});
