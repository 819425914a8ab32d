/** Rows in aligned columns; where the terminal is too narrow, with a line below each row, or as one block a row. */
import { cut, plainLine, textWidth, wrap } from './plain-text.ts';
import type { Meaning, Style } from './style.ts';

export interface Cell {
  readonly text: string;
  readonly meaning?: Meaning;
}

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Cell | string;
  /** Gives up width first when there is too little. */
  readonly shrinks?: boolean;
  /** Is never cut: it stands below its row, over as many lines as it takes, where there is no room beside it. */
  readonly goesBelow?: boolean;
  readonly align?: 'left' | 'right';
}

export interface TableLayout {
  readonly style: Style;
  /** Cells of the terminal; null: no limit. */
  readonly width: number | null;
}

const gap = 2;
/** Of what belongs to the line above. */
const indent = '    ';
/** Narrower than this, a column that shrinks says nothing any more. */
const leastUseful = 12;

export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { style, width }: TableLayout,
): string {
  const cells = rows.map((row) => columns.map((column) => cellOf(column, row)));
  const widths = columns.map((column, i) =>
    Math.max(textWidth(column.title), ...cells.map((row) => textWidth(row[i]?.text ?? ''))),
  );
  const total = widths.reduce((sum, each) => sum + each, gap * (widths.length - 1));
  const beside = (i: number) => width === null || total <= width || !columns[i]?.goesBelow;
  const kept = columns.filter((_, i) => beside(i));
  const keptWidths = widths.filter((_, i) => beside(i));
  const fitted = width === null ? widths : fit(kept, keptWidths, width);
  if (!fitted) return blocks(columns, cells, style, width ?? 0);

  const line = (texts: readonly Cell[]) =>
    texts
      .map((cell, i) => pad(cell, fitted[i] ?? 0, kept[i]?.align ?? 'left', i === texts.length - 1, style))
      .join(' '.repeat(gap))
      .trimEnd();
  const header = line(kept.map(({ title }) => ({ text: title, meaning: 'over' })));
  const lines = cells.flatMap((row) => [
    line(row.filter((_, i) => beside(i))),
    ...row.flatMap((cell, i) => (beside(i) ? [] : below(cell, width ?? 0, style))),
  ]);
  return [header, ...lines].join('\n');
}

function below({ text, meaning = 'plain' }: Cell, width: number, style: Style): string[] {
  if (text === '') return [];
  return wrap(text, Math.max(leastUseful, width - indent.length)).map(
    (line) => indent + style(meaning, line),
  );
}

function cellOf<Row>(column: Column<Row>, row: Row): Cell {
  const cell = column.cell(row);
  const { text, meaning = 'plain' } = typeof cell === 'string' ? { text: cell } : cell;
  return { text: plainLine(text), meaning };
}

/** Widths that fit, or null when the columns that shrink can't give enough. */
function fit<Row>(
  columns: readonly Column<Row>[],
  widths: readonly number[],
  width: number,
): number[] | null {
  const fitted = [...widths];
  let excess = widths.reduce((sum, each) => sum + each, gap * (widths.length - 1)) - width;
  while (excess > 0) {
    const widest = fitted.reduce(
      (best, each, i) => (columns[i]?.shrinks && each > (fitted[best] ?? 0) ? i : best),
      columns.findIndex((column) => column.shrinks),
    );
    const now = fitted[widest];
    if (now === undefined || now <= leastUseful) return null;
    fitted[widest] = now - 1;
    excess -= 1;
  }
  return fitted;
}

function pad(cell: Cell, width: number, align: 'left' | 'right', last: boolean, style: Style): string {
  const text = cut(cell.text, width);
  const space = ' '.repeat(Math.max(0, width - textWidth(text)));
  const styled = style(cell.meaning ?? 'plain', text);
  if (align === 'right') return space + styled;
  return last ? styled : styled + space;
}

function blocks<Row>(
  columns: readonly Column<Row>[],
  rows: readonly (readonly Cell[])[],
  style: Style,
  width: number,
): string {
  const block = (row: readonly Cell[]) =>
    row
      .flatMap((cell, i) => {
        if (cell.text === '') return [];
        const title = `${columns[i]?.title.toLowerCase() ?? ''}: `;
        const [first = '', ...rest] = wrap(title + cell.text, Math.max(leastUseful, width));
        const { meaning = 'plain' } = cell;
        const head = `${style('over', title)}${style(meaning, first.slice(title.length))}`;
        const more = rest.length === 0 ? [] : wrap(rest.join(' '), Math.max(leastUseful, width - gap));
        return [head.trimEnd(), ...more.map((line) => ' '.repeat(gap) + style(meaning, line))];
      })
      .join('\n');
  return rows.map(block).join('\n\n');
}
