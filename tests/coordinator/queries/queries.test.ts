/** Every query, asked while an epic goes from its first task through its gate to its end. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { TaskView } from '../../../src/contract/queries.ts';
import { querySchemas } from '../../../src/contract/queries.ts';
import type { Coordination, Receipt } from '../../../src/contract/rpc.ts';
import type { OpenCompany } from '../../../src/coordinator/open-company.ts';
import { sha256 } from '../../../src/coordinator/world.ts';
import type { CommandInput } from '../../../src/core/command.ts';
import type { EventOf, EventType } from '../../../src/core/event.ts';
import type { Capability, MemberId, RoleId, Seq, WorkerId, WorkflowName } from '../../../src/core/ids.ts';
import type { SessionHost } from '../session-host.ts';
import { createSmall, openSessionHost } from '../session-host.ts';

interface Working {
  readonly session: Coordination;
  readonly workerId: WorkerId;
  readonly memberId: MemberId;
}

/** An agent with a worker that reported. */
async function working(host: SessionHost, company: OpenCompany, name: string): Promise<Working> {
  const session = await host.member(company, name);
  const workerId = host.world.newId('worker');
  const [member] = await company.coordinator.read(({ index }) => [...index.membersByName.get(name)]);
  if (!member) throw new Error(`there is no ${name}`);
  const start: CommandInput = {
    type: 'worker.start',
    workerId,
    memberId: member.id,
    launcher: 'test',
    runner: 'script',
  };
  await company.coordinator.execute({ kind: 'host' }, start);
  await session.command({ type: 'worker.report_ready', workerId, pid: 4_711 });
  return { session, workerId, memberId: member.id };
}

function eventOf<Type extends EventType>({ events }: Receipt, type: Type): EventOf<Type> & { seq: Seq } {
  const stored = events.find(({ event }) => event.type === type);
  if (!stored) throw new Error(`no ${type} among ${events.map(({ event }) => event.type).join(', ')}`);
  return { ...(stored.event as EventOf<Type>), seq: stored.seq };
}

async function claim({ session, workerId }: Working) {
  const { taskId, seq } = eventOf(await session.command({ type: 'task.claim', workerId }), 'task.claimed');
  return { taskId, token: seq };
}

const titles = (views: readonly TaskView[]): string[] => views.map(({ task }) => task.title);

