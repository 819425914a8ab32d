/** A program for the crash test: appends to a log as fast as it can, and says so only when it is acknowledged. */
import { writeSync } from 'node:fs';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import { group, released } from '../log-events.ts';

const [file = '', run = ''] = process.argv.slice(2);
const log = openSqliteEventLog(file);

for (let n = 0; ; n += 1) {
  const base = await log.head();
  // Batches of 1 to 4 groups; each of its 1 to 5 events says which it is and how many there are.
  const batch = Array.from({ length: (n % 4) + 1 }, (_, g) => {
    const size = ((n + g) % 5) + 1;
    const events = Array.from({ length: size }, (_, e) => released(`${run}_${n}_${g}`, `${e + 1}/${size}`));
    return group(base, ...events);
  });
  const last = (await log.append(batch)).at(-1);
  writeSync(1, `${last}\n`);
}
