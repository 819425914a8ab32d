/** What a key does to a text that is being written, and to the cursor in it. Pure. */
import { withoutControls } from '../../cli/output/plain-text.ts';
import type { Key } from './key.ts';
import { textOf } from './key.ts';

export interface EditedText {
  readonly value: string;
  /** Before which letter it stands, counted as people do. */
  readonly cursor: number;
  /** It may have several lines. */
  readonly isLong: boolean;
}

const segmenter = new Intl.Segmenter();
const longest = 20_000;

export const lettersOf = (text: string): string[] =>
  [...segmenter.segment(text)].map(({ segment }) => segment);

export function editText<Text extends EditedText>(text: Text, key: Key): Text {
  const letters = lettersOf(text.value);
  const { cursor } = text;
  const at = (place: number): Text => ({
    ...text,
    cursor: Math.min(letters.length, Math.max(0, place)),
  });
  const without = (from: number, to: number): Text => ({
    ...text,
    value: [...letters.slice(0, Math.max(0, from)), ...letters.slice(to)].join(''),
    cursor: Math.max(0, from),
  });
  switch (key) {
    case 'left':
      return at(cursor - 1);
    case 'right':
      return at(cursor + 1);
    case 'home':
    case 'ctrl+a':
      return at(lineStart(letters, cursor));
    case 'end':
    case 'ctrl+e':
      return at(lineEnd(letters, cursor));
    case 'alt+b':
    case 'ctrl+left':
    case 'alt+left':
      return at(wordStart(letters, cursor));
    case 'alt+f':
    case 'ctrl+right':
    case 'alt+right':
      return at(wordEnd(letters, cursor));
    case 'backspace':
      return cursor === 0 ? text : without(cursor - 1, cursor);
    case 'delete':
    case 'ctrl+d':
      return without(cursor, cursor + 1);
    case 'ctrl+w':
    case 'alt+backspace':
      return without(wordStart(letters, cursor), cursor);
    case 'ctrl+k':
      return without(cursor, lineEnd(letters, cursor));
    case 'ctrl+u':
      return { ...text, value: '', cursor: 0 };
    case 'alt+enter':
      return text.isLong ? written(text, letters, '\n') : text;
    default: {
      const added = textOf(key);
      return added === null ? text : written(text, letters, clean(added, text.isLong));
    }
  }
}

function written<Text extends EditedText>(text: Text, letters: readonly string[], added: string): Text {
  const before = letters.slice(0, text.cursor).join('') + added;
  const value = (before + letters.slice(text.cursor).join('')).slice(0, longest);
  // What is added may join the letter before it, as a mark does.
  return { ...text, value, cursor: Math.min(lettersOf(before).length, lettersOf(value).length) };
}

/** What is pasted may hold anything. */
function clean(added: string, isLong: boolean): string {
  if (!isLong) return withoutControls(added.replaceAll(/[\r\n\t]+/g, ' '));
  const lines = added.replaceAll(/\r\n?/g, '\n').replaceAll('\t', '  ').split('\n');
  return lines.map(withoutControls).join('\n');
}

const isSpace = (letter: string | undefined): boolean => letter !== undefined && /^\s/.test(letter);

function wordStart(letters: readonly string[], cursor: number): number {
  let at = cursor;
  while (at > 0 && isSpace(letters[at - 1])) at -= 1;
  while (at > 0 && !isSpace(letters[at - 1])) at -= 1;
  return at;
}

function wordEnd(letters: readonly string[], cursor: number): number {
  let at = cursor;
  while (at < letters.length && isSpace(letters[at])) at += 1;
  while (at < letters.length && !isSpace(letters[at])) at += 1;
  return at;
}

const lineStart = (letters: readonly string[], cursor: number): number =>
  letters.slice(0, cursor).lastIndexOf('\n') + 1;

function lineEnd(letters: readonly string[], cursor: number): number {
  const end = letters.indexOf('\n', cursor);
  return end < 0 ? letters.length : end;
}
