/** What every transport must do: each call of the contract, events with back-pressure, and calm under bad input. */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { querySchemas } from '../../src/contract/queries.ts';
import type { Receipt } from '../../src/contract/rpc.ts';
import { callSchemas, rpcVersion } from '../../src/contract/rpc.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import type { Seq } from '../../src/core/ids.ts';
import type { Channel } from '../../src/rpc/channel.ts';
import type { ClientConnection } from '../../src/rpc/client.ts';
import { connectClient } from '../../src/rpc/client.ts';
import type { Connect, ServeOptions } from '../../src/rpc/serve-connection.ts';
import { lockFiles } from '../lock-files.ts';
import type { RealCompany } from '../real-company.ts';
import { openRealCompany, smallCompany } from '../real-company.ts';

/** A transport at work: the host's end serves, and each call opens a client's end. */
export type OpenTransport = (connect: Connect, options: ServeOptions) => Promise<() => Promise<Channel>>;

interface Served extends RealCompany {
  readonly openChannel: () => Promise<Channel>;
  /** A client that has said hello as the owner. */
  readonly client: () => Promise<ClientConnection>;
}

const hello = { version: rpcVersion, client: 'test' };

export function rpcContract(name: string, open: OpenTransport): void {
  async function serve(options: ServeOptions = {}): Promise<Served> {
    const real = await openRealCompany();
    const openChannel = await open(real.connect, options);
    const client = async () => {
      const connection = connectClient(await openChannel());
      onTestFinished(() => connection.close());
      await connection.hello({ ...hello, token: real.ownerToken });
      return connection;
    };
    return { ...real, openChannel, client };
  }

  describe(`rpc over ${name}`, () => {
    it('greets whoever has a token, with the company that it is for', async () => {
      const { openChannel, ownerToken, company } = await serve();
      const client = connectClient(await openChannel());
      await expect(client.hello({ ...hello, token: ownerToken })).resolves.toMatchObject({
        company: { id: company.id, name: 'Acme' },
        version: rpcVersion,
      });
      client.close();
    });

    it('answers every call of the contract', async () => {
      const { client } = await serve();
      const host = await client();
      const called = new Set(['hello']);
      const note = <Value>(call: keyof typeof callSchemas, answer: Promise<Value>) => {
        called.add(call);
        return answer;
      };

      await expect(note('companies', host.companies())).resolves.toMatchObject([{ name: 'Acme' }]);
      await expect(note('templates', host.templates())).resolves.toHaveProperty('workflows.0.name', 'small');
      await expect(
        note('createCompany', host.createCompany({ from: { file: smallCompany() }, name: 'Second' })),
      ).resolves.toMatchObject({ name: 'Second' });
      const receipt = await note('command', host.command({ type: 'task.create', title: 'Sweep the floor' }));
      expect(receipt.events[0]?.event.type).toBe('task.created');
      await expect(note('query', host.query('tasks', {}))).resolves.toMatchObject([
        { task: { title: 'Sweep the floor' } },
      ]);
      const bytes = Buffer.from('a result');
      await expect(
        note('putArtifact', host.putArtifact({ path: 'a.txt', base64: bytes.toString('base64') })),
      ).resolves.toEqual({ path: 'a.txt', bytes: 8, hash: createHash('sha256').update(bytes).digest('hex') });
      await expect(note('readFile', host.readFile({ path: 'src/a.ts' }))).resolves.toBeNull();
      const { lock } = await lockFiles(host, 'src');
      const write = { path: 'src/a.ts', base64: bytes.toString('base64'), token: lock.token };
      await expect(note('writeFile', host.writeFile(write))).resolves.toMatchObject({
        path: 'src/a.ts',
        bytes: 8,
      });
      await expect(note('listFiles', host.listFiles({}))).resolves.toBeInstanceOf(Array);
      await expect(note('mergeFiles', host.mergeFiles({ files: [write] }))).resolves.toHaveLength(1);
      // Only a host with worktrees has any: tests/worker/worktree.test.ts.
      const held = { taskId: 'task_x', token: 1 };
      await expect(note('openTree', host.openTree(held))).rejects.toMatchObject({ code: 'WRONG_STATE' });
      await expect(note('commitTree', host.commitTree(held))).rejects.toMatchObject({ code: 'WRONG_STATE' });
      await expect(host.readFile({ path: 'src/a.ts' })).resolves.toMatchObject({ base64: write.base64 });
      await expect(note('actAs', host.actAs({ member: 'ann', pid: process.pid }))).resolves.toMatchObject({
        name: 'ann',
        kind: 'agent',
      });
      // Only a worker on another machine gets anything: tests/rpc/workers-away.test.ts.
      await expect(note('takeHandover', host.takeHandover())).rejects.toMatchObject({ code: 'FORBIDDEN' });
      // Only a host that keeps its companies in a folder of its own can move them: tests/cli/shared-company.test.ts.
      const [keeps, itself] = [{ code: 'WRONG_STATE' }, { to: 'here' }];
      await expect(note('companyPlaces', host.companyPlaces())).rejects.toMatchObject(keeps);
      await expect(note('joinCompanies', host.joinCompanies())).rejects.toMatchObject(keeps);
      await expect(note('moveCompany', host.moveCompany(itself))).rejects.toMatchObject(keeps);
      await expect(note('hostFacts', host.hostFacts())).rejects.toMatchObject(keeps);
      // Only such a host carries messages, too: tests/serve/channels.test.ts.
      const chat = { name: 'chat' };
      await expect(note('plugins', host.plugins())).rejects.toMatchObject(keeps);
      const archive = { name: 'chat.acplug', base64: '' };
      await expect(note('inspectPlugin', host.inspectPlugin(archive))).rejects.toMatchObject(keeps);
      await expect(note('installPlugin', host.installPlugin(archive))).rejects.toMatchObject(keeps);
      await expect(note('removePlugin', host.removePlugin({ id: 'chat' }))).rejects.toMatchObject(keeps);
      await expect(note('channels', host.channels())).rejects.toMatchObject(keeps);
      await expect(note('setChannel', host.setChannel(chat))).rejects.toMatchObject(keeps);
      await expect(note('removeChannel', host.removeChannel(chat))).rejects.toMatchObject(keeps);
      await expect(note('testChannel', host.testChannel(chat))).rejects.toMatchObject(keeps);
      await expect(note('linkChannel', host.linkChannel(chat))).rejects.toMatchObject({
        code: 'NOT_IN_PERSON',
      });
      const nobody = { ...chat, person: 'U1' };
      await expect(note('unlinkChannel', host.unlinkChannel(nobody))).rejects.toMatchObject(keeps);
      // As access tokens: tests/serve/http-api.test.ts.
      const reader = { member: 'ann', access: 'read', name: 'ci' } as const;
      await expect(note('tokens', host.tokens())).rejects.toMatchObject(keeps);
      await expect(note('createToken', host.createToken(reader))).rejects.toMatchObject(keeps);
      await expect(note('revokeToken', host.revokeToken({ id: 'token_x' }))).rejects.toMatchObject(keeps);
      // Nor does it review folders: tests/serve/host-reviews.test.ts.
      const folder = { path: '/nowhere/at/all' };
      await expect(note('reviews', host.reviews())).rejects.toMatchObject(keeps);
      await expect(note('startReview', host.startReview(folder))).rejects.toMatchObject(keeps);
      await expect(note('stopReview', host.stopReview({ id: 'review_1' }))).rejects.toMatchObject(keeps);
      // Nor does it start workers: tests/serve/staffing.test.ts.
      await expect(note('staffing', host.staffing())).rejects.toMatchObject(keeps);
      await expect(note('setLimits', host.setLimits({ workers: 2 }))).rejects.toMatchObject(keeps);
      await expect(note('codingAgents', host.codingAgents())).rejects.toMatchObject(keeps);
      called.add('follow');
      for await (const batch of host.follow(0 as Seq, AbortSignal.timeout(10_000))) {
        expect(batch[0]?.seq).toBe(1);
        // Leaving the loop unfollows.
        called.add('unfollow');
        break;
      }
      expect([...called].sort()).toEqual(Object.keys(callSchemas).sort());
    });

    it('answers every query of the contract as the host does without a line', async () => {
      const { client, owner, member, company } = await serve();
      const host = await client();
      await host.command({ type: 'epic.create', title: 'Dark mode', workflow: 'small' });
      const [epic] = await host.query('epics', {});
      const [task] = await host.query('tasks', {});
      const [gate] = await host.query('gates', { all: true });
      const artifact = await host.putArtifact({ path: 'a.txt', base64: Buffer.from('x').toString('base64') });
      const { id: memberId } = await member('ann');
      const workerId = 'worker_0000000001';
      await company.coordinator.execute({ kind: 'host' }, {
        type: 'worker.start',
        workerId: workerId as never,
        memberId,
        launcher: 'test',
        runner: 'script',
      } as never);
      const asked = await host.command({
        type: 'approval.request',
        title: 'Buy lamps',
        context: 'It is dark.',
        roles: { em: 1 } as never,
      });
      const approval = asked.events.find(({ event }) => event.type === 'gate.asked')?.event;
      const started = await host.command({
        type: 'thread.start',
        title: 'Lamps',
        text: 'Who has one, @ann?',
      });
      const thread = started.events.find(({ event }) => event.type === 'message.posted')?.event;
      const params: Record<keyof typeof querySchemas, object> = {
        snapshot: {},
        status: {},
        tasks: { state: 'ready' },
        taskCount: { state: 'ready' },
        task: { taskId: task?.task.id },
        taskBrief: { taskId: task?.task.id },
        epics: {},
        epic: { epicId: epic?.epic.id },
        gates: {},
        gate: { gateId: gate?.gate.id },
        approval: { gateId: approval && 'gateId' in approval ? approval.gateId : '' },
        threads: { state: 'active' },
        thread: { threadId: thread && 'threadId' in thread ? thread.threadId : '' },
        inbox: { memberId },
        searchBoard: { text: 'who has' },
        members: {},
        bestAgent: { roleId: 'engineer' },
        why: { memberId, capability: 'write_tests' },
        workers: {},
        workerFacts: {},
        scalings: {},
        workerTail: { workerId },
        hung: {},
        usage: { by: 'model' },
        satisfiability: { workflow: 'small' },
        events: { after: 0 },
        artifact: { hash: artifact.hash },
        workerLog: { workerId },
        work: { wait: 0 },
        locks: {},
        lockFree: { scope: 'src/**', wait: 0 },
        audit: { types: ['task'], limit: 5 },
        diff: { from: { seq: 3 }, to: { seq: 9 } },
        hosts: {},
        conflicts: { all: true },
        verify: {},
      };
      for (const query of Object.keys(querySchemas) as (keyof typeof querySchemas)[]) {
        const ask = (from: typeof owner) =>
          from.query(query, params[query] as never).then(
            (answer) => ({ answer: JSON.parse(JSON.stringify(answer)) }),
            (error: unknown) => ({ refusal: JSON.parse(JSON.stringify(error)) }),
          );
        expect({ query, ...(await ask(host)) }).toEqual({ query, ...(await ask(owner)) });
      }
    });

    it('gives refusals back as they are: code, words and details', async () => {
      const { client, owner } = await serve();
      const host = await client();
      const ask = { taskId: 'task_nobody' as never };
      const refusal = await owner.query('task', ask).catch((error: unknown) => error);
      await expect(host.query('task', ask)).rejects.toEqual(refusal);
      await expect(host.query('task', ask)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('acks a command only when it is in the log', async () => {
      const { client, owner } = await serve();
      const host = await client();
      const receipts = await Promise.all(
        Array.from({ length: 50 }, (_, n) => host.command({ type: 'task.create', title: `Task ${n}` })),
      );
      const after = (receipts[0]?.events[0]?.seq ?? 1) - 1;
      const stored = await owner.query('events', { after: after as Seq, limit: 1_000 });
      expect(receipts.flatMap(({ events }) => events).map(({ seq }) => seq)).toEqual(
        stored.map(({ seq }) => seq),
      );
    });

    it('has commands that are sent together decided in that order', async () => {
      const { client, owner } = await serve();
      for (let n = 0; n < 20; n += 1) {
        await owner.command({ type: 'task.create', title: `Task ${n}`, roleId: 'engineer' });
      }
      const ann = await client();
      const { workerId } = await ann.actAs({ member: 'ann', pid: process.pid });
      const artifact = await ann.putArtifact({ path: 'a.txt', base64: 'aGVsbG8=' });
      const claimOf = ({ events }: Receipt) => {
        const [claimed] = events;
        if (claimed?.event.type !== 'task.claimed') throw new Error('nothing was claimed');
        return { taskId: claimed.event.taskId, token: claimed.seq };
      };
      let held = claimOf(await ann.command({ type: 'task.claim', workerId }));
      // She may hold one task at a time: a claim that overtook its completion would be refused.
      for (let n = 1; n < 20; n += 1) {
        const [, next] = await Promise.all([
          ann.command({ type: 'task.complete', ...held, artifacts: [artifact] }),
          ann.command({ type: 'task.claim', workerId }),
        ]);
        held = claimOf(next);
      }
    });

    it('follows from the past into the present without a gap and without a repeat', async () => {
      const { client } = await serve();
      const [host, other] = [await client(), await client()];
      const { seq: head } = await host.query('status', {});
      const seen: StoredEvent[] = [];
      const stop = new AbortController();
      const following = (async () => {
        for await (const batch of host.follow(0 as Seq, stop.signal)) {
          seen.push(...batch);
          if (seen.length >= head + 30) stop.abort();
        }
      })();
      for (let n = 0; n < 30; n += 1) await other.command({ type: 'task.create', title: `Task ${n}` });
      await following;
      expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, place) => place + 1));
    });

    it('follows only what concerns holders, for whoever asks for that', async () => {
      const { client } = await serve();
      const [host, other] = [await client(), await client()];
      const { events } = await other.command({ type: 'task.create', title: 'Dropped' });
      const [created] = events;
      if (created?.event.type !== 'task.created') throw new Error('no task was created');
      await other.command({ type: 'task.cancel', taskId: created.event.task.id, reason: 'not needed' });
      const batch = await firstOf(host.follow(0 as Seq, AbortSignal.timeout(10_000), 'holdings'));
      expect(batch?.map(({ event }) => event.type)).toEqual(['task.cancelled']);
    });

    it('ends a follow with the signal, and the connection goes on', async () => {
      const { client } = await serve();
      const host = await client();
      const stop = new AbortController();
      const { done } = await firstAfterAbort(host.follow(0 as Seq, stop.signal), stop);
      expect(done).toBe(true);
      await expect(host.companies()).resolves.toHaveLength(1);
    });

    it('unfollows a client that reads too slowly, tells it, and nobody else notices', async () => {
      const { client } = await serve({ answerWithinMs: 300 });
      const [slow, quick, writer] = [await client(), await client(), await client()];
      const stop = new AbortController();
      const quickSeen: number[] = [];
      const quickDone = (async () => {
        for await (const batch of quick.follow(0 as Seq, stop.signal)) {
          quickSeen.push(...batch.map(({ seq }) => seq));
        }
      })();
      const writing = (async () => {
        // More events than a client keeps waiting, and in more batches than the host sends ahead.
        for (let written = 0; written < 4_000; written += 200) {
          await Promise.all(
            Array.from({ length: 200 }, () => writer.command({ type: 'task.create', title: 'One more' })),
          );
        }
      })();
      // Well beyond the time that the slow one has.
      const late = writing.then(() => delay(1_000));
      const slowSeen: number[] = [];
      const slowly = (async () => {
        for await (const batch of slow.follow(0 as Seq, stop.signal)) {
          slowSeen.push(...batch.map(({ seq }) => seq));
          await late;
        }
      })();
      await expect(slowly).rejects.toMatchObject({ code: 'FOLLOW_TOO_SLOW' });
      // What had come before is not lost: it can follow on from there.
      expect(slowSeen).toEqual(slowSeen.map((_, place) => place + 1));
      const { seq: head } = await quick.query('status', {});
      while ((quickSeen.at(-1) ?? 0) < head) await delay(10);
      stop.abort();
      await quickDone;
      expect(quickSeen).toEqual(quickSeen.map((_, place) => place + 1));
      await expect(slow.companies()).resolves.toHaveLength(1);
    }, 60_000);

    it('rejects with NOT_CONNECTED what still waits when the line goes, and every call after it', async () => {
      const { client } = await serve();
      const host = await client();
      const waiting = host.query('work', { wait: 60_000 as never });
      const following = firstOf(host.follow(1_000_000 as Seq, new AbortController().signal));
      following.catch(() => undefined);
      await delay(50);
      host.close();
      await expect(waiting).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
      await expect(following).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
      await expect(host.companies()).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
      await host.closed;
    });

    it('refuses every call before hello, and one with a wrong token', async () => {
      const { openChannel } = await serve();
      const stranger = connectClient(await openChannel());
      await expect(stranger.companies()).rejects.toMatchObject({ code: 'SESSION_INVALID' });
      await expect(stranger.query('status', {})).rejects.toMatchObject({ code: 'SESSION_INVALID' });
      await expect(firstOf(stranger.follow(0 as Seq, AbortSignal.timeout(5_000)))).rejects.toMatchObject({
        code: 'SESSION_INVALID',
      });
      await expect(stranger.hello({ ...hello, token: 'guessed' })).rejects.toMatchObject({
        code: 'SESSION_INVALID',
      });
      await expect(stranger.templates()).rejects.toMatchObject({ code: 'SESSION_INVALID' });
      stranger.close();
    });

    it('closes a connection that never says a valid hello', async () => {
      const { openChannel } = await serve({ helloWithinMs: 200 });
      const stranger = connectClient(await openChannel());
      await stranger.closed;
      expect(stranger.closedBecause).toMatchObject({ code: 'SESSION_INVALID' });
    });

    it.each([
      ['a wrong type', 'query', { name: 'task', params: { taskId: 7 } }],
      ['an unknown key', 'hello', { ...hello, token: 'x', admin: true }],
      ['an unknown query', 'query', { name: 'constructor', params: {} }],
      ['an unknown command', 'command', { type: 'company.destroy' }],
      ['nothing at all', 'command', null],
      ['an unknown call', 'shutdown', {}],
      ['a call named after a prototype key', 'constructor', {}],
      ['a call named after a method of the library', '$close', {}],
    ])('refuses %s with BAD_INPUT, and the connection goes on', async (_what, call, argument) => {
      const { openChannel, ownerToken } = await serve();
      const raw = await openRaw(openChannel);
      await raw.ask('hello', { ...hello, token: ownerToken });
      expect(await raw.ask(call, argument)).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
      expect(await raw.ask('companies', {})).toMatchObject({ ok: true });
      raw.close();
    });

    it.each([
      ['what is not JSON', 'hello?'],
      ['JSON that is no frame', '[1,2,3]'],
      ['null', 'null'],
      ['a frame with unknown keys', '{"t":"q","i":"1","m":"hello","a":[],"x":1}'],
      ['arguments that are no list', '{"t":"q","i":"1","m":"hello","a":{}}'],
      ['an answer to nothing', '{"t":"s","i":"1","r":true}'],
      ['a prototype key', '{"t":"q","i":"1","m":"companies","a":[{"__proto__":{"ok":true}}]}'],
      ['an escaped prototype key', '{"t":"q","i":"1","m":"companies","a":[{"\\u005f_proto__":{"ok":true}}]}'],
      ['a deep nest', `{"t":"q","i":"1","m":"companies","a":[${'['.repeat(500)}${']'.repeat(500)}]}`],
      ['half a frame', '{"t":"q","i":"1","m":"comp'],
    ])('tells BAD_FRAME to whoever sends %s, closes, and nobody else notices', async (_what, text) => {
      const { openChannel, ownerToken, client } = await serve();
      const other = await client();
      const raw = await openRaw(openChannel);
      await raw.ask('hello', { ...hello, token: ownerToken });
      raw.send(text);
      await raw.closed;
      expect(raw.lastWord()).toMatchObject({ m: 'closing', a: [{ code: 'BAD_FRAME' }] });
      await expect(other.companies()).resolves.toHaveLength(1);
      expect(Object.hasOwn(Object.prototype, 'ok')).toBe(false);
    });
  });
}

