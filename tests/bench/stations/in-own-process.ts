/** A contender in a process of its own, so that no other one's heap slows it down. */
import path from 'node:path';
import type { OpenStation, Round } from '../contender.ts';
import { Crew } from '../crew.ts';
import type { StationOrder } from './serve-station.ts';
import type { StationName } from './stations.ts';

export const inOwnProcess = (name: StationName): OpenStation =>
  inProcessOf(path.join(import.meta.dirname, 'station-child.ts'), name);

/**
 * @param file the program; it answers by `serveStation`
 * @param name of one of the stations that it knows
 * @param node the Node that it runs on, if not this one
 */
export const inProcessOf =
  (file: string, name: string, node?: string): OpenStation =>
  async (workers, place) => {
    const crew = new Crew<StationOrder, Round>(file, 1, node);
    await crew.all(() => ({ kind: 'open', name, workers, place }));
    return {
      run: async (tasks) => {
        const [round] = await crew.all(() => ({ kind: 'run', tasks }));
        if (!round) throw new Error(`${name} gave no round`);
        return round;
      },
      close: () => crew.dismiss(),
    };
  };
