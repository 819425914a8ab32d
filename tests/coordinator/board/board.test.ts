/** The projection of the board is always what its log says: after a commit, a start, a kill, a lost or spoiled file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BoardStore } from '../../../src/contract/board-store.ts';
import { Board } from '../../../src/coordinator/board/board.ts';
import type { CompanyCoordinator } from '../../../src/coordinator/company-coordinator.ts';
import type { CommandInput } from '../../../src/core/command.ts';
import type { Seq, ThreadId } from '../../../src/core/ids.ts';
import { openSqliteBoardStore } from '../../../src/log/sqlite/board/sqlite-board-store.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import { seededRandom } from '../../seeded-random.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import type { OpenedCompany } from '../kit.ts';
import { createTasks, openCompany } from '../kit.ts';

interface Files {
  readonly log: string;
  readonly board: string;
}

async function files(): Promise<Files> {
  const folder = await temporaryFolder();
  return { log: path.join(folder, 'log.sqlite'), board: path.join(folder, 'board.sqlite') };
}

interface OpenBoard {
  readonly company: OpenedCompany;
  readonly board: Board;
  readonly faults: unknown[];
  close(): Promise<void>;
}

async function openBoard({ log, board: file }: Files): Promise<OpenBoard> {
  const company = await openCompany({ log: openSqliteEventLog(log) });
  const faults: unknown[] = [];
  const board = new Board({
    openStore: () => openSqliteBoardStore(file),
    coordinator: company.coordinator,
    onFault: (fault) => faults.push(fault),
  });
  onTestFinished(() => board.close());
  const close = async () => {
    await board.close();
    await company.coordinator.close();
  };
  return { company, board, faults, close };
}

/** Ada starts a thread, bo answers so often. */
async function talk({ company }: OpenBoard, answers: number, title = 'Lunch'): Promise<ThreadId> {
  const { events } = await company.as('ada', { type: 'thread.start', title, text: 'Who comes, @bo?' });
  const started = events[0]?.event;
  if (started?.type !== 'thread.started') throw new Error('no thread was started');
  const threadId = started.thread.id;
  for (let n = 0; n < answers; n += 1) {
    const command: CommandInput = { type: 'message.post', threadId, text: `answer ${n}` };
    await company.as('bo', command);
  }
  return threadId;
}

const everything = { reader: null, among: null, before: null, limit: 100_000 };

/** Everything that a store answers. */
async function contents(board: Board, coordinator: CompanyCoordinator): Promise<unknown> {
  const { threads, members } = await coordinator.read((state) => ({
    threads: state.threads.dump().map(({ id }) => id),
    members: state.members.dump().map(({ id }) => id),
  }));
  const all = { onlyUnread: false, among: null, before: null, limit: 100_000 };
  return board.ask((store: BoardStore) => ({
    messages: threads.map((id) => store.messages(id, null, 100_000)),
    inboxes: members.map((id) => store.inbox(id, all)),
    unread: members.map((id) => [...store.unread(id)].sort()),
    found: ['answer', 'word for', 'hello', 'thread'].map((text) => store.search(text, everything).length),
  }));
}

/** What a projection that was built from the first event on holds. */
async function rebuilt(coordinator: CompanyCoordinator): Promise<unknown> {
  const file = path.join(await temporaryFolder(), 'fresh.sqlite');
  const board = new Board({
    openStore: () => openSqliteBoardStore(file),
    coordinator,
    onFault: (fault) => {
      throw fault;
    },
  });
  try {
    return await contents(board, coordinator);
  } finally {
    await board.close();
  }
}

const textsOf = (opened: OpenBoard, threadId: ThreadId) =>
  opened.board.ask((store) => store.messages(threadId, null, 1_000).map(({ text }) => text));
const positionOf = ({ board }: OpenBoard) => board.ask((store) => store.position()?.seq);

describe('the projection', () => {
  it('has what was written as soon as the writer knows', async () => {
    const opened = await openBoard(await files());
    const threadId = await talk(opened, 0);
    for (let n = 0; n < 20; n += 1) {
      await opened.company.as('bo', { type: 'message.post', threadId, text: `answer ${n}` });
      expect((await textsOf(opened, threadId)).at(-1)).toBe(`answer ${n}`);
    }
    expect(await contents(opened.board, opened.company.coordinator)).toEqual(
      await rebuilt(opened.company.coordinator),
    );
    expect(opened.faults).toEqual([]);
  });

  it('misses nothing that is written while it catches up', async () => {
    const where = await files();
    const first = await openBoard(where);
    const threadId = await talk(first, 30);
    await first.close();
    await rm(where.board);
    const again = await openBoard(where);
    const written = Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        again.company.as('eve', { type: 'message.post', threadId, text: `meanwhile ${n}` }),
      ),
    );
    await again.board.ask((store) => store.position());
    await written;
    expect(await textsOf(again, threadId)).toHaveLength(81);
    expect(again.faults).toEqual([]);
  });

  it('reads only what is new at the next start', async () => {
    const where = await files();
    const first = await openBoard(where);
    await talk(first, 3);
    await createTasks(first.company, 30);
    const head = await first.company.coordinator.read(({ seq }) => seq);
    await first.close();
    const store = openSqliteBoardStore(where.board);
    expect(store.position()?.seq).toBe(head);
    store.close();
  });

  it('passes over the past of a company in which nobody has written', async () => {
    const where = await files();
    const opened = await openBoard(where);
    await createTasks(opened.company, 30);
    const head = await opened.company.coordinator.read(({ seq }) => seq);
    await opened.close();
    await rm(where.board);
    const reads: Seq[] = [];
    const again = await openCompany({ log: openSqliteEventLog(where.log) });
    const { coordinator } = again;
    const board = new Board({
      openStore: () => openSqliteBoardStore(where.board),
      coordinator: {
        onCommit: (listener) => coordinator.onCommit(listener),
        read: (view) => coordinator.read(view),
        readEvents: (after, limit) => {
          reads.push(after);
          return coordinator.readEvents(after, limit);
        },
      },
      onFault: (fault) => {
        throw fault;
      },
    });
    onTestFinished(() => board.close());
    expect(await board.ask((store) => store.position()?.seq)).toBe(head);
    expect(Math.min(...reads)).toBe(head - 1);
  });
});

