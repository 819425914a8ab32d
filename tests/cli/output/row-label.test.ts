/** What a row is called in the difference of two moments. */
import { expect, it } from 'vitest';
import { rowLabel } from '../../../src/cli/output/row-label.ts';

const ann = 'member_0000000001';
const nameOf = (id: string) => (id === ann ? 'ann' : id);

it.each([
  ['a task, by its title', { id: 'task_1', title: 'Say hello', memberId: ann }, 'Say hello'],
  ['a lock, by its files', { id: 'lock_1', scope: 'src/**', memberId: ann }, 'src/**'],
  [
    'a worker, by its agent and its runner',
    { id: 'worker_1', memberId: ann, runner: 'script' },
    'ann, script',
  ],
  ['the usage of a day', { id: 'u', memberId: ann, model: 'm-1', day: '2026-11-30' }, 'ann, m-1, 2026-11-30'],
  ['an account, by its member', { id: ann, spent: {} }, 'ann'],
  ['a worker of one who has left', { memberId: 'member_0000000002' }, 'member_0000000002'],
  ['a conflict, by what was done', { id: 'c', command: { type: 'task.complete' } }, 'task.complete'],
  ['a row that has no name', { id: 'company', spent: {} }, ''],
  ['no row', null, ''],
  ['a title that would write over the terminal', { title: 'a\u001b[2Jb' }, 'ab'],
])('%s', (_what, row, label) => {
  expect(rowLabel(row, nameOf)).toBe(label);
});