it('answers every query there is, over the life of an epic', async () => {
  const host = await openSessionHost();
  const company = await createSmall(host, 'Acme');
  const owner = await host.owner();
  const ada = await working(host, company, 'ada');
  const sam = await working(host, company, 'sam');
  const asked = new Set<string>();
  const ask: Coordination['query'] = (name, params) => {
    asked.add(name);
    return owner.query(name, params);
  };

  // Before there is any work.
  expect(await ask('satisfiability', { workflow: 'small' as WorkflowName })).toMatchObject({
    finishable: true,
  });
  await expect(ask('satisfiability', { workflow: 'nope' as WorkflowName })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('small'),
  });
  expect(await ask('bestAgent', { roleId: 'engineer' as RoleId })).toMatchObject({ name: 'ada' });
  expect(await ask('bestAgent', { capability: 'deploy_production' as Capability })).toMatchObject({
    name: 'sam',
  });
  expect(await ask('bestAgent', { roleId: 'designer' as RoleId })).toBeNull();
  expect(await ada.session.query('work', { wait: 0 as never })).toEqual({ available: false });

  // Routed: the first task is ready, the second one waits for it.
  const created = await owner.command({
    type: 'epic.create',
    title: 'Fly',
    workflow: 'small' as WorkflowName,
  });
  const { epic } = eventOf(created, 'epic.created');
  expect(await ask('events', { after: (created.seq - created.events.length) as Seq, limit: 3 })).toEqual(
    created.events.slice(0, 3),
  );
  expect(await ask('epics', {})).toMatchObject([{ epic: { id: epic.id }, done: 0, total: 2, progress: 0 }]);
  expect((await ask('tasks', { state: 'blocked' })).map(({ waitingBecause }) => waitingBecause)).toEqual([
    expect.stringContaining('Build it'),
  ]);
  expect(await ask('tasks', { state: 'ready', epicId: epic.id })).toMatchObject([
    { task: { title: 'Build it' }, gates: [{ name: 'review', state: 'pending' }] },
  ]);
  const [first] = await ask('tasks', { limit: 1 });
  expect(await ask('taskCount', {})).toBe(2);
  expect(await ask('taskCount', { state: 'ready' })).toBe(1);
  expect(titles(await ask('tasks', { after: first?.task }))).toEqual(['Ship it']);
  expect(titles(await ask('tasks', { called: 'Ship it' }))).toEqual(['Ship it']);
  expect(titles(await ask('tasks', { called: first?.task.id.slice(0, 12) }))).toEqual(['Build it']);
  expect(await ask('taskCount', { called: 'Ship' })).toBe(0);
  expect(await ada.session.query('work', { wait: 0 as never })).toEqual({ available: true });
  expect(await ada.session.query('work', { wait: 0 as never, tags: ['gpu'] })).toEqual({ available: false });
  expect(await sam.session.query('work', { wait: 0 as never })).toEqual({ available: false });

  // In work.
  const build = await claim(ada);
  expect(await ask('task', { taskId: build.taskId })).toMatchObject({
    task: { state: 'leased' },
    waitingBecause: null,
  });
  expect(await ada.session.query('taskBrief', { taskId: build.taskId })).toMatchObject({
    company: 'Acme',
    epic: { title: 'Fly' },
    story: { title: 'Fly' },
    member: { name: 'ada' },
    inputs: [],
    notes: [],
    review: null,
  });
  const members = await ask('members', {});
  expect(members.map(({ member, agent }) => [member.name, agent?.state])).toEqual([
    ['ada', 'working'],
    ['bo', 'offline'],
    ['eve', 'offline'],
    ['owner', undefined],
    ['quinn', 'offline'],
    ['sam', 'available'],
  ]);
  expect(members[0]).toMatchObject({ department: 'engineering', team: 'core', agent: { hung: false } });
  expect(await ask('status', {})).toMatchObject({
    company: { name: 'Acme' },
    tasks: { blocked: 1, ready: 0, leased: 1, awaiting_gate: 0, done: 0, failed: 0, cancelled: 0 },
    gatesWaiting: 0,
    workers: [{ state: 'ready' }, { state: 'ready' }],
  });

  // Handed in: the gate waits for two roles, a human among them.
  const artifact = await ada.session.putArtifact({
    path: 'wing.txt',
    base64: Buffer.from('wing').toString('base64'),
  });
  expect(await ask('artifact', { hash: artifact.hash })).toEqual({ base64: 'd2luZw==' });
  await expect(ask('artifact', { hash: sha256('tail') })).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
  await ada.session.command({ type: 'task.complete', ...build, artifacts: [artifact] });
  const [gate] = await ask('gates', {});
  expect(gate).toMatchObject({
    gate: { name: 'review', state: 'waiting', artifactHash: artifact.hash },
    epic: { title: 'Fly' },
    task: { title: 'Build it', state: 'awaiting_gate' },
    slots: [
      { roleId: 'em', signOff: null, entitled: [{ name: 'eve' }, { name: 'owner' }], escalatedTo: null },
      { roleId: 'qa_lead', signOff: null, entitled: [{ name: 'owner' }, { name: 'quinn' }] },
    ],
    artifacts: [{ ...artifact, from: 'Build it' }],
    needsHuman: true,
  });
  if (!gate) throw new Error('no gate waits');
  expect((await ask('task', { taskId: build.taskId })).waitingBecause).toContain('review');
  const reviews = await ask('tasks', { state: 'ready' });
  expect(reviews).toMatchObject([{ task: { kind: 'review' } }]);

  // Signed by an agent through its review, and by the owner.
  const slot = reviews[0]?.task.review?.roleId;
  const reviewer = await working(host, company, slot === 'em' ? 'eve' : 'quinn');
  const review = await claim(reviewer);
  expect(await reviewer.session.query('taskBrief', { taskId: review.taskId })).toMatchObject({
    review: { gate: { name: 'review' }, artifacts: [artifact] },
    proofs: [],
  });
  await reviewer.session.command({ type: 'task.answer', ...review, decision: 'approve', note: 'good' });
  await owner.command({
    type: 'gate.sign',
    gateId: gate.gate.id,
    decision: 'approve',
    artifactHash: artifact.hash,
  });
  expect(await ask('gates', {})).toEqual([]);
  expect(await ask('gates', { all: true })).toMatchObject([{ gate: { state: 'open' }, needsHuman: false }]);
  const opened = await ask('gate', { gateId: gate.gate.id });
  expect(opened.slots.map(({ signOff, entitled }) => [signOff?.kind, entitled])).toEqual(
    slot === 'em'
      ? [
          ['agent', []],
          ['human', []],
        ]
      : [
          ['human', []],
          ['agent', []],
        ],
  );

  // The second task builds on the first one's result; then the epic is done.
  const ship = await claim(sam);
  expect(await sam.session.query('taskBrief', { taskId: ship.taskId })).toMatchObject({
    inputs: [{ title: 'Build it', artifacts: [artifact] }],
  });
  expect((await ask('epic', { epicId: epic.id })).progress).toBe(0.5);
  await sam.session.command({ type: 'task.complete', ...ship, artifacts: [artifact] });
  expect(await ask('epic', { epicId: epic.id })).toMatchObject({
    epic: { state: 'completed' },
    stories: [{ title: 'Fly' }],
    done: 2,
    total: 2,
    progress: 1,
  });

  // What does not change.
  expect(await ask('why', { memberId: ada.memberId, capability: 'fix_bugs' as Capability })).toEqual([
    'engineer',
  ]);
  expect(await ask('why', { memberId: ada.memberId, capability: 'assign_tasks' as Capability })).toBeNull();
  const snapshot = await ask('snapshot', {});
  expect(snapshot.epics).toMatchObject([{ id: epic.id, state: 'completed' }]);
  expect(snapshot.seq).toBe((await ask('events', { after: 0 as Seq, limit: 1_000 })).at(-1)?.seq);
  await mkdir(company.workersFolder, { recursive: true });
  await writeFile(path.join(company.workersFolder, `${ada.workerId}.log`), 'started\n');
  expect(await ask('workerLog', { workerId: ada.workerId })).toEqual({
    text: 'started\n',
    next: 8,
    ended: false,
  });
  expect((await ask('workers', {})).map(({ pid }) => pid)).toEqual([4_711, 4_711, 4_711]);

  expect(await ask('workerTail', { workerId: ada.workerId })).toEqual({
    lines: ['started'],
    exitReason: null,
  });
  const facts = await ask('workerFacts', {});
  expect(facts.find(({ worker }) => worker.id === ada.workerId)).toMatchObject({
    stage: 'ready',
    suspicion: null,
    tasks: [],
    locks: [],
    process: null,
    spent: { calls: 0, tokensIn: 0, tokensOut: 0, money: 0 },
  });

  const request = await ada.session.command({
    type: 'approval.request',
    title: 'Fly at night',
    context: 'It is cooler.',
    roles: { em: 1 } as never,
  });
  const { gate: approval } = eventOf(request, 'approval.requested');
  expect(await ask('approval', { gateId: approval.id })).toMatchObject({
    settled: false,
    gate: { name: 'Fly at night', state: 'waiting' },
    epic: null,
    task: null,
    slots: [{ roleId: 'em', entitled: [{ name: 'eve' }, { name: 'owner' }] }],
    artifacts: [{ path: 'context.md', hash: sha256('It is cooler.'), from: 'Fly at night' }],
  });
  await expect(ask('approval', { gateId: gate.gate.id })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  expect((await ask('artifact', { hash: sha256('It is cooler.') })).base64).toBe(
    Buffer.from('It is cooler.').toString('base64'),
  );
  expect((await ask('gates', {})).map(({ epic }) => epic)).toEqual([null]);

  expect(await ask('locks', {})).toEqual([]);
  expect(await ask('lockFree', { scope: 'src/**', wait: 0 as never })).toEqual({ free: true, heldBy: null });

  // Nobody is silent, and nothing was spent.
  expect(await ask('hung', {})).toEqual([]);
  const [silent] = await ask('hung', { threshold: 0 as never });
  expect(silent).toMatchObject({ worker: { state: 'ready' }, declared: false, silentFor: 0 });
  expect(silent?.whatToDo).toContain('it is declared hung in 5 min');
  await owner.command({ type: 'budget.set', scope: { kind: 'company' }, tokens: 1_000 });
  expect(await ask('usage', { by: 'model' })).toMatchObject({
    rows: [],
    total: { calls: 0, money: 0 },
    budgets: [
      { scope: 'company', name: 'Acme', limit: { money: null, tokens: 1_000 }, spent: { tokens: 0 } },
    ],
  });

  // What was said on the board.
  const talk = await ada.session.command({ type: 'thread.start', title: 'Wings', text: 'Ready, @owner?' });
  const { threadId } = eventOf(talk, 'message.posted');
  expect(await ask('threads', {})).toMatchObject([{ thread: { id: threadId }, title: 'Wings', unread: 1 }]);
  expect(await ask('thread', { threadId })).toMatchObject({
    messages: [{ text: 'Ready, @owner?' }],
    more: false,
  });
  expect(await ask('inbox', {})).toMatchObject({ unread: 1, messages: [{ message: { reason: 'mention' } }] });
  expect(await ask('searchBoard', { text: 'wing' })).toMatchObject([{ thread: { title: 'Wings' } }]);

  const { entries } = await ask('audit', { types: ['gate.signed'] });
  expect(entries.map(({ actor }) => actor.name)).toContain('owner');
  const { tables } = await ask('diff', { from: { seq: 1 as never } });
  expect(tables.map(({ table }) => table)).toContain('gates');
  expect(await ask('hosts', {})).toEqual([]);
  expect(await ask('conflicts', { all: true })).toEqual([]);
  await owner.command({ type: 'scaling.set', rule: { name: 'builders', role: 'engineer' as never, max: 4 } });
  expect(await ask('scalings', {})).toMatchObject([
    { scaling: { id: 'builders', max: 4, size: 0 }, load: { ready: 0, underWay: 0 }, live: 1 },
  ]);
  expect(await ask('verify', {})).toMatchObject({ ok: true, fault: null });

  expect([...asked, 'taskBrief', 'work'].sort()).toEqual(Object.keys(querySchemas).sort());
});

it.each([
  ['a query that is not there', 'everything', {}],
  ['a parameter that is not there', 'status', { verbose: true }],
  ['a parameter that is missing', 'task', {}],
  ['a parameter of the wrong type', 'events', { after: -1 }],
  ['a page that is too long', 'tasks', { limit: 100_000 }],
] as const)('refuses %s', async (_what, name, params) => {
  const host = await openSessionHost();
  await createSmall(host, 'Acme');
  const owner = await host.owner();
  await expect(owner.query(name as 'task', params as never)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining(name),
  });
});
