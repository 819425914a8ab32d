/** BullMQ with its queue and its worker in one process, and Redis beside it. */
import { monotonicMs } from '../clock.ts';
import type { OpenStation } from '../contender.ts';
import { addJob, openBullQueue } from '../peers/bullmq.ts';
import { prepareShift } from '../peers/bullmq-shift.ts';
import { inTurns } from '../share.ts';
import { roundOf } from '../shift.ts';

export const openBullInProcess: OpenStation = async (workers, { redisPort }) => {
  const name = `in-process-${workers}`;
  const queue = openBullQueue(name, redisPort);
  await queue.waitUntilReady();
  return {
    run: async (tasks) => {
      const times = new Map<string, number>();
      const start = monotonicMs();
      await inTurns(tasks, workers, () => addJob(queue, times));
      const added = { start, end: monotonicMs(), times: [...times] };
      const shift = await prepareShift(name, redisPort, workers);
      return roundOf([added], [await shift.work()]);
    },
    close: () => queue.close(),
  };
};
