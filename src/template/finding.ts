/** What is wrong in a file, where, and how to put it right; and the error that carries it. */
import { CoordError } from '../core/error.ts';

export interface FileFinding {
  readonly file: string;
  /** Both from 1, as editors count. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fix: string;
}

/** `company.yaml:12:19: there is no role \`qa_led\` - did you mean \`qa_lead\`?` */
export function formatFinding({ file, line, column, message, fix }: FileFinding): string {
  return `${file}:${line}:${column}: ${message} - ${fix}`;
}

/** The refusal of a file, with every finding, one a line. */
export function fileInvalid(findings: readonly FileFinding[]): CoordError {
  return new CoordError('FILE_INVALID', findings.map(formatFinding).join('\n'), { findings });
}

export function byPosition(a: FileFinding, b: FileFinding): number {
  return a.line - b.line || a.column - b.column;
}
