/** `agentcoord budget set`: how much the company, a member or an epic may spend. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { Coordination } from '../../contract/rpc.ts';
import type { CommandInput } from '../../core/command.ts';
import { CoordError } from '../../core/error.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { wholeNumber } from './shared-options.ts';

type Scope = Extract<CommandInput, { type: 'budget.set' }>['scope'];

type Limit = number | 'none';

interface BudgetOptions {
  readonly member?: string;
  readonly epic?: string;
  /** In micro dollars. */
  readonly money?: Limit;
  readonly tokens?: Limit;
}

export function addBudgetCommand(program: Command): void {
  program
    .command('budget')
    .description('work with budgets')
    .command('set')
    .description('set how much may be spent; a limit that is left out stays as it is')
    .option('--member <member>', 'of a member, by id or name (default: of the company)')
    .option('--epic <id or title>', 'of an epic')
    .option('--money <dollars>', 'US dollars, such as 12.50; `none` lifts the limit', orNone(parseDollars))
    .option(
      '--tokens <number>',
      'tokens in and out together; `none` lifts the limit',
      orNone(wholeNumber(0, Number.MAX_SAFE_INTEGER)),
    )
    .action(setBudget);
}

async function setBudget(wish: BudgetOptions, command: Command): Promise<void> {
  const { money, tokens } = wish;
  if (money === undefined && tokens === undefined)
    command.error('error: say which limit: --money <dollars>, --tokens <number>, or both; `none` lifts one');
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { usageDocument } = await import('../documents/usage-document.ts');
  const { budgetTable } = await import('../output/usage-text.ts');
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const scope = await scopeOf(coordination, wish);
    await coordination.command({
      type: 'budget.set',
      scope,
      ...(money !== undefined && { money: limitOf(money) }),
      ...(tokens !== undefined && { tokens: limitOf(tokens) }),
    });
    const { budgets } = usageDocument(await coordination.query('usage', {}));
    output.answer({ budgets }, () =>
      budgets.length === 0 ? 'Nothing has a limit.' : budgetTable(budgets, output),
    );
  });
}

async function scopeOf(coordination: Coordination, { member, epic }: BudgetOptions): Promise<Scope> {
  if (member !== undefined && epic !== undefined) {
    throw new CoordError(
      'BAD_INPUT',
      'A budget is of a member or of an epic: leave one of the two options out',
    );
  }
  if (member !== undefined) {
    const { findMember } = await import('../find-task.ts');
    return { kind: 'member', memberId: (await findMember(coordination, member)).id };
  }
  if (epic !== undefined) {
    const { findEpic } = await import('../find-epic.ts');
    return { kind: 'epic', epicId: (await findEpic(coordination, epic)).id };
  }
  return { kind: 'company' };
}

const orNone =
  (parse: (text: string) => number) =>
  (text: string): Limit =>
    text === 'none' ? text : parse(text);

const limitOf = (limit: Limit): number | null => (limit === 'none' ? null : limit);

function parseDollars(text: string): number {
  if (/^\d{1,9}(\.\d{1,6})?$/.test(text)) return Math.round(Number(text) * 1_000_000);
  throw new InvalidArgumentError('It must be an amount of US dollars such as 12.50.');
}
