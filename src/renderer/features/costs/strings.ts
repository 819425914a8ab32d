/** The words of the costs screen. */
import type { UsageGroup } from '../../../contract/usage.ts';

export const strings = {
  title: 'Costs',
  by: 'By',
  groups: { epic: 'Epic', member: 'Member', model: 'Model', day: 'Day', task: 'Task' } satisfies Record<
    UsageGroup,
    string
  >,
  empty: 'Nothing has been spent',
  emptyMore:
    'Each call to a model is counted here, by epic, member, model and day. The runners that come with AgentCoord cost nothing; agentcoord models set connects a model.',
  total: 'in all',
  calls: 'calls',
  tokens: 'tokens in and out',
  budgets: 'Budgets',
  noBudgets: 'No budget is set: nothing stops a call for its price.',
  scopes: { company: 'the whole company', member: 'member', epic: 'epic' },
  states: { ok: 'within it', nearly: 'nearly used up', used_up: 'used up: no further call is made' },
  reserved: (amount: string) => `${amount} held for calls that are under way`,
  of: (spent: string, limit: string) => `${spent} of ${limit}`,
  tokensOf: (spent: string, limit: string) => `${spent} of ${limit} tokens`,
  loading: 'Adding up',
  set: 'Set a budget',
  setMore:
    'A call that would go over it is not made: the task waits, and says so. Leave a limit empty for none.',
  forWhom: 'For',
  company: 'the whole company',
  money: 'Dollars, at most',
  tokensLimit: 'Tokens, at most',
  notANumber: 'A number, such as 25 or 0.50',
  notWhole: 'A whole number',
  setAct: 'Set it',
  close: 'Close',
  setDone: (name: string) => `The budget of ${name} is set.`,
  chart: (group: string) => `What was spent, by ${group}`,
  row: (name: string, money: string, share: string) => `${name}: ${money}, ${share}`,
} as const;
