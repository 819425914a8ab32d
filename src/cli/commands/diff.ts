/** `agentcoord diff`: what became of the company between two moments. */
import type { Command } from 'commander';
import type { StateDiff } from '../../contract/audit.ts';
import type { Moment } from '../../contract/moment.ts';
import type { EpochMs } from '../../core/units.ts';
import { globalOptions } from '../global-options.ts';
import { parseMoment } from '../moment.ts';
import type { Output } from '../output/output.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';
import { wholeNumber } from './shared-options.ts';

interface DiffOptions {
  readonly from: Moment;
  readonly to?: Moment;
  readonly limit: number;
}

export function addDiffCommand(program: Command): void {
  const moment = (text: string): Moment => parseMoment(text);
  program
    .command('diff')
    .description('show what is new, gone or different in a company between two moments')
    .requiredOption('--from <seq or time>', 'the earlier moment', moment)
    .option('--to <seq or time>', 'the later one (default: now)', moment)
    .option('--limit <number>', 'rows of each table, at most', wholeNumber(1, 1_000), 200)
    .action(async ({ from, to, limit }: DiffOptions, command: Command) => {
      const options = globalOptions(command);
      const { withCompany } = await import('../company-session.ts');
      const { diffDocument } = await import('../documents/diff-document.ts');
      const { readNames } = await import('../documents/names.ts');
      const { fieldTexts } = await import('../output/change-text.ts');
      const { rowLabel } = await import('../output/row-label.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination }) => {
        const diff = await coordination.query('diff', { from, to: to ?? null, limit });
        const { member: nameOf } = await readNames(coordination);
        const telling = { now: Date.now() as EpochMs, nameOf };
        output.answer(diffDocument(diff), () =>
          diffText(diff, output, {
            fieldTexts: (before, after) => fieldTexts(before, after, telling),
            labelOf: (row) => rowLabel(row, nameOf),
          }),
        );
      });
    });
}

interface RowWords {
  readonly fieldTexts: (before: object, after: object) => string[];
  readonly labelOf: (row: object | null) => string;
}

function diffText(
  { from, to, tables }: StateDiff,
  { style }: Output,
  { fieldTexts, labelOf }: RowWords,
): string {
  if (tables.length === 0) return `Nothing differs between event ${from.seq} and event ${to.seq}.`;
  return tables
    .flatMap(({ table, added, removed, changed, forgotten, rows }) => {
      const counts = [
        [added, 'new'],
        [removed, 'gone'],
        [changed, 'changed'],
        [forgotten, 'ended long before and not looked at any more'],
      ] as const;
      const told = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
      const lines = rows.map(({ id, before, after }) => {
        if (before === null) return `  ${style('good', `+ ${id}`)}  ${labelOf(after)}`;
        if (after === null) return `  ${style('failed', `- ${id}`)}  ${labelOf(before)}`;
        return `  ${style('waiting', `~ ${id}`)}  ${labelOf(after)}  ${plainLine(fieldTexts(before, after).join(', '))}`;
      });
      const left = added + removed + changed - rows.length;
      if (left > 0) lines.push(`  … and ${left} more: --limit shows them`);
      return [style('strong', `${table}: ${told.join(', ')}`), ...lines];
    })
    .join('\n');
}
