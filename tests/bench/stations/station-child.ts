/** The process of a contender that runs in one: alone with its heap, and idle while others have their turn. */
import type { Place, Round, Station } from '../contender.ts';
import { takeOrders } from '../crew.ts';
import type { StationName } from './stations.ts';
import { stations } from './stations.ts';

export type StationOrder =
  | { readonly kind: 'open'; readonly name: StationName; readonly workers: number; readonly place: Place }
  | { readonly kind: 'run'; readonly tasks: number };

let station: Station | null = null;

takeOrders<StationOrder, Round>(
  async (order) => {
    if (order.kind === 'open') {
      station = await stations[order.name](order.workers, order.place);
      return { addMs: 0, workMs: 0, latencies: [] };
    }
    if (!station) throw new Error('no station is open');
    return station.run(order.tasks);
  },
  async () => station?.close(),
);
