/** A program for the lock test: locks a data directory, says so, and holds it until it is killed. */
import { lockDataDir } from '../../../src/log/sqlite/data-dir-lock.ts';

const [dataDir = ''] = process.argv.slice(2);
await lockDataDir(dataDir, { name: 'agentcoord serve' });
process.stdout.write('locked\n');
setInterval(() => undefined, 60_000);
