/** The structure of the company from the command line: members, the company as a file and back, workflows as files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json, Sandbox } from './run-agentcoord.ts';
import { openSandbox, runAgentcoord } from './run-agentcoord.ts';
import { serve } from './serving-host.ts';

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await openSandbox();
  folder = join(sandbox.dataDir, 'mine');
  await mkdir(folder);
  await sandbox.json('init', '--template', 'startup', '--name', 'Acme');
  const host = await serve(sandbox.dataDir, '--workers', '0', '--no-http');
  return async () => {
    await host.end();
    await sandbox.remove();
  };
});

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

async function refusal(...words: string[]): Promise<string> {
  const { code, stderr } = await sandbox.run(...words);
  expect(code).toBe(1);
  return stderr;
}

describe('a member', () => {
  it('joins, changes, and leaves', async () => {
    const added = await sandbox.json(
      'member',
      'add',
      'zoe',
      '--role',
      'engineer',
      '--team',
      'web',
      '--tag',
      'fast',
    );
    expect(added.member).toMatchObject({ name: 'zoe', kind: 'agent', roles: ['engineer'], team: 'web' });
    const { head } = await sandbox.json('status');
    const changed = await sandbox.json(
      'member',
      'change',
      'zoe',
      '--name',
      'zora',
      '--role',
      'em',
      '--team',
      'none',
    );
    expect(changed.member).toMatchObject({ id: added.member.id, name: 'zora', roles: ['em'], team: null });
    const { removed } = await sandbox.json('member', 'remove', 'zora');
    expect(removed).toBe(added.member.id);
    const namesOf = ({ members }: Json): string[] => members.map(({ name }: Json) => name);
    expect(namesOf(await sandbox.json('member', 'list'))).not.toContain('zora');
    expect(namesOf(await sandbox.json('member', 'list', '--at', String(head)))).toContain('zoe');
  });

  it('may do what its roles lead to', async () => {
    const why = await sandbox.json('member', 'why', 'eli', 'approve_merge');
    expect(why.roles[0]).toBe('em');
    expect((await sandbox.json('member', 'why', 'gus', 'approve_merge')).roles).toBeNull();
    expect(await refusal('member', 'why', 'eli', 'aprove_merge')).toContain('did you mean `approve_merge`');
  });

  it('is refused in words', async () => {
    expect(await refusal('member', 'add', 'ada', '--role', 'engineer')).toMatch(/^NAME_TAKEN: /);
    expect(await refusal('member', 'add', 'kim', '--role', 'enginer')).toContain('engineer');
    expect(await refusal('member', 'add', 'kim', '--role', 'engineer', '--team', 'wev')).toContain('“web”');
    expect(await refusal('member', 'remove', 'addy')).toMatch(/^NOT_FOUND: /);
    expect((await sandbox.run('member', 'change', 'ada')).code).toBe(2);
    expect((await sandbox.run('member', 'add', 'kim')).code).toBe(2);
  });
});

describe('the company as a file', () => {
  it('is printed, and changes nothing when it comes back', async () => {
    const { stdout: yaml } = await sandbox.run('org', 'export');
    const same = await sandbox.json('org', 'apply', await file('same.yaml', yaml));
    expect(same).toEqual({ applied: false, edits: [], radius: null });
  });

  it('is tried first, with what it does to what runs, and then applied whole', async () => {
    const { yaml } = await sandbox.json('org', 'export');
    const without = yaml.replace(/^.*name: tess.*\n/m, '').replace('name: ben', 'name: benno');
    const wanted = await file('wanted.yaml', without);
    const before = (await sandbox.json('status')).head;
    const { stdout } = await sandbox.run('org', 'apply', wanted, '--dry-run');
    expect(stdout).toMatch(/^It would:\n/);
    expect(stdout).toContain('remove member tess');
    expect(stdout).toContain('change member ben: name benno');
    expect(stdout).toContain('tess leaves');
    const dry = await sandbox.json('org', 'apply', wanted, '--dry-run');
    expect(dry).toMatchObject({
      applied: false,
      edits: [{ type: 'member.remove' }, { type: 'member.change' }],
    });
    expect((await sandbox.json('status')).head).toBe(before);
    expect((await sandbox.json('org', 'apply', wanted)).applied).toBe(true);
    expect((await sandbox.json('org', 'export')).yaml).toBe(without);
  });

  it('is refused with every finding at its place, and nothing is changed', async () => {
    const { yaml } = await sandbox.json('org', 'export');
    const before = (await sandbox.json('status')).head;
    const faulty = await file('faulty.yaml', yaml.replace('role: em', 'role: emm'));
    expect(await refusal('org', 'apply', faulty)).toMatch(/^FILE_INVALID: .*faulty\.yaml:\d+:\d+: /);
    expect(await refusal('org', 'apply', join(folder, 'none.yaml'))).toMatch(/^NOT_FOUND: /);
    expect((await sandbox.json('status')).head).toBe(before);
  });
});

describe('a new version of the template', () => {
  it('is merged with what was changed here, the company’s side or the template’s, and is not asked about again', async () => {
    const founded = (await sandbox.json('org', 'export')).yaml;
    const theirs = await file(
      'theirs.yaml',
      founded.replace(/^version: 1$/m, 'version: 2').replace(/(name: [a-z]+, role: )pm\b/, '$1vp_product'),
    );
    const [, pm = ''] = /name: ([a-z]+), role: pm\b/.exec(founded) ?? [];
    const about = `member ${pm}: role`;
    await sandbox.json('org', 'merge', await file('base.yaml', founded));
    await sandbox.json('member', 'change', pm, '--role', 'designer');
    const tried = await sandbox.json('org', 'merge', theirs, '--dry-run');
    expect(tried).toMatchObject({ applied: false, conflicts: [{ about, taken: 'ours' }], edits: [] });
    expect(await refusal('org', 'merge', theirs, '--theirs', 'member nobody: role')).toMatch(
      `BAD_INPUT: There is no conflict \`member nobody: role\`: there are \`${about}\``,
    );
    const merged = await sandbox.json('org', 'merge', theirs, '--theirs', about);
    expect(merged).toMatchObject({ applied: true, version: 2, edits: [{ type: 'member.change' }] });
    expect((await sandbox.json('org', 'export')).yaml).toMatch(/^version: 2$/m);
    const again = await sandbox.run('org', 'merge', theirs);
    expect(again.stdout).toContain('nothing of the company changes');
    expect(again.stdout).not.toContain('both changed');
  });
});

describe('a workflow', () => {
  it('is printed as a file, changed, and removed', async () => {
    const { workflows } = await sandbox.json('workflow', 'list');
    expect(workflows.find(({ name }: Json) => name === 'bug')).toMatchObject({
      version: 1,
      finishable: true,
    });
    expect(workflows.find(({ name }: Json) => name === 'launch').reasons).not.toEqual([]);
    const { stdout: yaml } = await sandbox.run('workflow', 'show', 'bug');
    expect((await sandbox.json('workflow', 'set', await file('bug.yaml', yaml))).changed).toBe(false);
    const args = ['--data-dir', sandbox.dataDir, 'workflow', 'set', '-', '--json'];
    const { stdout } = await runAgentcoord(args, { stdin: yaml.replace('URGENT', 'HIGH') });
    expect(JSON.parse(stdout)).toMatchObject({ changed: true, workflow: { version: 2, priority: 'HIGH' } });
    expect(await sandbox.json('workflow', 'remove', 'bug')).toEqual({ removed: 'bug' });
    expect(await refusal('workflow', 'show', 'bug')).toMatch(/^NOT_FOUND: The company has no workflow bug/);
  });

  it('is refused with every finding at its place', async () => {
    const { stdout: yaml } = await sandbox.run('workflow', 'show', 'feature');
    const faulty = await file('faulty.yaml', yaml.replace('role: engineer', 'role: enginer'));
    expect(await refusal('workflow', 'set', faulty)).toMatch(
      /^FILE_INVALID: .*faulty\.yaml:\d+:\d+: .*did you mean `engineer`/,
    );
    expect(await refusal('workflow', 'remove', 'featur')).toContain('did you mean `feature`');
  });
});

it('reviews of the host are begun, followed and stopped', { timeout: 60_000 }, async () => {
  expect((await sandbox.json('reviews', 'list')).reviews).toEqual([]);
  await file('a.js', 'export const a = () => eval(b);\n');
  const { review } = await sandbox.json('reviews', 'start', folder);
  expect(review).toMatchObject({ path: folder, model: null });
  expect((await sandbox.json('reviews', 'list')).reviews).toMatchObject([{ id: review.id }]);
  const stopped = await sandbox.json('reviews', 'stop', review.id);
  expect(stopped.review.state).not.toBe('running');
  expect((await sandbox.json('reviews', 'show', folder)).review.id).toBe(review.id);
  expect(await refusal('reviews', 'show', 'nope')).toMatch(/^NOT_FOUND: No review is called “nope”/);
  expect(await refusal('reviews', 'start', join(folder, 'none'))).toMatch(/^NOT_FOUND: /);
});
