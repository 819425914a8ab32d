/** plainjob: a queue in one SQLite file. As it comes it runs with synchronous=NORMAL; it can be told FULL. */
import path from 'node:path';
import { monotonicMs, timed } from '../clock.ts';
import type { OpenStation, Place } from '../contender.ts';
import { loadPeer } from '../peers/load-peer.ts';
import { inTurns } from '../share.ts';

interface Job {
  readonly id: number;
}

interface PlainQueue {
  add(type: string, data: object): Job;
  close(): void;
}

interface PlainWorker {
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Plainjob {
  better(database: Database): unknown;
  defineQueue(options: { connection: unknown; logger: Logger }): PlainQueue;
  defineWorker(
    type: string,
    processor: (job: Job) => Promise<void>,
    options: {
      readonly queue: PlainQueue;
      readonly logger: Logger;
      readonly pollIntervall: number;
      readonly onCompleted: (job: Job) => void;
    },
  ): PlainWorker;
}

interface Database {
  pragma(statement: string): unknown;
}

type DatabaseConstructor = new (file: string) => Database;
type Logger = Readonly<Record<'error' | 'warn' | 'info' | 'debug', () => void>>;

const silent: Logger = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };

const open =
  (synchronous: 'NORMAL' | 'FULL'): OpenStation =>
  async (workers: number, { folder }: Place) => {
    const { better, defineQueue, defineWorker } = loadPeer<Plainjob>('plainjob');
    const Connection = loadPeer<DatabaseConstructor>('better-sqlite3');
    const database = new Connection(path.join(folder, `plainjob-${synchronous}.sqlite`));
    const queue = defineQueue({ connection: better(database), logger: silent });
    database.pragma(`synchronous = ${synchronous}`);

    async function workOff(tasks: number, times: Map<number, number>): Promise<void> {
      const begun = new Map<number, number>();
      let left = tasks;
      let allDone: () => void = () => undefined;
      const over = new Promise<void>((resolve) => {
        allDone = resolve;
      });
      const crew = Array.from({ length: workers }, () =>
        defineWorker('task', async ({ id }) => void begun.set(id, monotonicMs()), {
          queue,
          logger: silent,
          pollIntervall: 1,
          onCompleted: ({ id }) => {
            times.set(id, (times.get(id) ?? 0) + monotonicMs() - (begun.get(id) ?? 0));
            left -= 1;
            if (left === 0) allDone();
          },
        }),
      );
      const running = crew.map((worker) => worker.start());
      await over;
      await Promise.all(crew.map((worker) => worker.stop()));
      await Promise.all(running);
    }

    return {
      run: async (tasks) => {
        const times = new Map<number, number>();
        const addMs = await timed(() =>
          inTurns(tasks, workers, async () => {
            const start = monotonicMs();
            const { id } = queue.add('task', { title: 'Build it' });
            times.set(id, monotonicMs() - start);
          }),
        );
        const workMs = await timed(() => workOff(tasks, times));
        return { addMs, workMs, latencies: [...times.values()] };
      },
      close: async () => queue.close(),
    };
  };

export const openPlainjob = open('NORMAL');
export const openPlainjobFull = open('FULL');
