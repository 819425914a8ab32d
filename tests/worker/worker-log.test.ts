/** The worker's log: a line a time, in which nothing of what others wrote commands a terminal, but colours stay. */
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { openLog } from '../../src/worker/worker-log.ts';

const esc = '\u001b';

it.each([
  ['plain words', 'two words', 'two words'],
  ['colours, which end with the line', `${esc}[1;31mred`, `${esc}[1;31mred${esc}[0m`],
  ['no text that hides itself', `a${esc}[0;8mb`, 'a b'],
  ['no cursor that goes up', `a${esc}[1Ab`, 'a [1Ab'],
  ['no text for the clipboard', `a${esc}]52;c;eA==\u0007b`, 'a ]52;c;eA== b'],
  ['no line of its own', 'a\r2026-01-01T00:00:00Z  ready', 'a 2026-01-01T00:00:00Z  ready'],
])('writes %s', (_what, line, written) => {
  const output = new PassThrough();
  openLog(output, () => new Date('2026-11-30T10:00:00.500Z'))(line);
  expect(String(output.read())).toBe(`2026-11-30T10:00:00Z  ${written}\n`);
});
