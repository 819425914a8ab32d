/** A program for the kill test: creates tasks and threads through a coordinator, and says so only when they are acknowledged. */
import { writeSync } from 'node:fs';
import { CompanyCoordinator } from '../../src/coordinator/company-coordinator.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';

const [file = '', run = ''] = process.argv.slice(2);
const coordinator = await CompanyCoordinator.open({ log: openSqliteEventLog(file), snapshotEvery: 100 });
const memberId = await coordinator.read(({ company }) => company?.ownerId);
if (!memberId) throw new Error('the log holds no company');

/** One of several that ask at once, so that batches have several commands. */
async function create(caller: number): Promise<never> {
  const actor = { kind: 'member', memberId: memberId as never } as const;
  for (let n = 0; ; n += 1) {
    const title = `${run}/${caller}/${n}`;
    // One of these is one event, the other is two.
    if (n % 2 === 0) await coordinator.execute(actor, { type: 'task.create', title });
    else await coordinator.execute(actor, { type: 'thread.start', title, text: 'What about it?' });
    writeSync(1, `${title}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, (_, caller) => create(caller)));
