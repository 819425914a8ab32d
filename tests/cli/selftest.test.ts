/** `agentcoord selftest`: every promise is tried, with a host that really is killed; and a check that fails says so. */
import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { expectThat, runCheck } from '../../src/cli/selftest/check.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runAgentcoord } from './run-agentcoord.ts';

it('keeps what is promised, and leaves nothing behind', { timeout: 120_000 }, async () => {
  const folder = await temporaryFolder();
  const size = ['--workers', '4', '--tasks', '40', '--kills', '1'];
  const env = { TMPDIR: folder };
  const { code, stdout, stderr } = await runAgentcoord(['selftest', ...size, '--json'], { env });
  const { ok, checks } = JSON.parse(stdout);
  expect({ code, ok, checks }).toMatchObject({
    code: 0,
    ok: true,
    checks: [
      { name: 'claims', ok: true, found: '4 agents did 40 tasks: none claimed twice, none lost' },
      { name: 'locks', ok: true, found: '4 lockers added 20 to one file: all are there' },
      { name: 'fencing', ok: true },
      { name: 'recovery', ok: true, found: expect.stringMatching(/^1 kill, [1-9]\d* acknowledged/) },
      { name: 'chain', ok: true, found: expect.stringMatching(/^\d+ events/) },
    ],
  });
  expect(stderr).toContain('ok     claims');
  expect((await readdir(folder)).filter((name) => name.startsWith('agentcoord-selftest-'))).toEqual([]);
});

it('reports what a check found to be wrong', async () => {
  const result = await runCheck('claims', async () => {
    expectThat(false, '2 tasks were claimed twice');
    return 'never said';
  });
  expect(result).toMatchObject({ name: 'claims', ok: false, found: '2 tasks were claimed twice' });
});

it('refuses a size that it can not do', async () => {
  expect((await runAgentcoord(['selftest', '--workers', '0'])).code).toBe(2);
});
