/** A form as lines: what it does, its fields, the one under the cursor, and why it was refused. */
import { textWidth } from '../../cli/output/plain-text.ts';
import type { Form } from '../model/form.ts';
import type { Line } from '../text/line.ts';
import { piece } from '../text/line.ts';
import { prose } from '../text/prose.ts';
import { fieldLines, warningLines } from './field-lines.ts';

/** @param height lines that there are: a long text shows as much of itself around the cursor as they leave */
export function formLines(form: Form, width: number, height: number): Line[] {
  const labelled = Math.max(8, ...form.fields.map(({ label }) => textWidth(label)));
  const top: Line[] = [
    [piece(form.isDanger ? 'failed' : 'key', form.isDanger ? '■ ' : '▸ '), piece('strong', form.title)],
    ...form.about.flatMap((line) => wrapped(line, width)),
  ];
  const bottom: Line[] = [
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
  const around = top.length + bottom.length + form.fields.length - 1;
  // What stands against a choice goes before blank lines, and these are for those who have room.
  const warnings = form.fields.map((field) => warningLines(field, labelled, width));
  const warned = Math.min(warnings.flat().length, Math.max(0, height - around - 1));
  const gap: Line[] = around + warned + 3 > height ? [] : [[]];
  const room = Math.max(1, Math.min(mostOfText, height - around - warned - 2 * gap.length));
  const fields = form.fields.flatMap((field, i) => [
    ...fieldLines(field, { isCurrent: i === form.at, labelled, width, room: i === form.at ? room : 1 }),
    ...(warnings[i] ?? []).slice(0, warned),
  ]);
  return [...top, ...gap, ...fields, ...gap, ...bottom];
}

/** Lines of a text that is being written, at most. */
const mostOfText = 12;

/** A line of one piece goes on below when it is too long; what is made of several is short. */
function wrapped(line: Line, width: number): Line[] {
  const [only, ...more] = line;
  if (only === undefined || more.length > 0) return [line];
  return typeof only === 'string' ? prose(only, width) : prose(only.text, width, only.meaning);
}
