/** `agentcoord approvals`: asked for, signed, rejected, taken back and waited for, with a host and without one. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, Sandbox } from './run-agentcoord.ts';
import { openSandbox, runAgentcoord } from './run-agentcoord.ts';
import { serve } from './serving-host.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
  await sandbox.json('init', '--template', 'startup', '--name', 'Acme');
});
afterAll(() => sandbox.remove());

const ask = (title: string, ...more: readonly string[]) =>
  sandbox.json('approvals', 'request', '--title', title, '--context', 'It is time.', ...more);

describe('an approval', () => {
  it('is asked for, with all that it says, and listed beside the gates', async () => {
    const { approval } = await ask(
      'Raise prices',
      '--role',
      'em',
      '--role',
      'pm:1',
      '--human',
      '--allow-self',
      '--timeout',
      '1h',
    );
    expect(approval).toMatchObject({
      id: expect.stringMatching(/^gate_/),
      name: 'Raise prices',
      state: 'waiting',
      epic: null,
      step: null,
      requestedBy: 'owner',
      artifacts: [{ path: 'context.md', bytes: 11, from: 'Raise prices' }],
      needsHuman: true,
      slots: [{ role: 'em', signOff: null }, { role: 'pm' }],
      refusal: null,
    });
    expect(Date.parse(approval.deadline) - Date.parse(approval.waitingSince)).toBe(3_600_000);
    expect((await sandbox.json('approvals', 'list')).approvals).toEqual([approval]);
    expect((await sandbox.json('gates')).gates).toEqual([approval]);
    const { stdout } = await sandbox.run('gates');
    expect(stdout).toContain('an approval that owner asked for');
    expect(stdout).toContain(`agentcoord approve ${approval.id}`);
  });

  it('takes its context from a file or the standard input, and what is signed beside it', async () => {
    const file = join(sandbox.dataDir, 'plan.csv');
    await writeFile(file, 'a;b');
    const args = ['approvals', 'request', '--title', 'A plan', '--role', 'em', '--attach', file, '--json'];
    const { stdout } = await runAgentcoord(['--data-dir', sandbox.dataDir, ...args, '--context-file', '-'], {
      stdin: 'from a pipe',
    });
    const { approval } = JSON.parse(stdout);
    expect(approval.artifacts.map(({ path, bytes }: Json) => [path, bytes])).toEqual([
      ['context.md', 11],
      ['plan.csv', 3],
    ]);
  });

  it('is not given by whoever asked, unless they said so', async () => {
    await ask('Mine', '--role', 'em');
    const { code, stderr } = await sandbox.run('approve', 'Mine');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^SELF_APPROVAL: owner asked for the approval/);
    await ask('Really mine', '--role', 'em', '--allow-self');
    const { gate } = await sandbox.json('approve', 'Really mine', '--note', 'fine');
    expect(gate).toMatchObject({
      state: 'open',
      slots: [{ signOff: { member: 'owner', overrideBy: 'ceo', note: 'fine' } }],
    });
  });

  it('that is rejected stays so, with the note', async () => {
    await ask('Too much', '--role', 'em', '--allow-self');
    const { gate } = await sandbox.json('reject', 'Too much', '--note', 'next year');
    expect(gate).toMatchObject({ state: 'rejected', refusal: { by: 'owner', note: 'next year' } });
    const waited = await sandbox.run('approvals', 'wait', 'Too much');
    expect(waited.code).toBe(1);
    expect(waited.stdout).toContain('owner: next year');
    expect(waited.stderr).toBe('');
  });

  it('is taken back', async () => {
    await ask('Never mind', '--role', 'em');
    expect((await sandbox.json('approvals', 'cancel', 'Never mind')).approval.state).toBe('cancelled');
    const { approvals } = await sandbox.json('approvals', 'list', '--all');
    expect(approvals.find(({ name }: Json) => name === 'Never mind').state).toBe('cancelled');
    // Of those that can be signed one may have been meant, of those that are over none.
    await ask('Wait for it', '--role', 'em');
    const { stderr } = await sandbox.run('approve', 'nope');
    expect(stderr).toMatch(/^NOT_FOUND: No gate is called “nope”\. These wait:\n/);
    expect(stderr).toContain('Wait for it');
    expect(stderr).not.toContain('Never mind');
  });
});

describe('is refused', () => {
  it.each([
    ['a role that there is not', ['--role', 'emm'], /NOT_FOUND: .*did you mean `em`/],
    [
      'more signers than there are',
      ['--role', 'em:9'],
      /APPROVAL_UNSATISFIABLE: .*distinct members must sign as em/,
    ],
    ['a wait while no host runs', ['--role', 'em', '--wait'], /NOT_CONNECTED: .*agentcoord serve/],
    ['a file that is not there', ['--role', 'em', '--attach', 'no-such-file'], /NOT_FOUND: .*no-such-file/],
  ])('%s, and nothing is asked', async (_what, more, words) => {
    const before = (await sandbox.json('status')).head;
    const args = ['approvals', 'request', '--title', 'x', '--context', 'y', ...more];
    const { code, stderr } = await sandbox.run(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(words);
    expect((await sandbox.json('status')).head).toBe(before);
  });

  it.each([
    ['nobody to ask', ['--context', 'y'], '--role'],
    ['nothing to go by', ['--role', 'em'], '--context'],
    ['two contexts', ['--role', 'em', '--context', 'y', '--context-file', 'z'], '--context'],
    ['a role that is none', ['--role', 'EM:x', '--context', 'y'], 'em:2'],
    ['more of a role than may be asked', ['--role', 'em:21', '--context', 'y'], '20 at most'],
    ['a time that is none', ['--role', 'em', '--context', 'y', '--timeout', 'soon'], '90s'],
  ])('with %s', async (_what, more, words) => {
    const { code, stderr } = await sandbox.run('approvals', 'request', '--title', 'x', ...more);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});

it('is waited for until an agent and nobody else has given it', { timeout: 60_000 }, async () => {
  const host = await serve(sandbox.dataDir, '--no-http', '--workers', '2');
  try {
    const { approval } = await ask('Go live', '--role', 'em', '--wait');
    expect(approval).toMatchObject({
      state: 'open',
      slots: [{ role: 'em', signOff: { kind: 'agent', note: expect.stringContaining('context.md') } }],
    });
  } finally {
    await host.end();
  }
});
