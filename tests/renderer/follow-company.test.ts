/** The page keeps level with a host that is cut off and comes back: on a real host whose log goes away. */
import { expect, it, onTestFinished } from 'vitest';
import { followCompany, OtherVersion, restoreCompany } from '../../src/contract/follow-company.ts';
import { LiveCompany } from '../../src/contract/live-company.ts';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import { Companies } from '../../src/coordinator/companies.ts';
import { connect } from '../../src/coordinator/connect.ts';
import { Sessions } from '../../src/coordinator/sessions.ts';
import type { HostId } from '../../src/core/ids.ts';
import { isProvisional } from '../../src/core/provisional.ts';
import { dumpState } from '../../src/core/state.ts';
import { MemoryEventLog } from '../../src/log/memory/memory-log.ts';
import { openSqliteBoardStore } from '../../src/log/sqlite/board/sqlite-board-store.ts';
import { openSqliteBranchStore } from '../../src/log/sqlite/branch/sqlite-branch-store.ts';
import type { OpenedCompany } from '../coordinator/kit.ts';
import { openCompany, smallCompany, TestWorld } from '../coordinator/kit.ts';
import { LeavingLog } from '../coordinator/leaving-log.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const hostId = 'host_here' as HostId;

interface Page {
  readonly host: Coordination;
  readonly log: LeavingLog;
  /** The same company at another host, which is never cut off. */
  readonly there: OpenedCompany;
  readonly live: LiveCompany;
  /** What the page has on its screen, and what the host would give it. */
  titles(): string[];
  isLevel(): Promise<boolean>;
  /** Goes on to follow; what it resolves with says that the stream has ended. */
  follow(): Promise<void>;
}

async function openPage(): Promise<Page> {
  const shared = new MemoryEventLog();
  const log = new LeavingLog(shared, 'here');
  const companies = await Companies.open({
    folder: await temporaryFolder(),
    openLog: () => log,
    openBoardStore: openSqliteBoardStore,
    openBranchStore: openSqliteBranchStore,
    readDraft: async () => smallCompany,
    world: new TestWorld(),
    host: hostId,
    onFault: (fault) => {
      throw fault;
    },
  });
  onTestFinished(() => companies.close());
  await companies.create({ file: smallCompany.file }, 'Small Co');
  const there = await openCompany({ log: new LeavingLog(shared, 'there'), host: 'host_there' as HostId });
  const sessions = new Sessions();
  const host = connect({ companies, sessions, templates: async () => ({ companies: [], workflows: [] }) });
  const token = sessions.issue({ owner: true });
  const hello = await host.hello({ version: rpcVersion, token, client: 'test' });
  expect(hello.hostId).toBe(hostId);
  const live = new LiveCompany((draw) => setImmediate(draw));
  await restoreCompany(host, live);
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  return {
    ...{ host, log, there, live },
    titles: () => [...live.state.tasks.values()].map(({ title }) => title).sort(),
    isLevel: async () =>
      JSON.stringify(dumpState(live.state)) === JSON.stringify(await host.query('snapshot', {})),
    follow: () => followCompany(host, live, stop.signal),
  };
}

const create = (title: string) => ({ type: 'task.create', title }) as const;

it('shows what is done meanwhile, and all of it once when the host is back', async () => {
  const { host, log, live, titles, isLevel, follow } = await openPage();
  const following = follow();
  await log.leaveNow();
  await host.command(create('before'));
  await host.command(create('cut off'));
  await expect.poll(titles).toEqual(['before', 'cut off']);
  expect(isProvisional(live.state.seq)).toBe(true);

  log.comeBack();
  await expect.poll(() => isProvisional(live.state.seq)).toBe(false);
  await host.command(create('since'));
  await expect.poll(titles).toEqual(['before', 'cut off', 'since']);
  await expect.poll(isLevel).toBe(true);
  // It still follows: nothing told the page that the line was lost.
  expect(await Promise.race([following.then(() => 'ended'), 'follows'])).toBe('follows');
});

it('is right when the page was opened while the host was cut off', async () => {
  const { host, log, there, live, titles, isLevel, follow } = await openPage();
  await host.command(create('contested'));
  const [view] = await host.query('tasks', {});
  if (!view) throw new Error('the task is not there');
  const { task } = view;
  await expect.poll(async () => await there.coordinator.read(({ tasks }) => tasks.size)).toBe(1);
  await log.leaveNow();
  // The other host's word came first: this one will not stand in the log.
  await host.command({ type: 'task.prioritize', taskId: task.id, priority: 'URGENT' });
  await there.as('owner', { type: 'task.cancel', taskId: task.id, reason: 'not needed' });
  await restoreCompany(host, live);
  expect(live.state.tasks.get(task.id)).toMatchObject({ priority: 'URGENT' });
  expect(live.recent.every(({ seq }) => !isProvisional(seq))).toBe(true);

  const following = follow();
  log.comeBack();
  await expect.poll(() => live.state.conflicts.size).toBe(1);
  await host.command(create('since'));
  await expect.poll(titles).toEqual(['contested', 'since']);
  await expect.poll(isLevel).toBe(true);
  expect(await Promise.race([following.then(() => 'ended'), 'follows'])).toBe('follows');
});

it('says that a host is of another version when its state has a shape that nobody here knows', async () => {
  const { host, live } = await openPage();
  const older = {
    ...host,
    query: (async (name: 'snapshot', params: object) => {
      const answer = await host.query(name, params);
      return name === 'snapshot' ? { ...answer, members: [{ id: 'member_x' }, null] } : answer;
    }) as Coordination['query'],
  };
  const refused = restoreCompany(older, live);
  await expect(refused).rejects.toBeInstanceOf(OtherVersion);
  await expect(refused).rejects.toMatchObject({
    code: 'BAD_FRAME',
    message: expect.stringContaining('version'),
  });
});
