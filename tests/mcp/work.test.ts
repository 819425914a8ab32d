/** What a member does through MCP: work, files, words and signatures, and what is refused to them. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { Desk } from '../../src/mcp/desk.ts';
import type { McpCompany } from './mcp-company.ts';
import { openMcpCompany } from './mcp-company.ts';

async function createTask(company: McpCompany, wish: object = {}) {
  const owner = await company.connect();
  const [id] = await owner.createTasks([{ title: 'Fix the login', roleId: 'engineer' as never, ...wish }]);
  return { owner, id: id as string };
}

it.each(['modern', 'legacy'] as const)('takes a task to its end for a %s client', async (era) => {
  const company = await openMcpCompany();
  const { owner, id } = await createTask(company);
  const ann = await company.member('ann', era);

  expect(await ann.call('who_am_i')).toMatchObject({
    member: { name: 'ann', kind: 'agent' },
    roles: ['engineer'],
    company: { name: 'Acme' },
    claimed_tasks: [],
  });
  expect(await ann.call('list_tasks', { state: 'ready' })).toMatchObject({ tasks: [{ id }], total: 1 });
  expect(await ann.call('claim_task')).toMatchObject({ task: { id, worked_on_by: 'ann', state: 'leased' } });
  expect(await ann.call('who_am_i')).toMatchObject({ claimed_tasks: [{ id, title: 'Fix the login' }] });

  const first = await ann.call('report_progress', { task_id: id, note: 'Found it' });
  expect(await ann.call('report_progress', { task_id: id, note: 'Fixed' })).toEqual(first);
  const lock = await ann.call('lock_files', { scope: 'src/login.ts', intent: 'the fix', task_id: id });
  await ann.call('write_file', { lock_id: lock.lock_id, path: 'src/login.ts', text: 'fixed', if_hash: null });
  const listed = { files: [{ path: 'src/login.ts', bytes: 5 }], total: 1 };
  expect(await ann.call('list_files')).toEqual(listed);
  expect(await ann.call('list_files', { folder: 'src', limit: 1 })).toEqual(listed);
  expect(await ann.refusal('list_files', { folder: '../..' })).toMatch(/^[A-Z_]+: /);
  const file = await ann.call('read_file', { path: 'src/login.ts' });
  expect(file).toMatchObject({ exists: true, text: 'fixed' });
  await ann.call('unlock_files', { lock_id: lock.lock_id });

  const done = await ann.call('complete_task', {
    task_id: id,
    artifacts: [
      { path: 'fix.md', text: '# Fixed' },
      { path: 'shot.png', base64: 'AP8A' },
    ],
  });
  expect(done).toMatchObject({ task: { id, state: 'done' } });
  const { task } = await owner.query('task', { taskId: id as never });
  const hashes = task.submission?.artifacts.map(({ hash }) => hash) ?? [];
  expect(await ann.call('read_artifact', { hash: hashes[0] })).toMatchObject({ text: '# Fixed' });
  expect(await ann.call('read_artifact', { hash: hashes[1] })).toMatchObject({ base64: 'AP8A' });
  const thread = await owner.query('thread', { threadId: first.thread_id });
  expect(thread.messages.map(({ text }) => text)).toEqual(['Found it', 'Fixed']);
});

it('says why its member is not free, which role was meant, and what its end left unfinished', async () => {
  const company = await openMcpCompany();
  const { owner, id } = await createTask(company);
  const { call, desk } = await company.member('ann');
  await call('claim_task', { task_id: id });
  await expect(new Desk({ dataDir: company.dataDir, member: 'ann' }).session()).rejects.toMatchObject({
    code: 'AGENT_BUSY',
    message: expect.stringMatching(/\(--role\), or let one end first: agentcoord worker drain worker_\w+$/),
  });
  await expect(new Desk({ dataDir: company.dataDir, role: 'enginer' }).session()).rejects.toMatchObject({
    message: expect.stringContaining('did you mean `engineer`?'),
  });
  await desk[Symbol.asyncDispose]();
  const audit = await owner.query('audit', { types: ['task.released'] });
  expect(audit.entries[0]?.event).toMatchObject({
    taskId: id,
    reason: 'The MCP session ended before it was finished',
  });
});

it('takes what a script calls content, too', async () => {
  const company = await openMcpCompany();
  const { id } = await createTask(company);
  const { call, refusal } = await company.member('ann');
  await call('claim_task', { task_id: id });
  const both = [{ path: 'fix.md', text: 'a', content: 'b' }];
  expect(await refusal('complete_task', { task_id: id, artifacts: both })).toMatch(/^BAD_INPUT/);
  const done = await call('complete_task', {
    task_id: id,
    artifacts: [{ path: 'fix.md', content: '# Fixed' }],
  });
  expect(done).toMatchObject({ task: { id, state: 'done' } });
});

it('shows the company as resources, and each role as a prompt', async () => {
  const company = await openMcpCompany();
  const { id } = await createTask(company);
  const { client, call } = await company.member('ann');
  await call('claim_task', { task_id: id });
  await call('complete_task', { task_id: id, artifacts: [{ path: 'fix.md', text: '# Fixed' }] });

  const { resources } = await client.listResources();
  const uris = resources.map(({ uri }) => uri);
  expect(uris).toContain('agentcoord://company');
  expect(uris).toContain(`agentcoord://tasks/${id}`);
  const read = async (uri: string) => (await client.readResource({ uri })).contents[0];
  expect(
    JSON.parse(String(((await read(`agentcoord://tasks/${id}`)) as { text: string }).text)),
  ).toMatchObject({
    task: { id, handed_in: [{ path: 'fix.md' }] },
  });
  const artifact = uris.find((uri) => uri.startsWith('agentcoord://artifacts/')) ?? '';
  expect(await read(artifact)).toMatchObject({ text: '# Fixed' });
  await expect(read('agentcoord://tasks/task_none')).rejects.toThrow('task_none');
  const { resourceTemplates } = await client.listResourceTemplates();
  expect(resourceTemplates).toHaveLength(4);

  const { prompts } = await client.listPrompts();
  expect(prompts).toHaveLength(17);
  const { messages } = await client.getPrompt({
    name: 'work_as_engineer',
    arguments: { focus: 'the login' },
  });
  expect(JSON.stringify(messages)).toMatch(/implement features.*claim_task.*the login/s);
});

it('is tried here, each tool of it', async () => {
  const company = await openMcpCompany();
  const { client } = await company.member('ann');
  const { tools } = await client.listTools();
  const tests = await readFile(import.meta.filename, 'utf8');
  const untried = tools.map(({ name }) => name).filter((name) => !tests.includes(`'${name}'`));
  expect(tools.length).toBeGreaterThan(30);
  expect(untried).toEqual([]);
});

const oneReview = {
  name: 'one_review',
  steps: [
    {
      ...{ id: 'work', title: 'Work', role: 'engineer' },
      gates: [{ name: 'review', position: 'after' as const, requires: { em: 1 } }],
    },
  ],
};

/** An epic whose first step is handed in, and a gate that waits for it. */
async function openReviewedEpic() {
  const company = await openMcpCompany();
  const owner = await company.connect();
  await owner.command({ type: 'workflow.define', workflow: oneReview });
  const emma = await company.member('emma');
  const created = await emma.call('create_epic', {
    ...{ title: 'Log in faster', description: 'It takes long.', workflow: 'one_review' },
  });
  const ann = await company.member('ann');
  const { task } = await ann.call('claim_task');
  await ann.call('complete_task', { task_id: task.id, artifacts: [{ path: 'fix.md', text: '# Fixed' }] });
  return { company, emma, ann, epicId: created.epic.id as string, stepId: task.id as string };
}

