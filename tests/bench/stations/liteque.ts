/** liteque: a queue in one SQLite file. As it comes it runs with synchronous=NORMAL; it can be told FULL. */
import path from 'node:path';
import { monotonicMs, timed } from '../clock.ts';
import type { OpenStation } from '../contender.ts';
import { inTurns } from '../share.ts';

interface Job {
  readonly id: number;
}

interface Queue {
  enqueue(payload: object): Promise<Job | undefined>;
  attemptDequeue(options: object): Promise<Job | null>;
  finalize(id: number, ...rest: readonly unknown[]): Promise<void>;
}

interface Runner {
  runUntilEmpty(): Promise<void>;
}

interface Functions {
  run(): Promise<void>;
  onError(failed: { readonly error: Error }): Promise<void>;
}

interface RunnerOptions {
  readonly concurrency: number;
  readonly pollIntervalMs: number;
  readonly timeoutSecs: number;
}

interface Database {
  run(statement: unknown): unknown;
  get(statement: unknown): unknown;
  readonly session: { readonly client: { close(): void } };
}

/** The part of liteque that the benchmark uses. */
export interface Liteque {
  buildDBClient(file: string, options: { readonly runMigrations: boolean }): Database;
  readonly SqliteQueue: new (name: string, db: Database, options: QueueOptions) => Queue;
  readonly Runner: new (queue: Queue, functions: Functions, options: RunnerOptions) => Runner;
}

interface QueueOptions {
  readonly defaultJobArgs: { readonly numRetries: number };
  readonly keepFailedJobs: boolean;
}

/** Of what liteque reaches its database with. */
export interface Drizzle {
  readonly sql: { raw(statement: string): unknown };
}

type Synchronous = 'NORMAL' | 'FULL';
const levels = { NORMAL: 1, FULL: 2 } as const;

export const openLiteque =
  (
    { buildDBClient, SqliteQueue, Runner }: Liteque,
    { sql }: Drizzle,
    synchronous: Synchronous,
  ): OpenStation =>
  async (workers, { folder }) => {
    const database = buildDBClient(path.join(folder, 'liteque.sqlite'), { runMigrations: true });
    database.run(sql.raw(`PRAGMA synchronous = ${synchronous}`));
    const { synchronous: level } = database.get(sql.raw('PRAGMA synchronous')) as { synchronous: number };
    if (level !== levels[synchronous]) throw new Error(`liteque stays at synchronous=${level}`);
    const queue = new SqliteQueue('bench', database, {
      defaultJobArgs: { numRetries: 0 },
      keepFailedJobs: true,
    });

    return {
      run: async (tasks) => {
        const times = new Map<number, number>();
        const addMs = await timed(() =>
          inTurns(tasks, workers, async () => {
            const start = monotonicMs();
            const job = await queue.enqueue({ title: 'Build it' });
            if (job) times.set(job.id, monotonicMs() - start);
          }),
        );
        let failure: Error | null = null;
        const functions: Functions = {
          run: async () => undefined,
          onError: async ({ error }) => {
            failure = error;
          },
        };
        const options = { concurrency: workers, pollIntervalMs: 1, timeoutSecs: 3_600 };
        const runner = new Runner(watched(queue, times), functions, options);
        const workMs = await timed(() => runner.runUntilEmpty());
        if (failure) throw failure;
        return { addMs, workMs, latencies: [...times.values()] };
      },
      close: async () => database.session.client.close(),
    };
  };

/** The same queue to its runner. @param times gets on top of each job's time how long its claim and its completion took */
function watched(queue: Queue, times: Map<number, number>): Queue {
  const add = (id: number, start: number) => times.set(id, (times.get(id) ?? 0) + monotonicMs() - start);
  return Object.assign(Object.create(queue) as Queue, {
    attemptDequeue: async (options: object) => {
      const start = monotonicMs();
      const job = await queue.attemptDequeue(options);
      if (job) add(job.id, start);
      return job;
    },
    finalize: async (id: number, ...rest: readonly unknown[]) => {
      const start = monotonicMs();
      await queue.finalize(id, ...rest);
      add(id, start);
    },
  });
}
