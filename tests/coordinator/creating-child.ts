/** A program for the kill test: creates tasks through a coordinator, and says so only when they are acknowledged. */
import { writeSync } from 'node:fs';
import { CompanyCoordinator } from '../../src/coordinator/company-coordinator.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';

const [file = '', run = ''] = process.argv.slice(2);
const coordinator = await CompanyCoordinator.open({ log: openSqliteEventLog(file), snapshotEvery: 100 });
const memberId = await coordinator.read(({ company }) => company?.ownerId);
if (!memberId) throw new Error('the log holds no company');

/** One of several that ask at once, so that batches have several commands. */
async function createTasks(caller: number): Promise<never> {
  for (let n = 0; ; n += 1) {
    const title = `${run}/${caller}/${n}`;
    await coordinator.execute(
      { kind: 'member', memberId: memberId as never },
      { type: 'task.create', title },
    );
    writeSync(1, `${title}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, (_, caller) => createTasks(caller)));