it('answers a review from outside: back with a note, then signed, and the epic is over', async () => {
  const { emma, ann, epicId, stepId } = await openReviewedEpic();
  const first = await emma.call('claim_task');
  expect(first.task).toMatchObject({ kind: 'review', review_of: { epic: 'Log in faster' } });
  const review = { task_id: first.task.id, decision: 'request_changes' };
  expect(await ann.refusal('answer_review', { ...review, note: 'x' })).toMatch(/^LEASE_LOST: /);
  expect(await emma.refusal('answer_review', { ...review, decision: 'shrug' })).toMatch(/invalid/i);
  await emma.call('answer_review', { ...review, note: 'Say why' });
  const again = await ann.call('claim_task', { task_id: stepId });
  expect(JSON.stringify(again.task)).toContain('Say why');
  await ann.call('complete_task', { task_id: stepId, artifacts: [{ path: 'fix.md', text: '# Why' }] });

  const second = await emma.call('claim_task');
  const answered = await emma.call('answer_review', { task_id: second.task.id, decision: 'approve' });
  expect(answered.task).toMatchObject({ state: 'done' });
  expect(await ann.call('get_epic', { epic_id: epicId })).toMatchObject({
    epic: { id: epicId, state: 'completed', description: 'It takes long.' },
    tasks: expect.arrayContaining([expect.objectContaining({ id: stepId, state: 'done' })]),
  });
  expect(await ann.refusal('get_epic', { epic_id: 'epic_none' })).toMatch(/^NOT_FOUND: /);
});

