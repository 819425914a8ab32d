/** `agentcoord lint`: what is wrong in a file, where, and what would put it right. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAgentcoord } from './run-agentcoord.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agentcoord-lint-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

it.each(['startup', 'scaleup', 'janus_dev', 'custom'])('finds nothing in the template %s', async (name) => {
  const { code, stdout, stderr } = await runAgentcoord(['lint', '--template', name]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n')[0]).toBe(`${name}: in order`);
});

it('says of each workflow of a company whether it can be finished, and why not', async () => {
  const path = await file(
    'small.yaml',
    `name: Small
departments:
  - name: engineering
    teams: [{ name: t, members: [{ name: ann, role: engineer }] }]
workflows:
  - feature
  - name: chore
    steps: [{ id: 1, title: Do it, role: engineer }]
  - name: spell
    steps:
      - { id: 1, title: Do it, role: engineer }
      - { id: 2, title: Draw it, role: designer, depends_on: [1] }
`,
  );
  const { code, stdout } = await runAgentcoord(['lint', '--template', path]);
  expect(code).toBe(0);
  expect(stdout).toContain('\nchore: can be finished\n');
  expect(stdout).toContain(
    "\nfeature: can't be finished by this company\n  templates/workflows/feature.yaml:",
  );
  expect(stdout).toContain(
    `\nspell: can't be finished by this company\n  ${path}:12:9: note: Nobody can take step 2`,
  );

  const named = ['lint', '--template', path, '--workflow'];
  expect((await runAgentcoord([...named, 'chore'])).code).toBe(0);
  const spell = await runAgentcoord([...named, 'spell']);
  expect(spell.code).toBe(1);
  expect(spell.stderr).toContain(`${path}:12:9: Nobody can take step 2 (Draw it)`);
  const typo = await runAgentcoord([...named, 'chroe']);
  expect(typo.stderr).toContain('did you mean `chore`?');
});

it.each([
  ['a folder', async () => folder, /^BAD_INPUT: .* can't be read: it is a folder/],
  [
    'what is no text',
    async () => {
      const path = join(folder, 'company.yaml');
      await writeFile(path, Buffer.from([0x50, 0x4b, 3, 4, 0, 0xff, 0xfe]));
      return path;
    },
    /^BAD_INPUT: .*company\.yaml is not a text file: write a YAML file in UTF-8\n$/,
  ],
])('refuses %s in plain words', async (_what, given, words) => {
  const { code, stderr } = await runAgentcoord(['lint', '--template', await given()]);
  expect(code).toBe(1);
  expect(stderr).toMatch(words);
});

it.each(['feature', 'bug', 'launch', 'trading_strategy'])(
  'finds that scaleup can finish %s',
  async (workflow) => {
    const { code, stdout } = await runAgentcoord([
      'lint',
      '--template',
      'scaleup',
      '--workflow',
      workflow,
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      findings: [],
      satisfiability: { company: 'Scaleup', workflow, finishable: true },
    });
  },
);

it('names every fault of a workflow file with its line and column', async () => {
  const path = await file(
    'cycle.yaml',
    `name: cycle
steps:
  - { id: a, title: First, role: pm, depends_on: [b] }
  - { id: b, title: Second, role: enginer, depends_on: [a] }
`,
  );
  const { code, stdout, stderr } = await runAgentcoord(['lint', '--workflow', path]);
  expect(code).toBe(1);
  expect(stdout).toBe(`2 found in ${path}\n`);
  const lines = stderr.trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line.slice(0, path.length)).toBe(path);
    expect(line.slice(path.length)).toMatch(/^:\d+:\d+: .+ - .+$/);
  }
  expect(stderr).toContain('did you mean `engineer`?');
});

it('gives the same as a document', async () => {
  const path = await file('types.yaml', 'name: Types\nversion: one\n');
  const { code, stdout } = await runAgentcoord(['lint', '--template', path, '--json']);
  expect(code).toBe(1);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({ ok: false, satisfiability: null });
  expect(document.findings).toEqual([
    { file: path, line: 2, column: 10, message: expect.any(String), fix: expect.any(String) },
  ]);
});

it('says at which step a company fails a workflow, and the repair', async () => {
  const { code, stderr } = await runAgentcoord(['lint', '--template', 'startup', '--workflow', 'launch']);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^templates\/workflows\/launch\.yaml:\d+:\d+: Nobody can take step 5 .* - add a member with the role support_lead$/m,
  );
});

it('lets a workflow use the roles that its company adds', async () => {
  const company = await file(
    'roles.yaml',
    `name: Studio
departments:
  - name: product
    teams:
      - name: t
        members:
          - { name: wanda, role: wizard }
roles:
  - { id: wizard, title: Wizard, department: product, capabilities: [cast_spells] }
`,
  );
  const workflow = await file(
    'spell.yaml',
    'name: spell\nsteps:\n  - { id: 1, title: Cast, role: wizard }\n',
  );
  expect((await runAgentcoord(['lint', '--workflow', workflow])).code).toBe(1);
  expect((await runAgentcoord(['lint', '--template', company, '--workflow', workflow])).code).toBe(0);
});

it('refuses a file that is not there', async () => {
  const { code, stderr } = await runAgentcoord(['lint', '--template', 'scaleupp']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^NOT_FOUND: There is no file scaleupp .*did you mean `scaleup`\?/);
});
