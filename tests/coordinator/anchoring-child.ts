/** A program for the test of the anchor: appends to a log and notes its last link, again and again. */
import { writeSync } from 'node:fs';
import { AnchoredLog } from '../../src/coordinator/anchored-log.ts';
import { dumpState, emptyState } from '../../src/core/state.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { group, released } from '../log/log-events.ts';

const [file = '', anchorFile = ''] = process.argv.slice(2);
const log = await AnchoredLog.open(openSqliteEventLog(file), anchorFile, (fault) => {
  throw fault;
});
if (log.broken) throw log.broken;

for (let n = 0; ; n += 1) {
  const head = await log.head();
  await log.append([group(head, released(`t${n}`, 'x')), group(head, released(`u${n}`, 'y'))]);
  // The link is noted with each snapshot.
  if (n % 3 === 0) await log.saveSnapshot({ seq: head, version: 1, state: dumpState(emptyState()) });
  writeSync(1, '.');
}
