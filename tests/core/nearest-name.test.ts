import { expect, it } from 'vitest';
import { suggestion } from '../../src/core/nearest-name.ts';

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
