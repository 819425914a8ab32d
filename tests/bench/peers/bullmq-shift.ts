/** One shift of a BullMQ worker: from its start until it finds the queue empty and has completed what it had. */
import { monotonicMs } from '../clock.ts';
import type { Shift } from '../shift.ts';
import { openBullWorker } from './bullmq.ts';

export interface PreparedShift {
  /** Called once. */
  work(): Promise<Shift>;
}

/**
 * Opens a worker that waits for its start. A completion claims the next job in the same call, so a job's claim is part
 * of the time of the one before it.
 */
export async function prepareShift(queue: string, port: number, concurrency: number): Promise<PreparedShift> {
  const begun = new Map<string, number>();
  const times = new Map<string, number>();
  const worker = openBullWorker(queue, port, concurrency, async ({ id }) => {
    begun.set(id, monotonicMs());
  });
  let isDrained = false;
  let end = 0;
  const over = new Promise<void>((resolve) => {
    const look = () => {
      if (isDrained && times.size === begun.size) resolve();
    };
    worker.on('drained', () => {
      isDrained = true;
      look();
    });
    worker.on('completed', ({ id }) => {
      end = monotonicMs();
      times.set(id, end - (begun.get(id) ?? end));
      look();
    });
  });
  await worker.waitUntilReady();
  return {
    work: async () => {
      const start = monotonicMs();
      const running = worker.run();
      await over;
      await worker.close();
      await running;
      return { start, end: Math.max(start, end), times: [...times] };
    },
  };
}
