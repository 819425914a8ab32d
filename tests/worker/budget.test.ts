/** Real workers that spend: stopped before the call that would be too much, and on their way again when there is more. */
import { expect, it } from 'vitest';
import { superviseCompany } from './supervised-company.ts';

it('stop before a call that a budget has no room for, and go on when it is raised', async () => {
  const { route, until, task, owner, faults } = await superviseCompany({
    options: { spends: { model: 'opus', money: 0.4, tokens: 100 } },
  });
  const limit = (money: number) =>
    owner.command({ type: 'budget.set', scope: { kind: 'company' }, money: money * 1_000_000 });
  await limit(0.3);
  await route('Dark mode');
  await until((state) => state.index.tasksAwaitingBudget.get(true).size === 1);
  const stopped = await task('Write PRD');
  expect(stopped).toMatchObject({ state: 'blocked', failures: 0, attempts: [{ outcome: 'released' }] });
  const { waitingBecause } = await owner.query('task', { taskId: stopped.id });
  expect(waitingBecause).toContain('$0.40 more would exceed the budget of the company: $0.00 of $0.30');
  expect((await owner.query('usage', {})).total.calls).toBe(0);
  await limit(100);
  await until((state) => [...state.epics.values()].every(({ state: is }) => is === 'completed'));
  const { rows, budgets } = await owner.query('usage', { by: 'model' });
  expect(rows).toMatchObject([{ key: 'opus', money: (rows[0]?.calls ?? 0) * 400_000 }]);
  expect(budgets).toMatchObject([{ spent: { money: rows[0]?.money }, reserved: { money: 0 } }]);
  expect(faults).toEqual([]);
});
