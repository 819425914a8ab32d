/** A link or a notification leads into the company that has what it is about. */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { Need } from '../../src/main/attention.ts';
import { watchAttention } from '../../src/main/attention.ts';
import { placeOfPath } from '../../src/main/place-of-path.ts';
import { openHost } from '../../src/serve/open-host.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function twoCompanies() {
  const host = await openHost({
    dataDir: join(await temporaryFolder(), 'data'),
    ...{ name: 'test host', workers: 0, listen: false },
  });
  onTestFinished(() => host.close());
  const [first, second] = [host.connect(), host.connect()];
  const hello = { version: rpcVersion, token: host.token, company: null, client: 'test' };
  await first.hello(hello);
  const { id: firstId } = await first.createCompany({ from: { template: 'startup' }, name: 'Acme' });
  await second.hello({ ...hello, company: firstId });
  const { id: secondId } = await second.createCompany({ from: { template: 'startup' }, name: 'Zenith' });
  await second.hello({ ...hello, company: secondId });
  return { host, first, second, firstId, secondId };
}

it('finds the company of a bare link, whichever it is', async () => {
  const { host, first, second, firstId, secondId } = await twoCompanies();
  const companies = host.companies.all();
  for (const [session, companyId] of [
    [first, firstId],
    [second, secondId],
  ] as const) {
    await session.command({ type: 'task.create', title: 'Here alone' });
    await session.command({ type: 'thread.start', title: 'Here alone', text: 'Really?' });
    const [row] = await session.query('tasks', {});
    const [thread] = await session.query('threads', {});
    for (const path of [`/board/${row?.task.id}`, `/threads/${thread?.thread.id}`])
      expect(await placeOfPath(path, companies)).toEqual({ path, companyId });
  }
  // The page says itself that there is none.
  for (const path of ['/gates/gate_0000', '/gates', '/'])
    expect(await placeOfPath(path, companies)).toEqual({ path, companyId: null });
  expect(await placeOfPath(null, companies)).toBeNull();
});

it('tells of each need which company it leads into', async () => {
  const { host, second, secondId } = await twoCompanies();
  await second.command({
    type: 'approval.request',
    ...{
      title: 'Open the doors',
      context: 'Now?',
      roles: { ceo: 1 },
      selfApproval: 'allowed',
      humanRequired: true,
    },
  });
  const ended = new AbortController();
  onTestFinished(() => ended.abort());
  const told: Need[] = [];
  watchAttention({
    connect: (signal) => host.connect(signal),
    token: host.token,
    companies: () => host.companies.list(),
    signal: ended.signal,
    onChange: (_needs, fresh) => told.push(...fresh),
    onFault: (error) => {
      throw error;
    },
  });
  await expect
    .poll(() => told.map(({ companyId, category }) => [companyId, category]))
    .toEqual([[secondId, 'gate']]);
  const [need] = told;
  expect(await placeOfPath(need?.path ?? null, host.companies.all())).toEqual({
    ...{ path: need?.path, companyId: secondId },
  });
});
