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
const twoCells =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u;

/** How many cells of a terminal the text takes; colours take none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(stripVTControlCharacters(text))) {
    width += twoCells.test(segment) ? 2 : 1;
  }
  return width;
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