describe('is built anew from the log', () => {
  it.each<[string, (where: Files) => Promise<unknown>]>([
    ['when its file is lost', ({ board }) => rm(board)],
    [
      'when its file is cut short',
      async ({ board }) => writeFile(board, (await readFile(board)).subarray(0, 3_000)),
    ],
    ['when its file is of something else', ({ board }) => writeFile(board, 'nothing of ours '.repeat(500))],
    [
      'when pages of it are overwritten',
      async ({ board }) => {
        const { size } = await stat(board);
        const bytes = await readFile(board);
        bytes.fill(0xff, 4_096, size);
        await writeFile(board, bytes);
      },
    ],
  ])('%s', async (_what, spoil) => {
    const where = await files();
    const first = await openBoard(where);
    await talk(first, 60);
    await talk(first, 5, 'Wings');
    const before = await contents(first.board, first.company.coordinator);
    await first.close();
    await spoil(where);
    const again = await openBoard(where);
    expect(await contents(again.board, again.company.coordinator)).toEqual(before);
  });

  it('when the log is an older one than it knows, put back from a backup', async () => {
    const where = await files();
    const first = await openBoard(where);
    await talk(first, 2);
    await first.close();
    const backup = await readFile(where.log);
    const later = await openBoard(where);
    await talk(later, 9, 'Forgotten');
    await later.close();
    for (const ending of ['-wal', '-shm']) await rm(where.log + ending, { force: true });
    await writeFile(where.log, backup);
    const restored = await openBoard(where);
    expect(await restored.board.ask((store) => store.search('Forgotten', everything))).toEqual([]);
    expect(await contents(restored.board, restored.company.coordinator)).toEqual(
      await rebuilt(restored.company.coordinator),
    );
  });
});

it('lets commits stand that it could not fold, tells of it, and mends it at the next question', async () => {
  const where = await files();
  const company = await openCompany({ log: openSqliteEventLog(where.log) });
  const faults: unknown[] = [];
  const store = openSqliteBoardStore(where.board);
  let isFull = false;
  const sometimes: BoardStore = {
    position: () => store.position(),
    fold: (events, position) => {
      if (isFull) throw new Error('no room');
      store.fold(events, position);
    },
    preview: (events) => store.preview(events),
    clear: () => store.clear(),
    messages: (...asked) => store.messages(...asked),
    inbox: (...asked) => store.inbox(...asked),
    unread: (...asked) => store.unread(...asked),
    search: (...asked) => store.search(...asked),
    close: () => store.close(),
  };
  const board = new Board({
    openStore: () => sometimes,
    coordinator: company.coordinator,
    onFault: (fault) => faults.push(fault),
  });
  onTestFinished(() => board.close());
  const opened: OpenBoard = { company, board, faults, close: async () => undefined };
  await positionOf(opened);
  isFull = true;
  const threadId = await talk(opened, 2);
  expect(faults).toHaveLength(1);
  await expect(textsOf(opened, threadId)).rejects.toThrow('no room');
  isFull = false;
  expect(await textsOf(opened, threadId)).toHaveLength(3);
  await company.as('bo', { type: 'message.post', threadId, text: 'one more' });
  expect(await textsOf(opened, threadId)).toHaveLength(4);
});

const kills = Number(process.env['AGENTCOORD_TEST_KILLS'] ?? 6);
const child = path.join(import.meta.dirname, 'posting-child.ts');

it(`is what its log says over ${kills} kills`, { timeout: 10_000 + kills * 5_000 }, async () => {
  const random = seededRandom(11);
  const where = await files();
  await (await openBoard(where)).close();
  let acknowledged = 0;
  for (let run = 1; run <= kills; run += 1) {
    acknowledged += await writeUntilKilled(where, random() * 200);
    if (run % 3 === 0) await rm(where.board);
    const opened = await openBoard(where);
    expect(await contents(opened.board, opened.company.coordinator)).toEqual(
      await rebuilt(opened.company.coordinator),
    );
    const posted = await opened.company.coordinator.read((state) =>
      state.threads.dump().reduce((sum, { messages }) => sum + messages, 0),
    );
    expect(posted).toBeGreaterThan(0);
    expect(opened.faults).toEqual([]);
    await opened.close();
  }
  expect(acknowledged).toBeGreaterThan(kills);
});

/** @returns how many commands were acknowledged before the kill */
async function writeUntilKilled({ log, board }: Files, afterFirstMs: number): Promise<number> {
  const writing = spawn(process.execPath, [child, log, board], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(writing, 'close');
  let said = 0;
  writing.stdout.on('data', (bytes: Buffer) => {
    said += bytes.length;
  });
  await Promise.race([once(writing.stdout, 'data'), closed]);
  await delay(afterFirstMs);
  writing.kill('SIGKILL');
  const [, signal] = await closed;
  expect(signal).toBe('SIGKILL');
  return said;
}
