/** BullMQ with as many worker processes as AgentCoord has over the socket. */
import path from 'node:path';
import type { OpenStation } from '../contender.ts';
import { Crew } from '../crew.ts';
import { shares } from '../share.ts';
import type { Shift } from '../shift.ts';
import { roundOf } from '../shift.ts';
import { maxProcesses } from './agentcoord-over-socket.ts';

export type BullOrder =
  | {
      readonly kind: 'connect';
      readonly queue: string;
      readonly port: number;
      readonly workers: number;
      readonly isBeside: boolean;
    }
  | { readonly kind: 'add'; readonly tasks: number }
  /** Opens the worker of the next shift; it does nothing yet. */
  | { readonly kind: 'prepare' }
  | { readonly kind: 'work' };

export const openBullProcesses: OpenStation = (workers, place) =>
  openBullIn(Math.min(workers, maxProcesses))(workers, place);

/** @param isBeside its processes give way to Redis, as workers do; hosts do not */
export const openBullIn =
  (processes: number, isBeside = true): OpenStation =>
  async (workers, { redisPort }) => {
    const crew = new Crew<BullOrder, Shift>(path.join(import.meta.dirname, 'bull-child.ts'), processes);
    const queue = `processes-${processes}-${workers}`;
    await crew.all(() => ({
      kind: 'connect',
      queue,
      port: redisPort,
      workers: workers / processes,
      isBeside,
    }));
    return {
      run: async (tasks) => {
        const toAdd = shares(tasks, processes);
        const added = await crew.all((n) => ({ kind: 'add', tasks: toAdd[n] ?? 0 }));
        await crew.all(() => ({ kind: 'prepare' }));
        return roundOf(added, await crew.all(() => ({ kind: 'work' })));
      },
      close: () => crew.dismiss(),
    };
  };
