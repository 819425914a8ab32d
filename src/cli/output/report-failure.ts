/** Says why a command was refused or failed: in words on stderr, with `--json` also as a document on stdout. */
import type { CoordErrorJson } from '../../core/error.ts';
import { CoordError } from '../../core/error.ts';
import { plainLines } from './plain-text.ts';
import { styleFor } from './style.ts';

/** A failure that nobody foresaw keeps its stack behind this variable, out of the way of everybody else. */
const debugVariable = 'AGENTCOORD_DEBUG';

export function reportFailure(failure: unknown, json: boolean): void {
  const error = asError(failure);
  const style = styleFor(process.stderr);
  const [first = '', ...rest] = plainLines(error.message);
  // What was refused may hold line breaks of others: only the first line is ours to begin.
  const more = rest.map((line) => (line.startsWith('  ') ? line : `  ${line}`));
  const lines = [`${style('failed', `${error.code}:`)} ${first}`, ...more];
  if (process.env[debugVariable] && failure instanceof Error) lines.push(failure.stack ?? '');
  process.stderr.write(`${lines.join('\n')}\n`);
  if (json) process.stdout.write(`${JSON.stringify({ error }, null, 2)}\n`);
}

/** The same document for a command line that is wrong; the words are on stderr by then. @param message as Commander has it */
export function reportUsage(message: string): void {
  const words = message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
  const error: CoordErrorJson = { code: 'BAD_INPUT', message: words, details: {} };
  process.stdout.write(`${JSON.stringify({ error }, null, 2)}\n`);
}

function asError(failure: unknown): CoordErrorJson {
  if (failure instanceof CoordError) return failure.toJSON();
  const message = failure instanceof Error ? failure.message : String(failure);
  return {
    code: 'INTERNAL',
    message: `${message}\nThis is a fault of AgentCoord; ${debugVariable}=1 shows where it happened.`,
    details: {},
  };
}
