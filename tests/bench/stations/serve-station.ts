/** The child's side of a contender in a process of its own: opens its station and lets it run as often as it is told to. */
import type { OpenStation, Place, Round, Station } from '../contender.ts';
import { takeOrders } from '../crew.ts';

export type StationOrder =
  | { readonly kind: 'open'; readonly name: string; readonly workers: number; readonly place: Place }
  | { readonly kind: 'run'; readonly tasks: number };

/** @param stations what it may be told to open, by name */
export function serveStation(stations: Readonly<Record<string, OpenStation>>): void {
  let station: Station | null = null;
  takeOrders<StationOrder, Round>(
    async (order) => {
      if (order.kind === 'open') {
        const open = stations[order.name];
        if (!open) throw new Error(`no station is called ${order.name}`);
        station = await open(order.workers, order.place);
        return { addMs: 0, workMs: 0, latencies: [] };
      }
      if (!station) throw new Error('no station is open');
      return station.run(order.tasks);
    },
    async () => station?.close(),
  );
}
