/** Messages in a terminal: coloured by what they are and how urgent, never where nobody wants colours, and never able to redraw it. */
import { expect, it } from 'vitest';
import { messageLines } from '../../../plugins/terminal/message-lines.ts';
import { usualMessage } from '../../../src/contract/plugin/usual-message.ts';

const plain = { colored: false, withTime: false, columns: 80 };
const coloured = { ...plain, colored: true };
const esc = '\u001B';
const message = (more: object) => ({ ...usualMessage({ key: 'company_1:1:t', text: 'Hello' }), ...more });

it.each([
  ['STATUS', '36'],
  ['ERROR', '31'],
  ['SUCCESS', '32'],
  ['QUESTION', '35'],
  ['ANNOUNCEMENT', '34'],
] as const)('paints %s', (type, code) => {
  expect(messageLines(message({ type }), coloured)).toContain(`${esc}[${code}m${type}${esc}[0m`);
});

it.each([
  ['LOW', '2'],
  ['HIGH', '33;1'],
  ['URGENT', '41;97;1'],
] as const)('paints %s, and says it in words', (priority, code) => {
  expect(messageLines(message({ priority }), coloured)).toContain(`${esc}[${code}m${priority}${esc}[0m`);
  expect(messageLines(message({ priority }), plain)).toContain(priority);
});

it('has no colour where nobody wants any, and does not name what is usual', () => {
  const lines = messageLines(
    message({ priority: 'NORMAL', type: 'STATUS', title: 'Tests', author: 'ann' }),
    plain,
  );
  expect(lines).not.toContain(esc);
  expect(lines).toContain('STATUS Tests — ann\n  Hello\n');
  expect(lines).not.toContain('NORMAL');
});

it('lets no message redraw the screen, and wraps what is long', () => {
  const hostile = `a${esc}[2Jb\u202Ec\rd`;
  const lines = messageLines(message({ title: hostile, text: `${hostile} ${'word '.repeat(40)}` }), plain);
  expect(lines).not.toContain(esc);
  expect(lines).not.toContain('\u202E');
  for (const line of lines.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});
