/** Asks a query of the contract as the owner, and prints the answer as JSON. */
import type { Command } from 'commander';
import type { QueryName } from '../../contract/queries.ts';
import { querySchemas } from '../../contract/queries.ts';
import { CoordError } from '../../core/error.ts';
import { suggestion } from '../../core/nearest-name.ts';
import { withCompany } from '../company-session.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainText } from '../output/plain-text.ts';
import type { RawOptions } from './raw-input.ts';
import { readRawInput } from './raw-input.ts';

export async function askQuery(name: string | null, raw: RawOptions, command: Command): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  const names = Object.keys(querySchemas);
  if (name === null) {
    const queries = names.map((query) => ({
      query,
      takes: Object.keys(querySchemas[query as QueryName].shape),
    }));
    output.answer({ queries }, () =>
      output.table(
        [
          { title: 'QUERY', cell: (row) => row.query },
          { title: 'TAKES', cell: ({ takes }) => takes.join(', '), shrinks: true },
        ],
        queries,
      ),
    );
    return;
  }
  if (!names.includes(name))
    throw new CoordError('BAD_INPUT', `There is no query ${name}: ${suggestion(name, names)}`);
  const params = await readRawInput(raw);
  await withCompany(options, async ({ coordination }) => {
    const answer: unknown = await coordination.query(name as QueryName, params as never);
    output.answer({ answer }, () => plainText(JSON.stringify(answer, null, 2)));
  });
}
