/** A script finds its host, acts for a member, and is told in words when it can't. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connect, createCompany, hasCode } from '../../src/client/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { openClientHost } from './client-host.ts';

it('says how to start a host when none runs, and never becomes one', async () => {
  const dataDir = join(await temporaryFolder(), 'nothing');
  const refused = await connect({ dataDir }).catch((error: unknown) => error);
  expect(hasCode(refused, 'NOT_CONNECTED')).toBe(true);
  expect(String(refused)).toContain(`agentcoord serve --data-dir ${dataDir}`);
});

it('does not trust what a dead host left', async () => {
  const host = await openClientHost();
  await host.close();
  await expect(connect({ dataDir: host.dataDir })).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
});

it('is the owner without a member, and online as an agent until it is closed', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  expect(owner.member).toMatchObject({ name: 'owner', kind: 'human' });
  expect(owner.company.name).toBe('Acme');
  const workers = async () =>
    (await owner.query('workers', {})).map(({ launcher, state }) => `${launcher} ${state}`);
  {
    await using ann = await connect({ dataDir: host.dataDir, member: 'ann', workingOn: 'the login' });
    expect(ann.member).toMatchObject({ name: 'ann', kind: 'agent' });
    expect(await workers()).toEqual(['external ready']);
  }
  await expect.poll(workers).toEqual(['external stopped']);
});

it('takes the next free agent of a role', async () => {
  const host = await openClientHost();
  const names: string[] = [];
  for (let i = 0; i < 2; i += 1) names.push((await host.connect({ role: 'engineer' })).member.name);
  expect(names).toEqual(['ann', 'bob']);
});

it('comes in by a socket and its token', async () => {
  const host = await openClientHost();
  const { readHostFile } = await import('../../src/serve/host-file.ts');
  const file = await readHostFile(host.dataDir);
  if (!file) throw new Error('the host did not announce itself');
  const { socket, token } = file;
  await using session = await connect({ socket, token });
  expect(session.company.name).toBe('Acme');
  await expect(connect({ socket })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await expect(connect({ socket, token: 'a-guess' })).rejects.toMatchObject({ code: 'SESSION_INVALID' });
});

it.each([
  ['a member that there is not', { member: 'nobody' }, 'NOT_FOUND'],
  ['a company that there is not', { company: 'Umbrella' }, 'NOT_FOUND'],
  ['an address that is none', { url: 'here' }, 'BAD_INPUT'],
] as const)('refuses %s', async (_what, options, code) => {
  const host = await openClientHost();
  await expect(host.connect(options)).rejects.toMatchObject({ code });
});

it('names the companies when there are several', async () => {
  const host = await openClientHost();
  await createCompany({ dataDir: host.dataDir, from: { template: 'startup' }, name: 'Globex' });
  await expect(host.connect()).rejects.toMatchObject({
    code: 'COMPANY_AMBIGUOUS',
    message: expect.stringMatching(/Acme.*Globex/),
  });
  expect((await host.connect({ company: 'Globex' })).company.name).toBe('Globex');
});
