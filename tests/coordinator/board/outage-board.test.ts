/** The board of a host whose log is away shows what is written there meanwhile, and nothing of it twice when it is back. */
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Board } from '../../../src/coordinator/board/board.ts';
import type { CommandInput } from '../../../src/core/command.ts';
import type { HostId, Seq, ThreadId } from '../../../src/core/ids.ts';
import { isProvisional } from '../../../src/core/provisional.ts';
import { MemoryEventLog } from '../../../src/log/memory/memory-log.ts';
import { openSqliteBoardStore } from '../../../src/log/sqlite/board/sqlite-board-store.ts';
import { openSqliteBranchStore } from '../../../src/log/sqlite/branch/sqlite-branch-store.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { openCompany } from '../kit.ts';
import { LeavingLog } from '../leaving-log.ts';

async function hostWithBoard() {
  const shared = new MemoryEventLog();
  const log = new LeavingLog(shared, 'here');
  const there = await openCompany({ log: new LeavingLog(shared, 'there'), host: 'host_there' as HostId });
  const folder = await temporaryFolder();
  const here = await openCompany({
    log,
    host: 'host_here' as HostId,
    openBranchStore: () => openSqliteBranchStore(path.join(folder, 'branch.sqlite')),
  });
  const boardFile = path.join(folder, 'board.sqlite');
  const faults: unknown[] = [];
  const board = new Board({
    openStore: () => openSqliteBoardStore(boardFile),
    coordinator: here.coordinator,
    onFault: (fault) => faults.push(fault),
  });
  onTestFinished(async () => {
    await board.close();
    expect(faults).toEqual([]);
  });
  const say = async (threadId: ThreadId, text: string, by = 'ada', at = here) => {
    await at.as(by, { type: 'message.post', threadId, text } satisfies CommandInput);
  };
  const page = (threadId: ThreadId, before: Seq | null = null, limit = 100) =>
    board.ask((store) => store.messages(threadId, before, limit));
  return {
    ...{ here, there, board, say, page },
    texts: async (threadId: ThreadId) => (await page(threadId)).map(({ text }) => text),
    find: async (text: string) =>
      (
        await board.ask((store) => store.search(text, { reader: null, among: null, before: null, limit: 9 }))
      ).map(({ message }) => message.text),
    startThread: async () => {
      const { events } = await here.as('ada', {
        type: 'thread.start',
        title: 'Lunch',
        text: 'Who comes, @bo?',
      });
      const [first] = events;
      if (first?.event.type !== 'thread.started') throw new Error('no thread was started');
      return first.event.thread.id;
    },
    async leave() {
      await log.leaveNow();
      await expect.poll(() => here.coordinator.outage).not.toBeNull();
    },
    async comeBack() {
      log.comeBack();
      await expect.poll(() => here.coordinator.outage).toBeNull();
    },
  };
}

it('has what was written while the log was away: by page, by words and in inboxes, and once when it is back', async () => {
  const { here, there, board, say, page, texts, find, startThread, leave, comeBack } = await hostWithBoard();
  const threadId = await startThread();
  await leave();
  await say(threadId, 'soup for two');
  await say(threadId, 'salad for @bo');
  expect(await texts(threadId)).toEqual(['Who comes, @bo?', 'soup for two', 'salad for @bo']);
  expect(await find('salad')).toEqual(['salad for @bo']);
  const bo = await here.coordinator.read(({ index }) => [...index.membersByName.get('bo')][0]?.id);
  if (!bo) throw new Error('there is no bo');
  const unread = () => board.ask((store) => store.unread(bo).get(threadId));
  expect(await unread()).toBe(3);

  // The page before the last message, by its provisional number.
  const [, second, third] = await page(threadId);
  expect(second && third && isProvisional(second.seq) && second.seq < third.seq).toBe(true);
  expect((await page(threadId, third?.seq ?? null, 1)).map(({ text }) => text)).toEqual(['soup for two']);

  await say(threadId, 'bread', 'bo');
  expect(await texts(threadId)).toHaveLength(4);
  expect(await unread()).toBeUndefined();

  await say(threadId, 'from elsewhere', 'ada', there);
  await comeBack();
  await expect
    .poll(() => texts(threadId))
    .toEqual(['Who comes, @bo?', 'from elsewhere', 'soup for two', 'salad for @bo', 'bread']);
  expect((await page(threadId)).every(({ seq }) => !isProvisional(seq))).toBe(true);
  expect(await find('bread')).toEqual(['bread']);
});

it('shows a thread that began meanwhile, and has it once when it is back', async () => {
  const { say, texts, find, startThread, leave, comeBack } = await hostWithBoard();
  await leave();
  const threadId = await startThread();
  await say(threadId, 'only here');
  expect(await texts(threadId)).toEqual(['Who comes, @bo?', 'only here']);
  await comeBack();
  await expect.poll(() => texts(threadId)).toEqual(['Who comes, @bo?', 'only here']);
  expect(await find('only')).toEqual(['only here']);
});
