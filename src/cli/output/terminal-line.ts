/** A line of differently coloured pieces that never gets wider than the terminal. */
import { cut, textWidth, withoutControls } from './plain-text.ts';
import type { Style } from './style.ts';
import type { Cell } from './table.ts';

export type Line = readonly (Cell | string)[];

export function lineText(line: Line, width: number, style: Style): string {
  let left = width;
  let text = '';
  for (const piece of line) {
    const { text: raw, meaning = 'plain' } = typeof piece === 'string' ? { text: piece } : piece;
    const shown = cut(withoutControls(raw), left);
    text += style(meaning, shown);
    left -= textWidth(shown);
    if (left <= 0) break;
  }
  return text;
}
