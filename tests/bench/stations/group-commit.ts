/** The limit: the rows that one task leaves in the log, inserted without any thought, as many at once as arrive together. */
import path from 'node:path';
import type { Statement } from 'better-sqlite3';
import { connect } from '../../../src/log/sqlite/connection.ts';
import { monotonicMs, timed } from '../clock.ts';
import type { OpenStation } from '../contender.ts';
import { inTurns } from '../share.ts';

interface Row {
  readonly type: string;
  readonly data: string;
}

/** As long as ours are. */
const id = (kind: string) => `${kind}_7k2m9q4xw0`;
const submission = {
  hash: 'e3b0c442'.repeat(8),
  artifacts: [],
  memberId: id('member'),
  at: 1_790_000_000_000,
};
const task = {
  ...{ id: id('task'), kind: 'single', title: 'Build it', description: '', epicId: null, storyId: null },
  ...{
    stepId: null,
    roleId: 'engineer',
    requiresCapabilities: [],
    tags: [],
    priority: 'NORMAL',
    complexity: 1,
  },
  ...{ dependsOn: [], checks: [], gatesBefore: [], gatesAfter: [], review: null, assigneeId: null },
  ...{ reserved: false, maxAttempts: 3 },
};

const row = (event: { readonly type: string }): Row => ({ type: event.type, data: JSON.stringify(event) });
const about = { taskId: id('task') };
const lease = { memberId: id('member'), workerId: id('worker'), until: 1_790_000_060_000 };
const added = [row({ type: 'task.created', ...{ task, isReady: true, home: null } })];
const claimed = [row({ type: 'task.claimed', ...about, ...lease })];
const completed = [row({ type: 'task.done', ...about, ...{ submission } })];

export const openGroupCommit: OpenStation = async (workers, { folder }) => {
  const database = connect(path.join(folder, 'limit.sqlite'), {});
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(`CREATE TABLE events (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT, type TEXT NOT NULL,
    version INTEGER NOT NULL, data TEXT NOT NULL, touches TEXT) STRICT`);
  const insert = database.prepare(
    'INSERT INTO events (at, actor, type, version, data, touches) VALUES (?, ?, ?, 1, ?, ?)',
  );
  const commit = database.transaction((groups: readonly (readonly Row[])[]) => insertAll(insert, groups));
  let waiting: { readonly rows: readonly Row[]; readonly acked: () => void }[] = [];

  function commitWaiting(): void {
    const batch = waiting;
    waiting = [];
    commit.immediate(batch.map(({ rows }) => rows));
    for (const { acked } of batch) acked();
  }

  function write(rows: readonly Row[]): Promise<void> {
    if (waiting.length === 0) setImmediate(commitWaiting);
    return new Promise((acked) => waiting.push({ rows, acked }));
  }

  return {
    run: async (tasks) => {
      const addTimes: number[] = [];
      const addMs = await timed(() =>
        inTurns(tasks, workers, async () => {
          addTimes.push(await timed(() => write(added)));
        }),
      );
      const latencies: number[] = [];
      const workMs = await timed(() =>
        inTurns(tasks, workers, async () => {
          const start = monotonicMs();
          await write(claimed);
          await write(completed);
          latencies.push((addTimes.pop() ?? 0) + monotonicMs() - start);
        }),
      );
      return { addMs, workMs, latencies };
    },
    close: async () => {
      database.close();
    },
  };
};

function insertAll(insert: Statement, groups: readonly (readonly Row[])[]): void {
  const touches = JSON.stringify([`task:${id('task')}`]);
  for (const rows of groups) {
    for (const { type, data } of rows) insert.run(1_790_000_000_000, id('member'), type, data, touches);
  }
}
