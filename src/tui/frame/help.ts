/** What the keys do, on all screens and on this one. */
import { textWidth, wrap } from '../../cli/output/plain-text.ts';
import type { Screen, View } from '../model/screen.ts';
import type { Line } from '../text/line.ts';
import { piece } from '../text/line.ts';
import { urgency } from '../text/marks.ts';
import { heading } from '../text/prose.ts';

const everywhere = [
  ['1 … 7, tab', 'go to a screen'],
  ['↑ ↓  j k', 'go through the list; page up and down, g and G for its ends'],
  ['enter', 'the detail on the whole screen: ↑ ↓ scroll it, esc goes back'],
  ['/', 'show only what has these letters; esc shows all again'],
  ['e', 'new epic, from every screen'],
  ['P', 'pause the company, or let it go on'],
  ['q, ctrl+c', 'quit'],
] as const;

const inForms = [
  ['tab ↑ ↓', 'from field to field'],
  ['← →, a letter', 'choose'],
  ['← → home end', 'through what is written; alt+b, alt+f by words'],
  ['ctrl+w, ctrl+k', 'take away the word before, the rest of the line; ctrl+u all'],
  ['alt+enter', 'a new line, in what may be long (also ctrl+j)'],
  ['enter', 'next field; on the last one, do it (ctrl+s from anywhere)'],
  ['esc', 'leave it undone'],
] as const;

export function helpLines(screen: Screen, view: View, id: string | null, width: number): Line[] {
  const here = screen.hints(view, id).map(({ key, does }) => [key, does] as const);
  const widest = Math.max(...[...here, ...everywhere, ...inForms].map(([key]) => textWidth(key)));
  const rows = (pairs: readonly (readonly [string, string])[]): Line[] =>
    pairs.flatMap(([key, does]) => row(key, does, widest, width));
  return [
    heading(`on ${screen.title}`),
    ...rows(here),
    [],
    heading('everywhere'),
    ...rows(everywhere),
    [],
    heading('in a form'),
    ...rows(inForms),
    [],
    [
      piece('alive', '●'),
      ' works  ',
      piece('yours', '◆'),
      ' needs you  ',
      piece('waiting', '◇'),
      ' waits  ',
      piece('failed', '✗'),
      ' failed  ',
      piece('good', '✓'),
      ' done',
    ],
    [urgency('URGENT'), ' urgent  ', urgency('HIGH'), ' high  ', urgency('LOW'), ' low'],
  ];
}

/** What a key does goes on below itself, never below the key. */
function row(key: string, does: string, widest: number, width: number): Line[] {
  const indent = ' '.repeat(widest + 4);
  const head = `  ${key}${' '.repeat(widest - textWidth(key))}  `;
  return wrap(does, Math.max(8, width - indent.length - 1)).map(
    (text, i): Line => [i === 0 ? piece('key', head) : indent, text],
  );
}
