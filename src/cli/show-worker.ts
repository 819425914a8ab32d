/** Shows one worker with all that is known of it; of one that crashed, also the end of its log. */
import { CoordError } from '../core/error.ts';
import type { EpochMs } from '../core/units.ts';
import { withCompany } from './company-session.ts';
import { readNames } from './documents/names.ts';
import { workerDocument, workerFactsDocument } from './documents/worker-document.ts';
import { findWorker } from './find-worker.ts';
import type { GlobalOptions } from './global-options.ts';
import { openOutput } from './output/output.ts';
import { plainLine } from './output/plain-text.ts';
import { workerText } from './output/workers-text.ts';

export async function showWorker(key: string, options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const found = await findWorker(coordination, key);
    // What its process takes, and what it says, is known of now only.
    const isNow = options.at === null;
    const [names, workers, members, facts, tail] = await Promise.all([
      readNames(coordination),
      coordination.query('workers', {}),
      coordination.query('members', {}),
      isNow ? coordination.query('workerFacts', {}) : [],
      isNow ? coordination.query('workerTail', { workerId: found.id }) : { lines: [] },
    ]);
    const row = workers.find(({ id }) => id === found.id);
    if (!row) throw new CoordError('NOT_FOUND', `The worker ${found.id} is not kept any more`);
    const known = facts.find(({ worker }) => worker.id === found.id);
    const worker = {
      ...workerDocument(row, names),
      tasks: members
        .flatMap(({ agent }) => agent?.tasks ?? [])
        .filter(({ lease }) => lease?.workerId === found.id)
        .map(({ title }) => title),
      facts: known ? workerFactsDocument(known) : null,
    };
    const lastLines = worker.state === 'crashed' ? tail.lines : [];
    output.answer({ worker, lastLines }, () => {
      const facts = workerText(worker, output, Date.now() as EpochMs);
      if (lastLines.length === 0) return facts;
      return [facts, '', 'It said last:', ...lastLines.map((line) => `  ${plainLine(line)}`)].join('\n');
    });
  });
}
