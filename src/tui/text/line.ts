/** Lines of the screen: pieces of different meaning, cut to the width whatever they hold, and painted as a whole. */
import { cut, textWidth, withoutControls } from '../../cli/output/plain-text.ts';
import type { Ink, Meaning } from './ink.ts';

export interface Piece {
  readonly text: string;
  readonly meaning: Meaning;
}

export type Line = readonly (Piece | string)[];

export const piece = (meaning: Meaning, text: string): Piece => ({ meaning, text });

/** Right after the left pieces come so many spaces that the right ones end at the edge. */
export interface Sides {
  readonly left: Line;
  readonly right: Line;
}

const pieceOf = (part: Piece | string): Piece =>
  typeof part === 'string' ? { text: part, meaning: 'plain' } : part;

export const lineWidth = (line: Line): number =>
  line.reduce((sum, part) => sum + textWidth(plainSpaced(pieceOf(part).text)), 0);

/**
 * Spaces are layout and stay; a line break or a tab is one, and what could move the cursor goes. So do tones of skin and
 * the choice of a coloured picture: some terminals give them cells, others none.
 */
const plainSpaced = (text: string): string =>
  withoutControls(text.replaceAll(/[\r\n\t\u2028\u2029]+/g, ' ')).replaceAll(
    /\p{Emoji_Modifier}|\ufe0f/gu,
    '',
  );

/** At most so many cells; the last one is `…` when something is missing. */
export function fitLine(line: Line, width: number): Piece[] {
  const fitted: Piece[] = [];
  let left = width;
  for (const part of line) {
    const { text: raw, meaning } = pieceOf(part);
    const text = plainSpaced(raw);
    if (text === '') continue;
    const shown = cut(text, left);
    fitted.push({ text: shown, meaning });
    left -= textWidth(shown);
    if (left <= 0 || shown !== text) break;
  }
  return fitted;
}

/** Exactly so many cells. */
export function padLine(line: Line, width: number): Piece[] {
  const fitted = fitLine(line, width);
  const missing = width - lineWidth(fitted);
  return missing > 0 ? [...fitted, { text: ' '.repeat(missing), meaning: 'plain' }] : fitted;
}

/** The left gives way when there is no room for both. */
export function spread({ left, right }: Sides, width: number): Piece[] {
  const ends = fitLine(right, width);
  const room = Math.max(0, width - lineWidth(ends) - (ends.length > 0 ? 1 : 0));
  const gap = ends.length > 0 && room < width ? 1 : 0;
  return [...padLine(left, room), { text: ' '.repeat(gap), meaning: 'plain' }, ...ends];
}

/** In columns of so many cells each, with one space between; 0 is what is left. */
export function columns(
  cells: readonly (Piece | string)[],
  widths: readonly number[],
  total: number,
): Piece[] {
  const fixed = widths.reduce((sum, width) => sum + width, 0) + widths.length - 1;
  const rest = Math.max(4, total - fixed);
  return cells.flatMap((cell, i): Piece[] => {
    const width = widths[i] || rest;
    const padded = padLine([cell], width);
    return i === 0 ? padded : [{ text: ' ', meaning: 'plain' }, ...padded];
  });
}

export const paintLine = (line: Line, ink: Ink): string =>
  line
    .map((part) => {
      const { text, meaning } = pieceOf(part);
      return ink.paint(meaning, text);
    })
    .join('');
