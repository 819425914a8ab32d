/** A process with a BullMQ worker and a queue to add by. */
import { monotonicMs } from '../clock.ts';
import { takeOrders } from '../crew.ts';
import { giveWay } from '../give-way.ts';
import type { BullQueue } from '../peers/bullmq.ts';
import { addJob, openBullQueue } from '../peers/bullmq.ts';
import type { PreparedShift } from '../peers/bullmq-shift.ts';
import { prepareShift } from '../peers/bullmq-shift.ts';
import { inTurns } from '../share.ts';
import type { Shift } from '../shift.ts';
import type { BullOrder } from './bullmq-processes.ts';

interface Connected {
  readonly name: string;
  readonly queue: BullQueue;
  readonly port: number;
  readonly workers: number;
}

let connected: Connected | null = null;
let prepared: PreparedShift | null = null;

function requireConnected(): Connected {
  if (connected) return connected;
  throw new Error('not connected yet');
}

async function carryOut(order: BullOrder): Promise<Shift | null> {
  switch (order.kind) {
    case 'connect': {
      const { queue: name, port, workers, isBeside } = order;
      if (isBeside) giveWay();
      const queue = openBullQueue(name, port);
      await queue.waitUntilReady();
      connected = { name, queue, port, workers };
      return null;
    }
    case 'add': {
      const { queue, workers } = requireConnected();
      const start = monotonicMs();
      const times = new Map<string, number>();
      await inTurns(order.tasks, workers, () => addJob(queue, times));
      return { start, end: monotonicMs(), times: [...times] };
    }
    case 'prepare': {
      const { name, port, workers } = requireConnected();
      prepared = await prepareShift(name, port, workers);
      return null;
    }
    case 'work':
      return prepared?.work() ?? null;
  }
}

takeOrders<BullOrder, Shift>(
  async (order) => (await carryOut(order)) ?? { start: 0, end: 0, times: [] },
  async () => connected?.queue.close(),
);