it('reads the company, an epic and a gate by their addresses, as its tools tell them', async () => {
  const { company, emma, ann, epicId } = await openReviewedEpic();
  const uris = (await ann.client.listResources()).resources.map(({ uri }) => uri);
  const read = async (uri: string) => {
    const [content] = (await ann.client.readResource({ uri })).contents;
    if (!content || !('text' in content)) throw new Error(`${uri} is no text`);
    return JSON.parse(content.text);
  };
  const { lock_id } = await ann.call('lock_files', { scope: 'src/**', intent: 'the fix' });
  const status = await ann.call('company_status');
  expect(status).toMatchObject({ company: 'Acme', gates_waiting: 1, tasks_by_state: { awaiting_gate: 1 } });
  expect(status.members).toContainEqual(expect.objectContaining({ name: 'emma', kind: 'agent' }));
  expect(await read('agentcoord://company')).toMatchObject({
    ...{ name: 'Acme', gates_waiting: 1, epics: [{ id: epicId, title: 'Log in faster' }] },
  });

  expect(uris).toContain(`agentcoord://epics/${epicId}`);
  expect(await read(`agentcoord://epics/${epicId}`)).toEqual(await ann.call('get_epic', { epic_id: epicId }));
  const gateUri = uris.find((uri) => uri.startsWith('agentcoord://gates/')) ?? '';
  const gate_id = gateUri.split('/').at(-1);
  expect(await read(gateUri)).toEqual(await ann.call('get_gate', { gate_id }));
  for (const kind of ['epics', 'gates', 'artifacts']) {
    await expect(read(`agentcoord://${kind}/none`), kind).rejects.toThrow('none');
  }

  const bob = await company.member('bob');
  const locks = [{ scope: 'src/**', held_by: 'ann', intent: 'the fix' }];
  expect(await bob.call('list_locks')).toMatchObject({ locks });
  expect(await bob.call('list_locks', { scope: 'src/a.ts' })).toMatchObject({ locks });
  expect(await bob.call('list_locks', { scope: 'docs/a.md' })).toEqual({ locks: [] });
  await ann.call('unlock_files', { lock_id });

  const giveUp = { epic_id: epicId, reason: 'not needed' };
  expect(await bob.refusal('cancel_epic', giveUp)).toMatch(/^FORBIDDEN: /);
  expect(await emma.call('cancel_epic', giveUp)).toMatchObject({ epic: { id: epicId, state: 'cancelled' } });
  expect(await bob.call('company_status')).toMatchObject({ gates_waiting: 0 });
});

it('speaks on the board, keeps decisions, and reads what reached the member', async () => {
  const company = await openMcpCompany();
  const ann = await company.member('ann');
  const bob = await company.member('bob');
  const { thread_id } = await ann.call('post_thread', {
    title: 'Plan',
    message: 'What now, @bob?',
    kind: 'QUESTION',
  });
  const inbox = await bob.call('read_inbox');
  expect(inbox.messages).toMatchObject([{ thread: 'Plan', why: 'mention', author: 'ann', kind: 'QUESTION' }]);
  await bob.call('reply_to_thread', { thread_id, message: 'This' });
  expect(await bob.call('read_inbox')).toMatchObject({ messages: [] });
  expect(await ann.call('list_threads', { mine: true })).toMatchObject({ threads: [{ id: thread_id }] });
  expect(await ann.call('read_thread', { thread_id })).toMatchObject({
    messages: [{ author: 'ann' }, { author: 'bob', text: 'This' }],
  });
  await ann.call('send_message', { to: 'bob', message: 'Thanks' });
  expect(await bob.refusal('send_message', { to: 'nobody', message: 'x' })).toMatch(/^NOT_FOUND: /);
  const { event } = await ann.call('log_decision', {
    kind: 'library',
    context: 'zod',
    reason: 'it is there',
  });
  expect(event).toBeGreaterThan(0);
});

it('asks for an approval, waits until it is given, and gives it as the one whose slot it is', async () => {
  const company = await openMcpCompany();
  const ann = await company.member('ann');
  const emma = await company.member('emma');
  const asked = await ann.call('request_approval', { title: 'Deploy', context: 'Now', roles: { em: 1 } });
  const { id, artifact_hash } = asked.approval;
  expect(asked).toMatchObject({ settled: false, approval: { state: 'waiting', you_could_sign: false } });
  const waiting = ann.call('wait_for_approval', { approval_id: id, wait_seconds: 60 });

  const wrong = { gate_id: id, decision: 'approve', artifact_hash };
  expect(await ann.refusal('sign_gate', wrong)).toMatch(/^(SELF_APPROVAL|NOT_ENTITLED): /);
  const stale = { ...wrong, artifact_hash: '0'.repeat(64) };
  expect(await emma.refusal('sign_gate', stale)).toMatch(/^ARTIFACT_CHANGED: /);
  expect(await emma.call('list_gates')).toMatchObject({ gates: [{ id, you_could_sign: true }] });
  await emma.call('sign_gate', wrong);
  expect(await waiting).toMatchObject({
    settled: true,
    approval: { state: 'open', slots: [{ signed_by: 'emma' }] },
  });
  expect(await emma.refusal('sign_gate', wrong)).toMatch(/^GATE_NOT_WAITING: /);
});

