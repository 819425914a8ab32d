/** better-queue with its memory store: nothing survives its process, so it shows what durability costs the others. */
import { monotonicMs, timed } from '../clock.ts';
import type { OpenStation } from '../contender.ts';
import { loadPeer } from '../peers/load-peer.ts';
import { inTurns } from '../share.ts';

interface Task {
  readonly id: string;
}

interface BetterQueue {
  push(task: Task, done: () => void): unknown;
  on(event: 'task_accepted', listener: (id: string) => void): unknown;
  pause(): void;
  resume(): void;
  destroy(done: () => void): void;
}

type BetterQueueConstructor = new (
  process: (task: Task, done: (error: null) => void) => void,
  options: { readonly concurrent: number },
) => BetterQueue;

export const openBetterQueue: OpenStation = async (workers) => {
  const Queue = loadPeer<BetterQueueConstructor>('better-queue');
  const begun = new Map<string, number>();
  const queue = new Queue(
    ({ id }, done) => {
      begun.set(id, monotonicMs());
      done(null);
    },
    { concurrent: workers },
  );
  const accepted = new Map<string, () => void>();
  queue.on('task_accepted', (id) => accepted.get(id)?.());
  let last = 0;
  return {
    run: async (tasks) => {
      const times = new Map<string, number>();
      queue.pause();
      const finished: Promise<void>[] = [];
      const addMs = await timed(() =>
        inTurns(tasks, workers, async () => {
          last += 1;
          const id = String(last);
          const start = monotonicMs();
          const isIn = new Promise<void>((resolve) => accepted.set(id, resolve));
          finished.push(
            new Promise((resolve) => {
              queue.push({ id }, () => {
                times.set(id, (times.get(id) ?? 0) + monotonicMs() - (begun.get(id) ?? 0));
                resolve();
              });
            }),
          );
          await isIn;
          times.set(id, monotonicMs() - start);
        }),
      );
      const workMs = await timed(async () => {
        queue.resume();
        await Promise.all(finished);
      });
      accepted.clear();
      begun.clear();
      return { addMs, workMs, latencies: [...times.values()] };
    },
    close: () => new Promise((resolve) => queue.destroy(() => resolve())),
  };
};
