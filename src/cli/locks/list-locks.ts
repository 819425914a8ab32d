/** The file locks that are held, in a table. */
import type { Command } from 'commander';
import type { EpochMs } from '../../core/units.ts';
import { withCompany } from '../company-session.ts';
import { lockDocument } from '../documents/lock-document.ts';
import { readNames } from '../documents/names.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { relativeTime } from '../output/time-text.ts';

/** @param scope null: all of them */
export async function listLocks(scope: string | null, command: Command): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const [rows, names] = await Promise.all([
      coordination.query('locks', scope === null ? {} : { scope }),
      readNames(coordination),
    ]);
    const locks = rows.map((lock) => lockDocument(lock, names));
    const when = (at: string) => relativeTime(Date.parse(at) as EpochMs, Date.now() as EpochMs);
    output.answer({ locks }, () => {
      if (locks.length === 0) return scope === null ? 'Nothing is locked.' : 'Nothing of it is locked.';
      return output.table(
        [
          { title: 'LOCK', cell: ({ id }) => ({ text: id, meaning: 'over' }) },
          { title: 'FILES', cell: ({ scope: files }) => files, shrinks: true },
          { title: 'BY', cell: ({ holder }) => holder },
          { title: 'FOR', cell: ({ intent }) => intent, shrinks: true },
          { title: 'SINCE', cell: ({ acquiredAt }) => when(acquiredAt) },
          { title: 'UNTIL', cell: ({ until }) => when(until) },
          { title: 'TOKEN', cell: ({ token }) => String(token), align: 'right' },
        ],
        locks,
      );
    });
  });
}
