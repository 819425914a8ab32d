/** A key as the screens know it: a name, or the characters that it writes. */
import type { Key as InkKey } from 'ink';

/** `up`, `enter`, `ctrl+u` …; else what was typed or pasted. */
export type Key = string;

const named = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof InkKey, string])[];

/** What is typed faster than it is read comes together: each letter is a key of its own. */
export function keysOf(input: string, key: InkKey): readonly Key[] {
  if (key.tab) return [key.shift ? 'backtab' : 'tab'];
  for (const [flag, name] of named) if (key[flag]) return [heldWith(key, name) + name];
  if (key.ctrl || key.meta) return [heldWith(key, '') + input];
  return [...segmenter.segment(input)].map(({ segment }) => controls[segment] ?? segment);
}

/** Escape alone comes as held with itself. */
function heldWith({ ctrl, meta }: InkKey, name: string): string {
  if (name === 'esc') return '';
  return ctrl ? 'ctrl+' : meta ? 'alt+' : '';
}

const pasteMark = 'paste+';

/** What was pasted, as a key that is none of the named ones whatever it says. */
export const pasted = (text: string): Key => pasteMark + text;

const segmenter = new Intl.Segmenter();

/** What some keys are as letters. */
const controls: Readonly<Record<string, Key>> = {
  '\r': 'enter',
  '\n': 'ctrl+j',
  '\r\n': 'enter',
  '\t': 'tab',
  '\u001b': 'esc',
  '\u007f': 'backspace',
  '\u0003': 'ctrl+c',
  '\u0013': 'ctrl+s',
  '\u0015': 'ctrl+u',
};

const names = new Set<Key>([...named.map(([, name]) => name), 'tab', 'backtab']);

/** What it writes: a letter, or what was pasted; null when it writes nothing. */
export function textOf(key: Key): string | null {
  if (key.startsWith(pasteMark)) return key.slice(pasteMark.length);
  return key === '' || names.has(key) || /^(ctrl|alt)\+/.test(key) ? null : key;
}

/** Whether a key moves in a list, and by how much; `Infinity` is its end. */
export function stepOf(key: Key, page: number): number | null {
  switch (key) {
    case 'up':
    case 'k':
      return -1;
    case 'down':
    case 'j':
      return 1;
    case 'pageup':
    case 'ctrl+b':
      return -page;
    case 'pagedown':
    case 'ctrl+f':
      return page;
    case 'home':
    case 'g':
      return -Infinity;
    case 'end':
    case 'G':
      return Infinity;
    default:
      return null;
  }
}
