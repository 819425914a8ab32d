/** How wide a terminal draws a text: never fewer cells than it takes, or a line of the screen would break. */
import { expect, it } from 'vitest';
import { cut, textWidth } from '../../../src/cli/output/plain-text.ts';

it.each([
  ['plain', 5],
  ['漢字', 4],
  ['\u{20bb7}', 2],
  ['e\u0301', 1],
  ['กำ', 2],
  ['क्षि', 3],
  ['각', 2],
  ['\u1100\u1161\u11a8', 2],
  ['👩‍👩‍👧‍👦', 2],
  ['🇩🇪', 2],
  ['שלום', 4],
  ['\u001b[31mred\u001b[0m', 3],
])('counts the cells of %j', (text, cells) => {
  expect(textWidth(text)).toBe(cells);
  const many = text.repeat(40);
  for (const width of [1, 2, 7, 20]) expect(textWidth(cut(many, width))).toBeLessThanOrEqual(width);
});
