/** A program for the kill test: writes on the board of a company, and says how far only when it is acknowledged. */
import { writeSync } from 'node:fs';
import { Board } from '../../../src/coordinator/board/board.ts';
import { CompanyCoordinator } from '../../../src/coordinator/company-coordinator.ts';
import type { MemberId, ThreadId } from '../../../src/core/ids.ts';
import { openSqliteBoardStore } from '../../../src/log/sqlite/board/sqlite-board-store.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';

const [logFile = '', boardFile = ''] = process.argv.slice(2);
const coordinator = await CompanyCoordinator.open({ log: openSqliteEventLog(logFile) });
const board = new Board({
  openStore: () => openSqliteBoardStore(boardFile),
  coordinator,
  onFault: (fault) => {
    throw fault;
  },
});
await board.ask((store) => store.position());
const members = await coordinator.read((state) => state.members.dump().map(({ id }) => id));

/** One of several that write at once: threads, replies with mentions, direct messages, marks. */
async function write(memberId: MemberId, other: MemberId): Promise<never> {
  const give = (command: Parameters<typeof coordinator.execute>[1]) =>
    coordinator.execute({ kind: 'member', memberId }, command);
  let threadId: ThreadId | null = null;
  for (let n = 0; ; n += 1) {
    if (threadId === null || n % 7 === 0) {
      const { events } = await give({ type: 'thread.start', title: `thread ${n}`, text: 'hello @ada' });
      const started = events[0]?.event;
      threadId = started?.type === 'thread.started' ? started.thread.id : null;
    } else if (n % 5 === 0) await give({ type: 'message.send', to: other, text: `to you ${n}` });
    else if (n % 3 === 0) await give({ type: 'board.mark_read' });
    else await give({ type: 'message.post', threadId, text: `word ${n} for @bo and @nobody` });
    writeSync(1, '.');
  }
}

await Promise.all(members.map((member, n) => write(member, members[(n + 1) % members.length] ?? member)));
