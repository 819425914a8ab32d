/** A thread that ends at the first thing that it is asked, as one does that runs out of memory. */
import { parentPort } from 'node:worker_threads';

parentPort?.once('message', () => process.exit(1));
