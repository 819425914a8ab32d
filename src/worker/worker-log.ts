/** The worker's log: one line for a person, with the time, the task and what happens. */
import type { Task } from '../core/task/task.ts';

export type Log = (line: string) => void;

/** Lines of the worker itself. Control characters of what others wrote do not reach a terminal. */
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
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
  return line.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ' ').trimEnd();
}
