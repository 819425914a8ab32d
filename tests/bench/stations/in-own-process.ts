/** A contender in a process of its own, so that no other one's heap slows it down. */
import path from 'node:path';
import type { OpenStation, Round } from '../contender.ts';
import { Crew } from '../crew.ts';
import type { StationOrder } from './station-child.ts';
import type { StationName } from './stations.ts';

export const inOwnProcess =
  (name: StationName): OpenStation =>
  async (workers, place) => {
    const crew = new Crew<StationOrder, Round>(path.join(import.meta.dirname, 'station-child.ts'), 1);
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
