/** The worker's log: one line for a person, with the time, the task and what happens. */
import type { Task } from '../core/task/task.ts';

export type Log = (line: string) => void;

/** Lines of the worker itself. Of the control characters that others wrote only colours are left, which end with the line. */
export function openLog(output: NodeJS.WritableStream, now: () => Date): Log {
  return (line) => {
    output.write(`${now().toISOString().slice(0, 19)}Z  ${printable(line)}\n`);
  };
}

/** Lines about one task. */
export function taskLog(log: Log, { id, title }: Pick<Task, 'id' | 'title'>): Log {
  return (line) => log(`[${title} ${id}] ${line}`);
}

function printable(line: string): string {
  const text = line.replace(marks, (mark, params?: string) => (isColour(params) ? mark : ' ')).trimEnd();
  return text.includes('\u001b') ? `${text}\u001b[0m` : text;
}

/** A colour, with its numbers, or any other control character. */
const marks =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
  /\u001b\[([0-9;:]*)m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** One that hides its text (8) is none. */
function isColour(params: string | undefined): boolean {
  return params !== undefined && !params.split(';').includes('8');
}
