/** What a host says of its workers to its owner alone, and its limits, which hold at once and after the next start. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { HostOptions } from '../../src/serve/open-host.ts';
import { openHost } from '../../src/serve/open-host.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function hostIn(dataDir: string, options: Partial<HostOptions> = {}) {
  const host = await openHost({ dataDir, name: 'a test', http: null, ...options });
  onTestFinished(() => host.close());
  const owner = host.connect();
  await owner.hello({ version: rpcVersion, token: host.token, company: null, client: 'test' });
  return { host, owner };
}

it('names its launchers with what is in their way, its runners, and how much is used', async () => {
  const { owner } = await hostIn(await temporaryFolder(), {
    launcher: { docker: { image: 'agentcoord-of-a-test:none' } },
  });
  const staffing = await owner.staffing();
  expect(staffing).toMatchObject({
    workers: { atMost: 8, live: 0 },
    llmCalls: { atMost: 16, underWay: 0, waiting: 0 },
    launchers: [
      { name: 'subprocess', isUsual: true, because: null },
      { name: 'docker', isUsual: false, because: expect.stringMatching(/no Docker engine|no image|may not/) },
      { name: 'railway', isUsual: false, because: expect.stringContaining('agentcoord railway set') },
    ],
  });
  expect(staffing.runners.filter(({ isUsual }) => isUsual)).toEqual([{ name: 'script', isUsual: true }]);
  expect((await owner.codingAgents()).map(({ name }) => name)).toEqual([
    'claude',
    'codex',
    'gemini',
    'opencode',
  ]);
});

it('keeps the limits that are set; an option of a start goes before them', async () => {
  const dataDir = await temporaryFolder();
  const first = await hostIn(dataDir);
  expect(await first.owner.setLimits({ workers: 3 })).toMatchObject({
    workers: { atMost: 3 },
    llmCalls: { atMost: 16 },
  });
  await first.owner.setLimits({ llmCalls: 5 });
  await first.host.close();
  expect(JSON.parse(await readFile(join(dataDir, 'limits.json'), 'utf8'))).toEqual({
    workers: 3,
    llmCalls: 5,
  });
  const second = await hostIn(dataDir);
  expect(await second.owner.staffing()).toMatchObject({ workers: { atMost: 3 }, llmCalls: { atMost: 5 } });
  await second.host.close();
  const third = await hostIn(dataDir, { workers: 2 });
  expect(await third.owner.staffing()).toMatchObject({ workers: { atMost: 2 }, llmCalls: { atMost: 5 } });
});

it.each([
  ['none at all', { workers: 0 }],
  ['too many', { workers: 1_001 }],
  ['a part of one', { llmCalls: 1.5 }],
  ['something else', { memory: 3 }],
])('refuses %s', async (_what, limits) => {
  const { owner } = await hostIn(await temporaryFolder());
  await expect(owner.setLimits(limits as never)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  expect(await owner.staffing()).toMatchObject({ workers: { atMost: 8 }, llmCalls: { atMost: 16 } });
});

it('starts none where it was started so, says that, and takes no other number', async () => {
  const { owner } = await hostIn(await temporaryFolder(), { workers: 0 });
  const { workers, launchers } = await owner.staffing();
  expect(workers.atMost).toBe(0);
  for (const { because } of launchers) expect(because).toContain('--workers 0');
  await expect(owner.setLimits({ workers: 2 })).rejects.toMatchObject({ code: 'WRONG_STATE' });
  expect(await owner.setLimits({ llmCalls: 2 })).toMatchObject({ llmCalls: { atMost: 2 } });
});

it('tells members nothing of the machine', async () => {
  const { host, owner } = await hostIn(await temporaryFolder());
  await owner.createCompany({ from: { template: 'startup' } });
  const [agent] = (await owner.query('members', {})).filter(({ member }) => member.kind === 'agent');
  if (!agent) throw new Error('no agent');
  const { token } = await owner.createToken({ member: agent.member.id, access: 'act', name: 'ci' });
  const member = host.connect();
  await member.hello({ version: rpcVersion, token, company: null, client: 'test' });
  for (const asked of [member.staffing(), member.codingAgents(), member.setLimits({ workers: 900 })]) {
    await expect(asked).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
});

it('does not start on limits that it did not write', async () => {
  const dataDir = await temporaryFolder();
  await writeFile(join(dataDir, 'limits.json'), '{"workers": "all of them"}');
  await expect(hostIn(dataDir)).rejects.toMatchObject({
    code: 'DATA_DIR_UNUSABLE',
    message: expect.stringContaining('limits.json'),
  });
});
