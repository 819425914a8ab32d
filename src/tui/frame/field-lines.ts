/** A field of a form as lines: its label, then what is chosen, or what is written with the cursor in it. */
import { textWidth, wrap } from '../../cli/output/plain-text.ts';
import { lettersOf } from '../model/edit-text.ts';
import type { ChoiceField, Field, TextField } from '../model/form.ts';
import type { Line } from '../text/line.ts';
import { piece } from '../text/line.ts';
import { prose } from '../text/prose.ts';

interface FieldPlace {
  readonly isCurrent: boolean;
  /** Cells of the longest label. */
  readonly labelled: number;
  readonly width: number;
  /** Lines that a long text may take. */
  readonly room: number;
}

export function fieldLines(field: Field, place: FieldPlace): Line[] {
  const { isCurrent, labelled } = place;
  const padding = ' '.repeat(Math.max(0, labelled - textWidth(field.label)));
  const head: Line = [
    piece(isCurrent ? 'key' : 'over', isCurrent ? '▸ ' : '  '),
    piece(isCurrent ? 'strong' : 'over', `${field.label}${padding} `),
  ];
  return field.kind === 'choice' ? [choiceLine(field, head, isCurrent)] : textLines(field, head, place);
}

function choiceLine({ options, at }: ChoiceField, head: Line, isCurrent: boolean): Line {
  const { label = 'nothing to choose from' } = options[at] ?? {};
  return [
    ...head,
    piece(isCurrent ? 'alive' : 'over', '‹ '),
    label,
    piece(isCurrent ? 'alive' : 'over', ' ›'),
    piece('over', isCurrent ? `  ${at + 1} of ${options.length}` : ''),
  ];
}

/** Why what is chosen will not do; nothing when it will. */
export function warningLines(field: Field, labelled: number, width: number): Line[] {
  const warning = field.kind === 'choice' ? field.options[field.at]?.warning : undefined;
  return warning === undefined ? [] : prose(warning, width - 1, 'waiting', ' '.repeat(labelled + 3));
}

/** No text holds it: it keeps the place of the cursor while lines are broken. */
const cursorMark = '\ufdd0';
const cursor = piece('alive', '▏');

function textLines(field: TextField, head: Line, { isCurrent, labelled, width, room }: FieldPlace): Line[] {
  if (field.value === '') return [[...head, ...(isCurrent ? [cursor] : []), piece('over', field.hint)]];
  const letters = lettersOf(field.value);
  const marked = isCurrent ? letters.toSpliced(field.cursor, 0, cursorMark) : letters;
  const lines = marked
    .join('')
    .split('\n')
    .flatMap((line) => wrap(line, Math.max(8, width - labelled - 5)));
  const indent = ' '.repeat(labelled + 3);
  const at = Math.max(
    0,
    lines.findIndex((line) => line.includes(cursorMark)),
  );
  const from = Math.min(Math.max(0, lines.length - room), Math.max(0, at - Math.floor(room / 2)));
  return lines.slice(from, from + room).map((text, i): Line => {
    const [before = '', after] = text.split(cursorMark);
    const isCut = (i === 0 && from > 0) || (i === room - 1 && from + room < lines.length);
    return [
      ...(i === 0 ? head : [indent]),
      ...(isCut ? [piece('over', '… ')] : []),
      before,
      ...(after === undefined ? [] : [cursor, after]),
    ];
  });
}
