/** The commands that need no worker, with no host running: each opens the data directory for itself. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Json, Sandbox } from './run-agentcoord.ts';
import { openSandbox, runAgentcoord } from './run-agentcoord.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.remove());

describe('before there is a company', () => {
  it('says how to make one', async () => {
    const { code, stdout, stderr } = await sandbox.run('status');
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^NOT_FOUND: There is no company in .*agentcoord init --template/);
  });

  it('says it as the program was called', async () => {
    const env = { npm_command: 'exec', npm_lifecycle_event: 'npx', AGENTCOORD_DATA_DIR: sandbox.dataDir };
    expect((await runAgentcoord(['status'], { env })).stderr).toContain('Create one: npx agentcoord init');
    const place = await openSandbox();
    onTestFinished(() => place.remove());
    await place.run('init', '--template', 'startup', '--name', 'Acme');
    await place.run('approvals', 'request', '--title', 'Go', '--context', 'Now?', '--role', 'em');
    const byNpx = async (...args: string[]) =>
      (await runAgentcoord(args, { env: { ...env, AGENTCOORD_DATA_DIR: place.dataDir } })).stdout;
    expect(await byNpx('status')).toContain('npx agentcoord gates');
    expect(await byNpx('gates')).toMatch(/^ *npx agentcoord approvals cancel gate_/m);
    expect((await place.run('gates')).stdout).toMatch(/^ *agentcoord approvals cancel gate_/m);
  });

  it('makes no folder by a typing error', async () => {
    const missing = join(sandbox.dataDir, 'missing');
    expect((await runAgentcoord(['tasks', '--data-dir', missing])).code).toBe(1);
    await mkdir(missing);
  });

  it('refuses an unknown template, naming those there are', async () => {
    const { code, stdout, stderr } = await sandbox.run('init', '--template', 'startpu', '--json');
    expect(code).toBe(1);
    expect(stderr).toContain('did you mean `startup`?');
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'NOT_FOUND', message: expect.any(String) } });
  });

  it('refuses a company file with file, line, column and fix, and makes nothing', async () => {
    const file = join(sandbox.dataDir, 'company.yaml');
    await writeFile(
      file,
      [
        'name: Broken',
        'departments:',
        '  - name: qa',
        '    teams:',
        '      - name: t',
        '        members:',
        '          - { name: q, role: qa_led }',
      ].join('\n'),
    );
    const { code, stderr } = await sandbox.run('init', '--template', file);
    expect(code).toBe(1);
    expect(stderr).toContain(`${file}:7:30: `);
    expect(stderr).toContain('did you mean `qa_lead`?');
    expect((await sandbox.run('status')).stderr).toContain('There is no company');
  });
});

describe('what init says to do next', () => {
  const company = (workflows: string) => `name: Few
departments:
  - name: engineering
    teams: [{ name: t, members: [{ name: ann, role: engineer }] }]
workflows: ${workflows}
`;

  it.each([
    [
      'names a workflow that the company can finish, and those it can not',
      '[feature, { name: chore, steps: [{ id: 1, title: Do it, role: engineer }] }]',
      [/It can't finish the workflow feature:\n {2}Nobody can take step 1/, /--workflow chore --title/],
    ],
    [
      'says how to come by one where there is none',
      '[]',
      [/no workflow can be finished here yet\. Add members/],
    ],
  ])('%s', async (_what, workflows, words) => {
    const fresh = await openSandbox();
    try {
      const file = join(fresh.dataDir, 'few.yaml');
      await writeFile(file, company(workflows));
      const { code, stdout } = await fresh.run('init', '--template', file);
      expect(code).toBe(0);
      for (const each of words) expect(stdout).toMatch(each);
      if (words.length === 1) expect(stdout).not.toContain('--workflow');
    } finally {
      await fresh.remove();
    }
  });
});

describe('a company', () => {
  beforeAll(async () => {
    const { company, dataDir } = await sandbox.json('init', '--template', 'startup', '--name', 'Acme');
    expect(company).toEqual({ id: expect.stringMatching(/^company_/), name: 'Acme', template: 'startup' });
    expect(dataDir).toBe(sandbox.dataDir);
  });

  it('has a name of its own', async () => {
    const { code, stderr } = await sandbox.run('init', '--template', 'startup', '--name', 'acme');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^COMPANY_EXISTS: .*Acme/);
  });

  it('shows itself', async () => {
    const status = await sandbox.json('status');
    expect(status).toMatchObject({
      company: { name: 'Acme', template: 'startup' },
      host: null,
      gatesWaiting: 0,
      epics: [],
      workers: [],
    });
    expect(status.head).toBeGreaterThan(0);
    expect(status.members).toContainEqual({
      id: expect.stringMatching(/^member_/),
      name: 'owner',
      kind: 'human',
      roles: ['ceo'],
      department: null,
      team: null,
      state: null,
      hung: false,
      paused: null,
      tasks: [],
    });
    expect((await sandbox.run('status')).stdout).toContain('owner');
  });

  it('takes a single task', async () => {
    const { task } = await sandbox.json(
      ...['task', 'create', '--title', 'Fix the login', '--role', 'engineer', '--tags', 'web, urgent'],
      ...['--priority', 'high'],
    );
    expect(task).toMatchObject({
      kind: 'single',
      title: 'Fix the login',
      state: 'ready',
      priority: 'HIGH',
      role: 'engineer',
      tags: ['web', 'urgent'],
      epic: null,
      artifacts: [],
    });
    const { tasks } = await sandbox.json('tasks', '--state', 'ready');
    expect(tasks.map(({ id }: Json) => id)).toEqual([task.id]);
  });

  it('refuses a task for a role that there is not', async () => {
    const { code, stderr } = await sandbox.run('task', 'create', '--title', 'x', '--role', 'wizard');
    expect(code).toBe(1);
    expect(stderr).toContain('wizard');
  });

  it('routes an epic, with a pass through the workflow for each story', async () => {
    const { epic } = await sandbox.json(
      ...['epic', 'create', '--workflow', 'bug', '--title', 'Crash at login'],
      ...['--story', 'on Linux', '--story', 'on Windows'],
    );
    expect(epic).toMatchObject({
      title: 'Crash at login',
      workflow: 'bug',
      priority: 'URGENT',
      state: 'pending',
      stories: ['on Linux', 'on Windows'],
      progress: 0,
      tasks: { done: 0, total: 6 },
    });
    const { tasks } = await sandbox.json('tasks', '--epic', 'Crash at login');
    expect((await sandbox.run('epics')).stdout).toContain('Reproduce bug');
    expect(tasks).toHaveLength(6);
    expect(tasks[1]).toMatchObject({
      epic: { id: epic.id, title: 'Crash at login' },
      step: expect.any(String),
    });
    expect(tasks.filter(({ state }: Json) => state === 'ready')).toHaveLength(2);
    const waiting = tasks.find(({ state }: Json) => state === 'blocked');
    expect(waiting.waitingBecause).toContain('Reproduce bug');
  });

  it('says that nobody works while no host runs', async () => {
    const { stderr } = await sandbox.run('epic', 'create', '--workflow', 'bug', '--title', 'Another');
    expect(stderr).toContain('agentcoord serve');
  });

  it('refuses an unknown workflow, naming those there are', async () => {
    const { code, stderr } = await sandbox.run('epic', 'create', '--workflow', 'bugg', '--title', 'x');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^NOT_FOUND: .*bugg/);
    expect(stderr).toContain('bug');
  });

  it('lists its gates, none of which waits yet', async () => {
    expect(await sandbox.json('gates')).toEqual({ gates: [] });
    const { gates } = await sandbox.json('gates', '--all');
    const triage = gates.find(({ name }: Json) => name === 'triage');
    expect(triage).toMatchObject({
      state: 'pending',
      position: 'after',
      artifactSha256: null,
      slots: [{ role: 'em', signOff: null, escalatedTo: null }],
      waitingSince: null,
    });
    const { code, stderr } = await sandbox.run('approve', triage.id);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^GATE_NOT_WAITING: .*triage/);
  });

  it('lists the gates that a name could mean', async () => {
    const { code, stderr } = await sandbox.run('reject', 'triage', '--note', 'no');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^BAD_INPUT: “triage” stands for 3 gates/);
    expect(stderr.match(/gate_\w{10}/g)).toHaveLength(3);
  });
});

describe('people who look after the work', () => {
  it('pause and resume the company and an agent, and stop everything', async () => {
    expect(await sandbox.json('pause', '--reason', 'a release')).toEqual({
      state: 'paused',
      reason: 'a release',
      changed: true,
      released: 0,
    });
    expect((await sandbox.run('pause', '--reason', 'a holiday')).stdout).toBe(
      'The company is paused already: a release. Nothing was changed.\n',
    );
    expect((await sandbox.run('status')).stdout).toContain('paused by owner: a release');
    const { tasks } = await sandbox.json('tasks', '--state', 'ready');
    expect(tasks[0].waitingBecause).toBe('the company is paused: a release');
    expect(await sandbox.json('stop-all', '--reason', 'a fire')).toMatchObject({ state: 'stopped' });
    expect((await sandbox.json('status')).pause).toMatchObject({ kind: 'stopped', by: 'owner' });
    expect((await sandbox.run('pause', '--reason', 'a holiday')).stdout).toBe(
      'The company is stopped already: a fire. Nothing was changed.\n',
    );
    expect(await sandbox.json('resume')).toEqual({
      state: 'working',
      reason: null,
      changed: true,
      released: 0,
    });
    expect((await sandbox.run('resume')).stdout).toBe('The company works already. Nothing was changed.\n');
    const { members } = await sandbox.json('status');
    const { name } = members.find(({ kind }: Json) => kind === 'agent');
    expect(await sandbox.json('pause', name, '--reason', 'a new model')).toMatchObject({ state: 'paused' });
    expect((await sandbox.run('resume', name)).stdout).toBe(`${name} works.\n`);
  });

  it('show, give away, cancel and never retry what has not failed', async () => {
    const shown = await sandbox.json('task', 'show', 'Fix the login');
    expect(shown.task).toMatchObject({ title: 'Fix the login', attempts: 0, history: [] });
    const free = await sandbox.run('task', 'release', 'Fix the login', '--reason', 'x');
    expect(free.stderr).toMatch(/^WRONG_STATE: .*can't be taken back: it is ready/);
    const { members } = await sandbox.json('status');
    const engineer = members.find(({ roles }: Json) => roles.includes('engineer'));
    const moved = await sandbox.json('task', 'reassign', 'Fix the login', '--to', engineer.name);
    expect(moved.task.assignee).toBe(engineer.name);
    expect((await sandbox.run('task', 'retry', 'Fix the login')).stderr).toMatch(/^WRONG_STATE/);
    const gone = await sandbox.json('task', 'cancel', 'Fix the login', '--reason', 'not wanted');
    expect(gone.task.state).toBe('cancelled');
    expect((await sandbox.run('task', 'show', 'Fix the login')).stdout).toContain('cancelled');
  });

  it('set budgets and see what was spent, and who is silent', async () => {
    const { budgets } = await sandbox.json('budget', 'set', '--money', '12.50', '--tokens', '1000');
    expect(budgets).toMatchObject([
      { scope: 'company', name: 'Acme', money: { limit: 12.5, spent: 0 }, tokens: { limit: 1_000 } },
    ]);
    expect(await sandbox.json('usage', '--by', 'model')).toMatchObject({ by: 'model', usage: [], budgets });
    expect((await sandbox.run('usage')).stdout).toContain('$0.00 of $12.50');
    expect((await sandbox.run('budget', 'set', '--money', 'much')).code).toBe(2);
    expect(await sandbox.json('hung', '--threshold', '1s')).toEqual({ hung: [] });
  });

  it('keep a limit that they do not name, and lift one only when they say so', async () => {
    await sandbox.json('budget', 'set', '--money', '12.50', '--tokens', '1000');
    const { code, stderr } = await sandbox.run('budget', 'set');
    expect(code).toBe(2);
    expect(stderr).toMatch(/say which limit: --money .*--tokens .*none/);
    expect(await sandbox.json('budget', 'set', '--tokens', '5000')).toMatchObject({
      budgets: [{ money: { limit: 12.5 }, tokens: { limit: 5_000 } }],
    });
    expect(await sandbox.json('budget', 'set', '--money', 'none')).toMatchObject({
      budgets: [{ money: { limit: null }, tokens: { limit: 5_000 } }],
    });
    expect((await sandbox.json('budget', 'set', '--tokens', 'none')).budgets).toEqual([]);
  });
});

describe('several companies in one directory', () => {
  beforeAll(() => sandbox.json('init', '--template', 'custom', '--name', 'Blank'));

  it('must be told apart', async () => {
    const { code, stderr } = await sandbox.run('status');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^COMPANY_AMBIGUOUS: .*Acme, Blank.*--company/);
  });

  it('are told apart by AGENTCOORD_COMPANY, which --company goes before', async () => {
    const env = { AGENTCOORD_COMPANY: 'Blank', AGENTCOORD_DATA_DIR: sandbox.dataDir };
    const named = async (...args: readonly string[]) =>
      JSON.parse((await runAgentcoord(['status', ...args, '--json'], { env })).stdout).company.name;
    expect(await named()).toBe('Blank');
    expect(await named('--company', 'Acme')).toBe('Acme');
    const missing = { ...env, AGENTCOORD_COMPANY: 'Nobody' };
    expect((await runAgentcoord(['status'], { env: missing })).stderr).toContain('Nobody');
    // Set as it may be, it says nothing about one that is to be made.
    const made = await runAgentcoord(['init', '--template', 'nothing'], { env: missing });
    expect(made.stderr).not.toContain('Nobody');
  });

  it('are told apart by name', async () => {
    expect((await sandbox.json('status', '--company', 'Blank')).company.template).toBe('custom');
    expect((await sandbox.json('status', '--company', 'Acme')).epics).toHaveLength(2);
  });

  it('are told apart in what init says to do next', async () => {
    const { stdout } = await sandbox.run('init', '--template', 'startup', '--name', "Ann's Own");
    const dataDir = ` --data-dir ${sandbox.dataDir}`;
    expect(stdout).toContain(
      `Next: agentcoord epic create --workflow feature --title "…"${dataDir} --company 'Ann'\\''s Own', then agentcoord serve${dataDir}\n`,
    );
  });
});
