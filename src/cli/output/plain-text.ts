/** Text from outside as a terminal may show it: one line, no control characters, and how wide it is. */
import { stripVTControlCharacters } from 'node:util';

/** A title or note may hold escape sequences; shown as they are, they could rewrite the screen. */
export const plainLine = (text: string): string => withoutControls(text.replaceAll(/\s+/g, ' '));

/** The same for text of several lines, which keep their indentation. */
export const plainLines = (text: string): string[] =>
  text.split(/\r?\n/).map((line) => withoutControls(line.replaceAll('\t', '  ')));

/** The same for what is written piece by piece: lines stay as they are. */
export const plainText = (text: string): string =>
  text.replaceAll('\r\n', '\n').split('\n').map(withoutControlsButTabs).join('\n');

const withoutControlsButTabs = (line: string): string => line.split('\t').map(withoutControls).join('\t');

/** Takes out what could rewrite the screen; spaces stay as they are. */
export const withoutControls = (text: string): string =>
  stripVTControlCharacters(text).replaceAll(/\p{Cc}|\p{Bidi_Control}/gu, '');

const segmenter = new Intl.Segmenter();
const ascii = /^[\u0020-\u007e]*$/;
const emoji = /\p{Emoji_Presentation}/u;
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18d08}\u{1aff0}-\u{1b2fb}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;
/** Vowels and ends of conjoining Hangul stand in the cells of their beginning, as marks do in those of their letter. */
const noCell = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]/u;

/** How many cells of a terminal the text takes, and never fewer; colours take none. */
export function textWidth(text: string): number {
  const plain = stripVTControlCharacters(text);
  if (ascii.test(plain)) return plain.length;
  let width = 0;
  for (const { segment } of segmenter.segment(plain)) width += cellsOf(segment);
  return width;
}

/** What people see as one letter may be several that a terminal puts side by side, as in Hindi and Thai. */
function cellsOf(segment: string): number {
  if (emoji.test(segment)) return 2;
  let cells = 0;
  for (const each of segment) cells += wide.test(each) ? 2 : noCell.test(each) ? 0 : 1;
  return Math.max(1, cells);
}

/** Cuts text without colours to so many cells, the last of them `…`. */
export function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    const cells = textWidth(segment);
    if (used + cells > width - 1) break;
    kept += segment;
    used += cells;
  }
  return width > 0 ? `${kept}…` : '';
}

/** Breaks text without colours between words, and inside a word only if it alone is wider than a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (textWidth(word) <= width) return [word];
  const all: string[] = [];
  let piece = '';
  for (const { segment } of segmenter.segment(word)) {
    if (piece !== '' && textWidth(piece + segment) > width) {
      all.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...all, piece];
}
