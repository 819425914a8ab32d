/** The part of BullMQ that the benchmark uses. */
import { monotonicMs } from '../clock.ts';
import { loadPeer } from './load-peer.ts';

interface Connection {
  readonly host: string;
  readonly port: number;
  readonly maxRetriesPerRequest: null;
}

export interface BullJob {
  readonly id: string;
}

interface QueueOptions {
  readonly connection: Connection;
  readonly defaultJobOptions: { readonly removeOnComplete: boolean; readonly priority?: number };
}

export interface BullQueue {
  add(name: string, data: object): Promise<BullJob>;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}

interface WorkerOptions {
  readonly connection: Connection;
  readonly concurrency: number;
  readonly autorun: boolean;
}

export interface BullWorker {
  on(event: 'completed', listener: (job: BullJob) => void): unknown;
  on(event: 'drained', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  run(): Promise<void>;
  close(force?: boolean): Promise<void>;
}

interface BullMq {
  readonly Queue: new (name: string, options: QueueOptions) => BullQueue;
  readonly Worker: new (
    name: string,
    processor: (job: BullJob) => Promise<void>,
    options: WorkerOptions,
  ) => BullWorker;
}

const connectionTo = (port: number): Connection => ({
  host: '127.0.0.1',
  port,
  maxRetriesPerRequest: null,
});

/** Its quickest setting: finished jobs are dropped, and without priorities it skips a sorted set. */
export function openBullQueue(name: string, port: number): BullQueue {
  const { Queue } = loadPeer<BullMq>('bullmq');
  return new Queue(name, { connection: connectionTo(port), defaultJobOptions: { removeOnComplete: true } });
}

/** Starts nothing before it is told to run. */
export function openBullWorker(
  name: string,
  port: number,
  concurrency: number,
  processor: (job: BullJob) => Promise<void>,
): BullWorker {
  const { Worker } = loadPeer<BullMq>('bullmq');
  const worker = new Worker(name, processor, { connection: connectionTo(port), concurrency, autorun: false });
  worker.on('error', (error) => {
    throw error;
  });
  return worker;
}

/** @param times gets how long the call took, in ms */
export async function addJob(queue: BullQueue, times: Map<string, number>): Promise<void> {
  const start = monotonicMs();
  const { id } = await queue.add('task', { title: 'Build it' });
  times.set(id, monotonicMs() - start);
}
