/** A connection is nobody until it says hello, and then exactly the member that its token stands for. */
import { describe, expect, it } from 'vitest';
import type { Coordination, Receipt } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import { sha256 } from '../../src/coordinator/world.ts';
import type { CommandInput } from '../../src/core/command.ts';
import type { Seq } from '../../src/core/ids.ts';
import { smallCompany } from './kit.ts';
import { createSmall, openSessionHost } from './session-host.ts';

const hello = (token: string, company: string | null = null) => ({
  version: rpcVersion,
  token,
  company,
  client: 'test',
});

async function firstEvents(session: Coordination, signal = new AbortController().signal) {
  for await (const events of session.follow(0 as Seq, signal)) return events;
  return null;
}

const calls: [string, (session: Coordination) => Promise<unknown>][] = [
  ['companies', (session) => session.companies()],
  ['templates', (session) => session.templates()],
  ['createCompany', (session) => session.createCompany({ from: { template: 'startup' } })],
  ['command', (session) => session.command({ type: 'task.create', title: 'x' })],
  ['query', (session) => session.query('status', {})],
  ['putArtifact', (session) => session.putArtifact({ path: 'a', base64: '' })],
  ['readFile', (session) => session.readFile({ path: 'a' })],
  ['writeFile', (session) => session.writeFile({ path: 'a', base64: '' })],
  ['listFiles', (session) => session.listFiles({})],
  ['mergeFiles', (session) => session.mergeFiles({ files: [{ path: 'a', base64: '' }] })],
  ['openTree', (session) => session.openTree({ taskId: 'task_x', token: 1 })],
  ['commitTree', (session) => session.commitTree({ taskId: 'task_x', token: 1 })],
  ['takeHandover', (session) => session.takeHandover()],
  ['follow', (session) => firstEvents(session)],
];

describe('before hello', () => {
  it.each(calls)('refuses %s', async (_name, call) => {
    const host = await openSessionHost();
    await createSmall(host, 'Acme');
    await expect(call(host.connect())).rejects.toMatchObject({
      code: 'SESSION_INVALID',
      message: expect.stringContaining('hello'),
    });
  });
});

describe('hello', () => {
  it('makes the owner’s token the owner of the company', async () => {
    const host = await openSessionHost();
    const company = await createSmall(host, 'Acme');
    const { ownerId } = await company.details();
    const head = await company.coordinator.read((state) => state.seq);
    expect(await host.connect().hello(hello(host.ownerToken))).toEqual({
      company: { id: company.id, name: 'Acme' },
      memberId: ownerId,
      sessionId: expect.stringMatching(/^session_\w{10}$/),
      hostId: null,
      head,
      version: rpcVersion,
      warnings: [],
    });
  });

  it.each([
    ['an unknown token', (token: string) => hello(`${token}x`), 'SESSION_INVALID'],
    ['another version', (token: string) => ({ ...hello(token), version: rpcVersion + 1 }), 'BAD_INPUT'],
    ['no token', () => ({ ...hello(''), token: '' }), 'BAD_INPUT'],
    ['an unknown company', (token: string) => hello(token, 'Umbrella'), 'NOT_FOUND'],
  ])('refuses %s', async (_what, call, code) => {
    const host = await openSessionHost();
    await createSmall(host, 'Acme');
    const session = host.connect();
    await expect(session.hello(call(host.ownerToken))).rejects.toMatchObject({ code });
    await expect(session.query('status', {})).rejects.toMatchObject({ code: 'SESSION_INVALID' });
  });

  it('keeps a member’s token in its own company', async () => {
    const host = await openSessionHost();
    const acme = await createSmall(host, 'Acme');
    const globex = await createSmall(host, 'Globex');
    const ada = await host.member(acme, 'ada');
    expect(await ada.companies()).toEqual([{ id: acme.id, name: 'Acme', template: 'custom' }]);
    expect((await ada.query('status', {})).company.id).toBe(acme.id);

    const memberId = await acme.coordinator.read(({ company }) => company?.ownerId);
    if (!memberId) throw new Error('Acme has no owner');
    const token = host.sessions.issue({ companyId: acme.id, memberId });
    await expect(host.connect().hello(hello(token, globex.id))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await host.connect().hello(hello(token, 'Acme'))).company?.id).toBe(acme.id);
  });

  it('binds the connection anew when it is said again', async () => {
    const host = await openSessionHost();
    const acme = await createSmall(host, 'Acme');
    const globex = await createSmall(host, 'Globex');
    const session = await host.owner('Acme');
    expect((await session.query('status', {})).company.id).toBe(acme.id);
    await session.hello(hello(host.ownerToken, 'Globex'));
    expect((await session.query('status', {})).company.id).toBe(globex.id);
  });

  it('binds to no company when there are several and none is named', async () => {
    const host = await openSessionHost();
    await createSmall(host, 'Acme');
    await createSmall(host, 'Globex');
    const session = await host.owner();
    expect(await session.companies()).toHaveLength(2);
    await expect(session.query('status', {})).rejects.toMatchObject({
      code: 'COMPANY_AMBIGUOUS',
      message: expect.stringMatching(/Acme .*Globex/),
    });
  });
});

