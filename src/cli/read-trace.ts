/** Reads a trace of work: lines of `when, how many tasks, how long each takes`. */
import { readFile } from 'node:fs/promises';
import { CoordError } from '../core/error.ts';
import { durationTextSchema } from '../core/org/duration-text.ts';
import type { Arrival } from '../core/scaling/replay.ts';
import type { DurationMs, EpochMs } from '../core/units.ts';

/** So that a slip, such as a year for a second, ends in words and not in the night. */
const mostTasks = 1_000_000;

/**
 * `0s, 17, 30s`; what stands behind a `#` is for people.
 * @throws CoordError `BAD_INPUT` - the file or one of its lines
 */
export async function readTrace(file: string): Promise<readonly Arrival[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CoordError('BAD_INPUT', `The trace ${file} can’t be read: ${(error as Error).message}`, {
      file,
    });
  });
  const arrivals = text.split('\n').flatMap((line, n) => arrivalOf(line, { file, line: n + 1 }));
  const tasks = arrivals.reduce((sum, arrival) => sum + arrival.tasks, 0);
  if (tasks > 0 && tasks <= mostTasks) return arrivals;
  const what = tasks === 0 ? 'has no task in it' : `has ${tasks} tasks, more than ${mostTasks}`;
  throw new CoordError('BAD_INPUT', `The trace ${file} ${what}; write lines such as “30s, 17, 2m”`, { file });
}

function arrivalOf(text: string, where: { readonly file: string; readonly line: number }): Arrival[] {
  const content = text.split('#')[0]?.trim() ?? '';
  if (content === '') return [];
  const [at = '', count = '', takes = '', ...more] = content.split(',').map((field) => field.trim());
  const [when, duration] = [durationOf(at), durationOf(takes)];
  const tasks = /^\d{1,7}$/.test(count) ? Number(count) : null;
  if (when !== null && duration !== null && tasks !== null && more.length === 0) {
    return [{ at: when as number as EpochMs, tasks, takes: duration }];
  }
  throw new CoordError(
    'BAD_INPUT',
    `${where.file}:${where.line} is not “when, how many, how long each takes”, such as “30s, 17, 2m”: ${content.slice(0, 80)}`,
    where,
  );
}

const durationOf = (text: string): DurationMs | null => durationTextSchema.safeParse(text).data ?? null;
