/** Where a command's answer goes: stdout for the answer, stderr for what happens on the way. */
import type { Style } from './style.ts';
import { styleFor } from './style.ts';
import type { Column, TableLayout } from './table.ts';
import { table } from './table.ts';

export interface Output {
  /** The answer is one JSON document. */
  readonly json: boolean;
  readonly style: Style;
  /** The one answer of the command: the document with `--json`, else the text. */
  answer(document: object, text: () => string): void;
  /** A line for people beside the answer, on stderr. */
  note(line: string): void;
  table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string;
}

export function openOutput(json: boolean): Output {
  const { stdout, stderr } = process;
  const style = styleFor(stdout);
  const layout: TableLayout = { style, width: stdout.isTTY ? stdout.columns : null };
  return {
    json,
    style,
    answer: (document, text) => {
      stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : withNewline(text()));
    },
    note: (line) => {
      stderr.write(`${line}\n`);
    },
    table: (columns, rows) => table(columns, rows, layout),
  };
}

const withNewline = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
