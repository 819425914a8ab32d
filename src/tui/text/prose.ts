/** Text of several lines, such as a description or an artifact, broken at the width. */
import { plainLine, plainLines, wrap } from '../../cli/output/plain-text.ts';
import type { Meaning } from './ink.ts';
import type { Line } from './line.ts';
import { piece } from './line.ts';

export function prose(text: string, width: number, meaning: Meaning = 'plain', indent = ''): Line[] {
  const room = Math.max(8, width - indent.length);
  return plainLines(text.trimEnd()).flatMap((line) =>
    wrap(line, room).map((broken): Line => [piece(meaning, indent + broken)]),
  );
}

/** `label  value`, the value over as many lines as it takes. */
export function fact(label: string, value: string, width: number, meaning: Meaning = 'plain'): Line[] {
  const head = `${label.padEnd(labelWidth)} `;
  const [first = '', ...rest] = wrap(plainLine(value), Math.max(8, width - head.length));
  return [
    [piece('over', head), piece(meaning, first)],
    ...rest.map((line): Line => [' '.repeat(head.length), piece(meaning, line)]),
  ];
}

const labelWidth = 9;

export const heading = (text: string): Line => [piece('accent', text.toUpperCase())];
