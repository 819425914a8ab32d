/** `agentcoord companies` and `agentcoord join`: which companies there are, and where each is kept. */
import type { Command } from 'commander';
import type { CompanyPlace } from '../../contract/company-places.ts';
import { calledAs } from '../called-as.ts';
import { globalOptions } from '../global-options.ts';
import { moveText } from '../output/move-text.ts';
import type { Output } from '../output/output.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';

export function addCompaniesCommand(program: Command): void {
  program
    .command('companies')
    .description('every company of this host and of its Redis, and where it is kept')
    .action((_options: object, command: Command) => show(command, 'companyPlaces'));
}

export function addJoinCommand(program: Command): void {
  program
    .command('join')
    .description('open every company of the Redis on this host now; “serve” does so by itself')
    .action((_options: object, command: Command) => show(command, 'joinCompanies'));
}

async function show(command: Command, call: 'companyPlaces' | 'joinCompanies'): Promise<void> {
  const options = globalOptions(command);
  const { withHost } = await import('../company-session.ts');
  const output = openOutput(options.json);
  await withHost({ ...options, company: null }, async ({ coordination }) => {
    const companies = await coordination[call]();
    output.answer({ companies }, () =>
      companies.length === 0
        ? `There is no company yet: ${calledAs()} init --template startup`
        : inWords(companies, output),
    );
  });
}

function inWords(companies: readonly CompanyPlace[], output: Output): string {
  const list = output.table(
    [
      { title: 'NAME', cell: ({ name }) => plainLine(name ?? '–'), shrinks: true },
      { title: 'ID', cell: ({ id }) => ({ text: id, meaning: 'over' }) },
      { title: 'STATE', cell: ({ state }) => (state === 'elsewhere' ? 'not on this host yet' : state) },
      { title: 'LOG', cell: ({ place }) => place ?? 'this host alone' },
    ],
    companies,
  );
  const moves = companies.flatMap(({ id, name, moving }) =>
    moving === null ? [] : [`${plainLine(name ?? id)} is being moved: ${moveText(moving)}.`],
  );
  const reasons = companies.flatMap(({ id, name, why }) =>
    why === null ? [] : [`${plainLine(name ?? id)}: ${plainLine(why)}`],
  );
  return [list, ...moves, ...reasons].join('\n');
}