describe('a host without a company', () => {
  it('lets the owner create one, which binds the connection', async () => {
    const host = await openSessionHost();
    const session = host.connect();
    expect(await session.hello(hello(host.ownerToken))).toMatchObject({
      company: null,
      memberId: null,
      head: 0,
    });
    await expect(session.query('status', {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { companies, workflows } = await session.templates();
    expect(companies.map(({ name }) => name)).toContain('Startup');
    expect(workflows.map(({ name }) => name)).toContain('launch');

    const created = await session.createCompany({ from: { template: 'startup' }, name: 'Mine' });
    expect(created).toMatchObject({ name: 'Mine', template: 'startup' });
    expect((await session.query('status', {})).company).toMatchObject({ id: created.id, name: 'Mine' });
  });

  it('leaves a bound connection where it is when it creates a second one', async () => {
    const host = await openSessionHost();
    await createSmall(host, 'Acme');
    const session = await host.owner();
    await session.createCompany({ from: { file: smallCompany.file }, name: 'Second' });
    expect((await session.query('status', {})).company.name).toBe('Acme');
  });

  it('lets nobody but the owner create one', async () => {
    const host = await openSessionHost();
    const ada = await host.member(await createSmall(host, 'Acme'), 'ada');
    await expect(ada.createCompany({ from: { template: 'startup' } })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('two sessions of one company', () => {
  it('act each as its own member, and see what the other did', async () => {
    const host = await openSessionHost();
    const company = await createSmall(host, 'Acme');
    const owner = await host.owner();
    const ada = await host.member(company, 'ada');
    const { seq } = await owner.command({ type: 'task.create', title: 'from the owner' });
    expect((await ada.query('tasks', {})).map(({ task }) => task.title)).toEqual(['from the owner']);
    const events = await firstEvents(ada);
    expect(events?.at(-1)?.seq).toBe(seq);
    const { ownerId } = await company.details();
    expect(events?.at(-1)?.actor).toBe(ownerId);
  });

  it.each([
    ['create a task', { type: 'task.create', title: 'x' }, 'request_engineering'],
    ['configure the company', { type: 'company.configure', name: 'Mine' }, 'approve_budget'],
    ['let time pass', { type: 'tick' }, 'host'],
  ] as const)('refuse an engineer who wants to %s, saying what it needs', async (_what, command, words) => {
    const host = await openSessionHost();
    const ada = await host.member(await createSmall(host, 'Acme'), 'ada');
    await expect(ada.command(command)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining(words),
    });
  });
});

describe('a withdrawn token', () => {
  it('ends the session on every connection at once', async () => {
    const host = await openSessionHost();
    const company = await createSmall(host, 'Acme');
    const memberId = (await company.details()).ownerId;
    const token = host.sessions.issue({ companyId: company.id, memberId });
    const sessions = [host.connect(), host.connect()];
    for (const session of sessions) await session.hello(hello(token));
    host.sessions.revoke(token);
    for (const session of sessions) {
      for (const [, call] of calls) {
        await expect(call(session)).rejects.toMatchObject({ code: 'SESSION_INVALID' });
      }
    }
  });
});

describe('artifacts', () => {
  it('are stored before a completion may name them', async () => {
    const host = await openSessionHost();
    const company = await createSmall(host, 'Acme');
    const owner = await host.owner();
    await owner.command({ type: 'task.create', title: 'x' });
    const [view] = await owner.query('tasks', {});
    if (!view) throw new Error('no task was created');
    const { seq } = await owner.command({ type: 'task.claim', taskId: view.task.id });
    const artifact = { hash: sha256('hello'), path: 'a.txt', bytes: 5 };
    const completion: CommandInput = {
      type: 'task.complete',
      taskId: view.task.id,
      token: seq,
      artifacts: [artifact],
    };
    await expect(owner.command(completion)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });

    const base64 = Buffer.from('hello').toString('base64');
    expect(await owner.putArtifact({ path: 'a.txt', base64, hash: artifact.hash })).toEqual(artifact);
    await expect(
      owner.putArtifact({ path: 'a.txt', base64: 'aGVsbG8h', hash: artifact.hash }),
    ).rejects.toMatchObject({ code: 'ARTIFACT_CHANGED' });
    await owner.command(completion);
    expect((await owner.query('task', { taskId: view.task.id })).task.submission?.artifacts).toEqual([
      artifact,
    ]);
    expect(Buffer.from(await company.artifacts.read(artifact.hash)).toString()).toBe('hello');
    expect(await owner.query('artifact', { hash: artifact.hash })).toEqual({ base64 });
  });
});

describe('commands that are sent together', () => {
  async function adaAtWork() {
    const host = await openSessionHost();
    await createSmall(host, 'Acme');
    const owner = await host.owner();
    for (const title of ['one', 'two']) {
      await owner.command({ type: 'task.create', title, roleId: 'engineer' });
    }
    const ada = await host.owner();
    const { workerId } = await ada.actAs({ member: 'ada', pid: process.pid });
    const claim: CommandInput = { type: 'task.claim', workerId };
    const { events, seq: token } = await ada.command(claim);
    const [claimed] = events;
    if (claimed?.event.type !== 'task.claimed') throw new Error('nothing was claimed');
    const { taskId } = claimed.event;
    const artifact = await ada.putArtifact({ path: 'a.txt', base64: 'aGVsbG8=' });
    const complete = (hash = artifact.hash): CommandInput => ({
      ...{ type: 'task.complete', taskId, token },
      artifacts: [{ ...artifact, hash }],
    });
    const typesOf = ({ events: some }: Receipt) => some.map(({ event }) => event.type);
    return { owner, ada, taskId, token, claim, complete, typesOf };
  }

  it('are decided in their order, although the first has to look at the disk', async () => {
    const { ada, claim, complete, typesOf } = await adaAtWork();
    const receipts = await Promise.all([
      ada.command(complete()),
      ada.command(claim),
      ada.command({ type: 'lock.acquire', scope: 'src/**', intent: 'build' }),
      ada.command({ type: 'decision.log', kind: 'library', context: 'which', reason: 'It fits.' }),
    ]);
    expect(receipts.flatMap(typesOf)).toEqual([
      ...['task.done', 'task.claimed', 'lock.acquired', 'decision.logged'],
    ]);
    const seqs = receipts.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  });

  it('are decided each by itself when one before it is refused', async () => {
    const { ada, taskId, token, claim, complete, typesOf } = await adaAtWork();
    const release: CommandInput = { type: 'task.release', taskId, token, reason: 'later' };
    const outcomes = await Promise.allSettled([
      ada.command(complete(sha256('never stored'))),
      ada.command(claim),
      ada.command({ type: 'task.create', title: '' }),
      ada.command(release),
    ]);
    const words = outcomes.map((one) =>
      one.status === 'rejected' ? one.reason.code : typesOf(one.value).join(),
    );
    expect(words).toEqual(['ARTIFACT_MISSING', 'AGENT_BUSY', 'BAD_INPUT', 'task.released']);
  });

  it('are refused in their order too when the host stops meanwhile', async () => {
    const host = await openSessionHost();
    const company = await createSmall(host, 'Acme');
    const owner = await host.owner();
    const ask = { title: 'Buy lamps', context: 'It is dark.', roles: { em: 1 } as never };
    const sent = [
      owner.command({ type: 'approval.request', ...ask }),
      owner.command({ type: 'task.create', title: 'x' }),
    ];
    const settled = Promise.allSettled(sent);
    await company.close();
    expect(await settled).toMatchObject([
      { reason: { code: 'LOG_UNAVAILABLE' } },
      { reason: { code: 'LOG_UNAVAILABLE' } },
    ]);
  });
});

describe('follow', () => {
  it('ends when its signal aborts, and when the connection is gone', async () => {
    const host = await openSessionHost();
    await createSmall(host, 'Acme');
    for (const ends of ['signal', 'connection'] as const) {
      const signal = new AbortController();
      const connection = new AbortController();
      const session = host.connect(connection.signal);
      await session.hello(hello(host.ownerToken));
      const following = (async () => {
        for await (const _events of session.follow(0 as Seq, signal.signal));
        return 'ended';
      })();
      (ends === 'signal' ? signal : connection).abort();
      expect(await following).toBe('ended');
    }
  });
});
