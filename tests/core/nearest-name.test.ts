import { expect, it } from 'vitest';
import { nearestId, suggestion } from '../../src/core/nearest-name.ts';

const roles = ['em', 'engineer', 'qa_eng', 'qa_lead'];

it.each([
  ['qa_led', 'did you mean `qa_lead`?'],
  ['QA_LEAD', 'did you mean `qa_lead`?'],
  ['enginere', 'did you mean `engineer`?'],
  ['emm', 'did you mean `em`?'],
  // Two letters are near to everything: no guess.
  ['pm', 'use one of `em`, `engineer`, `qa_eng`, `qa_lead`'],
  ['accountant', 'use one of `em`, `engineer`, `qa_eng`, `qa_lead`'],
])('for %s says: %s', (written, expected) => {
  expect(suggestion(written, roles)).toBe(expected);
});

it('names each name once, and says when there is none', () => {
  expect(suggestion('zzzz', ['a', 'a'])).toBe('use one of `a`');
  expect(suggestion('zzzz', [])).toBe('there are none yet');
});

it.each([
  ['a wrong letter', 'task_7k2m9q4xw1', 'task_7k2m9q4xw0'],
  ['two that changed places', 'task_k72m9q4xw0', 'task_7k2m9q4xw0'],
  ['three wrong letters', 'task_7k2m9q4aaa', null],
  ['one too few', 'task_7k2m9q4xw', null],
])('knows an id by its letters, with %s', (_what, written, meant) => {
  expect(nearestId(written, [{ id: 'task_abcdefghjk' }, { id: 'task_7k2m9q4xw0' }])).toBe(meant);
});