it('ends a wait that its client cancels, and the approval stays asked for', async () => {
  const company = await openMcpCompany();
  const { client, call } = await company.member('ann');
  const { approval } = await call('request_approval', { title: 'Deploy', context: 'Now', roles: { em: 1 } });
  const patience = new AbortController();
  const told: unknown[] = [];
  const waiting = client.callTool(
    { name: 'wait_for_approval', arguments: { approval_id: approval.id, wait_seconds: 3_000 } },
    {
      signal: patience.signal,
      onprogress: (progress) => {
        told.push(progress);
        patience.abort(new Error('enough'));
      },
    },
  );
  await expect(waiting).rejects.toThrow('enough');
  expect(told).toMatchObject([{ message: 'waiting for the signatures' }]);
  expect(await call('get_gate', { gate_id: approval.id })).toMatchObject({ gate: { state: 'waiting' } });
  await call('cancel_approval', { approval_id: approval.id });
});

it('may no more than its member: another’s task, another’s lock, another’s role, another’s decisions', async () => {
  const company = await openMcpCompany();
  const { id } = await createTask(company);
  const ann = await company.member('ann');
  const bob = await company.member('bob');
  await ann.call('claim_task', { task_id: id });
  const { lock_id } = await ann.call('lock_files', { scope: 'a.txt', intent: 'mine' });

  for (const [tool, args] of [
    ['complete_task', { artifacts: [{ path: 'x', text: 'x' }] }],
    ['fail_task', { reason: 'x' }],
    ['release_task', { reason: 'x' }],
    ['report_progress', { note: 'x' }],
  ] as const) {
    expect(await bob.refusal(tool, { task_id: id, ...args })).toMatch(/^LEASE_LOST: /);
  }
  expect(await bob.refusal('claim_task', { task_id: id })).toMatch(/^WRONG_STATE: /);
  expect(await bob.refusal('unlock_files', { lock_id })).toMatch(/^LOCK_LOST: /);
  expect(await bob.refusal('write_file', { lock_id, path: 'a.txt', text: 'x' })).toMatch(/^LOCK_LOST: /);
  expect(await bob.refusal('lock_files', { scope: '*.txt', intent: 'mine' })).toMatch(/^LOCK_HELD: .*ann/);
  expect(await bob.refusal('lock_files', { scope: '../secret', intent: 'mine' })).toMatch(/^PATH_OUTSIDE: /);
  expect(await bob.refusal('read_file', { path: '../../host.json' })).toMatch(/^PATH_OUTSIDE: /);
  expect(await bob.refusal('create_task', { title: 'More' })).toMatch(/^FORBIDDEN: .*emma/);
  expect(await bob.refusal('create_epic', { title: 'More', workflow: 'feature' })).toMatch(/^FORBIDDEN: /);
  expect((await ann.call('get_task', { task_id: id })).task).toMatchObject({
    state: 'leased',
    worked_on_by: 'ann',
  });
});

it('refuses arguments that are too large, of the wrong kind or unknown', async () => {
  const company = await openMcpCompany();
  const { refusal } = await company.member('ann');
  for (const [tool, args] of [
    ['post_thread', { title: 'x', message: 'x'.repeat(20_001) }],
    ['log_decision', { kind: 'x'.repeat(61), context: 'x', reason: 'x' }],
    ['claim_task', { wait_seconds: -1 }],
    ['claim_task', { task: 'a misspelt name' }],
    ['read_artifact', { hash: '../log.sqlite' }],
    ['lock_files', { scope: 'a', intent: 'x', wait_seconds: 1e9 }],
  ] as const) {
    expect(await refusal(tool, args), `${tool} ${Object.keys(args)}`).toMatch(/invalid/i);
  }
  const twice = { lock_id: 'lock_x', path: 'x', text: 'a', content: 'b' };
  expect(await refusal('write_file', twice)).toMatch(/^(LOCK_LOST|BAD_INPUT)/);
  expect(await refusal('complete_task', { task_id: 'task_x', artifacts: [{ path: 'x' }] })).toMatch(
    /^LEASE_LOST/,
  );
});

it('goes on when the host was started again, and says what was lost meanwhile', async () => {
  const company = await openMcpCompany();
  const { id } = await createTask(company);
  const { call, refusal } = await company.member('ann');
  await call('claim_task', { task_id: id });
  await company.close();
  const asking = call('who_am_i');
  await company.open();
  expect(await asking).toMatchObject({ member: { name: 'ann' }, claimed_tasks: [] });
  expect(await refusal('complete_task', { task_id: id })).toMatch(/^LEASE_LOST: .*Fix the login/);
  expect(await call('claim_task', { wait_seconds: 30 })).toMatchObject({ task: { id } });
});
