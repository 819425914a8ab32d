/** Writing in a field of the dashboard: the cursor goes by letters as people see them, and what is pasted does no harm. */
import { describe, expect, it } from 'vitest';
import { editText } from '../../src/tui/model/edit-text.ts';
import { keysOf, pasted } from '../../src/tui/model/key.ts';

const family = '👩‍👩‍👧‍👦';

function typing(value: string, ...keys: readonly string[]) {
  const start = { value, cursor: [...new Intl.Segmenter().segment(value)].length, isLong: true };
  return keys.reduce(editText, start);
}

describe('a text', () => {
  it.each([
    ['in the middle', 'ac', ['left', 'b'], 'abc', 2],
    ['at its beginning', 'bc', ['home', 'a'], 'abc', 1],
    ['beyond neither end', 'ab', ['right', 'right', 'home', 'left', 'x'], 'xab', 1],
    ['around what is one letter to people', `a${family}b`, ['left', 'backspace'], 'ab', 1],
    ['with a mark that joins its letter', 'e', ['\u0301', 'x'], 'e\u0301x', 2],
    ['by words', 'one two  three', ['alt+b', 'alt+b', 'X'], 'one Xtwo  three', 5],
    ['to the end of a word', 'one two', ['home', 'alt+f', '!'], 'one! two', 4],
    ['without the word before', 'one two ', ['ctrl+w'], 'one ', 4],
    ['without the rest of its line', 'one two\nthree', ['home', 'left', 'alt+b', 'ctrl+k'], 'one \nthree', 4],
    ['without the letter behind', 'abc', ['home', 'delete'], 'bc', 0],
    ['without anything', 'abc', ['ctrl+u'], '', 0],
    ['of two lines', 'ab', ['left', 'alt+enter'], 'a\nb', 2],
    ['unchanged by a key that writes nothing', 'ab', ['alt+q', 'ctrl+z', 'pageup'], 'ab', 2],
  ])('is written %s', (_what, value, keys, wanted, cursor) => {
    expect(typing(value, ...keys)).toMatchObject({ value: wanted, cursor });
  });

  it('takes what is pasted without what could redraw the screen, in lines only where there may be some', () => {
    const hostile = pasted('a\u001b[2J\r\nb\tc\u202e');
    expect(typing('', hostile).value).toBe('a\nb  c');
    expect(editText({ value: '', cursor: 0, isLong: false }, hostile).value).toBe('a b c');
  });

  it('takes a pasted word for a word, also when a key is called that', () => {
    expect(typing('', pasted('enter'), pasted('ctrl+c')).value).toBe('enterctrl+c');
  });
});

const none = Object.fromEntries(
  ['upArrow', 'leftArrow', 'return', 'escape', 'ctrl', 'meta', 'tab', 'shift'].map((name) => [name, false]),
);

it.each([
  ['letters that come together', 'ab', {}, ['a', 'b']],
  ['an arrow', '', { leftArrow: true }, ['left']],
  ['an arrow that is held with ctrl', '', { leftArrow: true, ctrl: true }, ['ctrl+left']],
  ['a letter that is held with alt', 'b', { meta: true }, ['alt+b']],
  ['enter that is held with alt', '\r', { return: true, meta: true }, ['alt+enter']],
  ['escape, which some terminals say is held with alt', '', { escape: true, meta: true }, ['esc']],
  ['a line feed', '\n', {}, ['ctrl+j']],
])('reads %s', (_what, input, key, wanted) => {
  expect(keysOf(input, { ...none, ...key } as never)).toEqual(wanted);
});