/** A line on which a test says what it likes. */
async function openRaw(openChannel: () => Promise<Channel>) {
  const channel = await openChannel();
  const frames: Record<string, unknown>[] = [];
  const waiting = new Map<string, (outcome: unknown) => void>();
  let asked = 0;
  const closed = new Promise<void>((resolve) => {
    channel.receive({
      text: (text) => {
        const frame = JSON.parse(text) as Record<string, unknown>;
        frames.push(frame);
        waiting.get(String(frame['i']))?.(frame['r']);
      },
      failed: () => channel.close(),
      closed: resolve,
    });
  });
  return {
    closed,
    close: () => channel.close(),
    send: (text: string) => channel.send(text),
    lastWord: () => frames.at(-1),
    ask: (call: string, argument: unknown) => {
      const id = `ask-${asked++}`;
      channel.send(JSON.stringify({ t: 'q', i: id, m: call, a: [argument] }));
      return new Promise<unknown>((resolve) => waiting.set(id, resolve));
    },
  };
}

async function firstOf<Item>(items: AsyncIterable<Item>): Promise<Item | undefined> {
  for await (const item of items) return item;
  return undefined;
}

/** Reads what there is, then aborts, and gives the step after that. */
async function firstAfterAbort<Item>(items: AsyncIterable<Item>, stop: AbortController) {
  const iterator = items[Symbol.asyncIterator]();
  await iterator.next();
  const next = iterator.next();
  stop.abort();
  return next;
}
