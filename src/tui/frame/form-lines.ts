/** A form as lines: what it does, its fields, the one under the cursor, and why it was refused. */
import { textWidth, wrap } from '../../cli/output/plain-text.ts';
import type { Field, Form } from '../model/form.ts';
import type { Line } from '../text/line.ts';
import { piece } from '../text/line.ts';
import { prose } from '../text/prose.ts';

export function formLines(form: Form, width: number): Line[] {
  const labelled = Math.max(8, ...form.fields.map(({ label }) => textWidth(label)));
  return [
    [piece(form.isDanger ? 'failed' : 'key', form.isDanger ? '■ ' : '▸ '), piece('strong', form.title)],
    ...form.about.flatMap((line) => wrapped(line, width)),
    [],
    ...form.fields.flatMap((field, i) => fieldLines(field, i === form.at, labelled, width)),
    [],
    ...(form.error === null ? [] : prose(form.error, width, 'failed')),
    form.isPending
      ? [piece('waiting', 'Sent; waiting for the host …')]
      : [
          piece('key', 'enter'),
          piece('over', form.at < form.fields.length - 1 ? ' next  ' : ` ${form.verb}  `),
          piece('key', 'ctrl+s'),
          piece('over', ` ${form.verb}  `),
          piece('key', 'esc'),
          piece('over', ' leave it undone'),
        ],
  ];
}

/** A line of one piece goes on below when it is too long; what is made of several is short. */
function wrapped(line: Line, width: number): Line[] {
  const [only, ...more] = line;
  if (only === undefined || more.length > 0) return [line];
  return typeof only === 'string' ? prose(only, width) : prose(only.text, width, only.meaning);
}

function fieldLines(field: Field, isCurrent: boolean, labelled: number, width: number): Line[] {
  const head = [
    piece(isCurrent ? 'key' : 'over', isCurrent ? '▸ ' : '  '),
    piece(isCurrent ? 'strong' : 'over', `${field.label.padEnd(labelled)} `),
  ];
  if (field.kind === 'choice') {
    const { label = 'nothing to choose from' } = field.options[field.at] ?? {};
    return [
      [
        ...head,
        piece(isCurrent ? 'alive' : 'over', '‹ '),
        label,
        piece(isCurrent ? 'alive' : 'over', ' ›'),
        piece('over', isCurrent ? `  ${field.at + 1} of ${field.options.length}` : ''),
      ],
    ];
  }
  const cursor = isCurrent ? [piece('alive', '▏')] : [];
  if (field.value === '') return [[...head, ...cursor, piece('over', field.hint)]];
  const lines = wrap(field.value, Math.max(8, width - labelled - 5));
  return lines.map((text, i): Line => {
    const isLast = i === lines.length - 1;
    return [...(i === 0 ? head : [' '.repeat(labelled + 3)]), text, ...(isLast ? cursor : [])];
  });
}
