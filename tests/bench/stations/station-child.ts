/** The process of a contender that runs in one: alone with its heap, and idle while others have their turn. */
import { serveStation } from './serve-station.ts';
import { stations } from './stations.ts';

serveStation(stations);
