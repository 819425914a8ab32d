/** What a worker wrote is shown in its colours; nothing else in it is obeyed by a terminal. */
import { describe, expect, it } from 'vitest';
import { colouredLines, plainLines } from '../../../src/renderer/features/workers/coloured-text.ts';
import { seededRandom } from '../../seeded-random.ts';

const esc = '\u001b';
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const obeyed = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/;

it('keeps colours, and ends them with the line', () => {
  expect(colouredLines(`${esc}[1;31mred${esc}[0m and ${esc}[38;2;1;2;3mblue`)).toEqual([
    `${esc}[1;31mred${esc}[0m and ${esc}[38;2;1;2;3mblue${esc}[0m`,
  ]);
  expect(colouredLines('plain\ttext')).toEqual(['plain\ttext']);
});

describe('takes out', () => {
  it.each([
    ['a text for the clipboard', `a${esc}]52;c;cm0gLXJmIH4=\u0007b`, 'ab'],
    ['the same with its other end', `a${esc}]52;c;cm0gLXJmIH4=${esc}\\b`, 'ab'],
    ['the same in one byte', 'a\u009d52;c;cm0gLXJmIH4=\u009cb', 'ab'],
    ['one without an end', `a${esc}]52;c;cm0gLXJmIH4=`, 'a'],
    ['a title', `a${esc}]0;root@prod\u0007b`, 'ab'],
    ['a link, but for its words', `${esc}]8;;javascript:alert(1)\u0007click${esc}]8;;\u0007`, 'click'],
    ['what clears the screen', `a${esc}[2J${esc}[3J${esc}[Hb`, 'ab'],
    ['what goes up to overwrite', `a${esc}[1A${esc}[2Kapproved`, 'aapproved'],
    ['what goes up in one byte', 'a\u009b1Ab', 'ab'],
    ['the other screen', `${esc}[?1049ha`, 'a'],
    ['a question about the cursor', `a${esc}[6n${esc}[cb`, 'ab'],
    ['a reset', `${esc}ca`, 'a'],
    ['a string of the device', `a${esc}P+q544e${esc}\\b`, 'ab'],
    ['text that hides itself', `a${esc}[8mb`, 'ab'],
    ['backspaces and bells', 'rm\b\bls\u0007', 'rmls'],
    ['what turns the direction', 'a\u202egnp.exe\u2066b', 'agnp.exeb'],
    ['the beginning of a sequence', `a${esc}[31`, 'a'],
    ['an escape alone', `a${esc}`, 'a'],
  ])('%s', (_what, hostile, left) => {
    expect(colouredLines(hostile)).toEqual([left]);
    expect(plainLines(hostile)).toEqual([left]);
  });
});

it('begins a new line where one would go back to its start and cover what stands there', () => {
  expect(colouredLines('rm -rf ~\rls')).toEqual(['rm -rf ~', 'ls']);
  expect(colouredLines('done\r')).toEqual(['done']);
  expect(colouredLines('')).toEqual(['']);
});

it('cuts a line without an end into pieces', () => {
  expect(colouredLines('x'.repeat(10_000)).map(({ length }) => length)).toEqual([4_000, 4_000, 2_000]);
});

it('leaves of random bytes nothing that a terminal obeys but colours', () => {
  const seed = 20_261_130;
  const random = seededRandom(seed);
  const alphabet = [
    esc,
    '[',
    ']',
    'P',
    ';',
    '5',
    '2',
    'm',
    'H',
    '\u0007',
    '\\',
    '\u009b',
    '\u009d',
    'a',
    '?',
    '\r',
  ];
  for (let turn = 0; turn < 5_000; turn += 1) {
    const text = Array.from({ length: 24 }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
    for (const line of colouredLines(text)) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
      const rest = line.replace(/\u001b\[[0-9;:]*m/g, '');
      expect(rest, `seed ${seed}: ${JSON.stringify(text)}`).not.toMatch(obeyed);
    }
  }
});
