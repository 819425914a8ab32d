/** Options that several commands have. */
import { InvalidArgumentError, Option } from 'commander';
import { durationTextSchema } from '../../core/org/duration-text.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Priority } from '../../core/workflow/workflow.ts';
import { priorities } from '../../core/workflow/workflow.ts';

/** Gathers an option that may be given several times. */
export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

export const priorityOption = (why: string): Option =>
  new Option('--priority <priority>', `${priorities.join(', ')}; ${why}`).argParser(parsePriority);

/** In any case of letters. */
export function parsePriority(text: string): Priority {
  const priority = priorities.find((known) => known === text.toUpperCase());
  if (priority) return priority;
  throw new InvalidArgumentError(`It must be one of ${priorities.join(', ')}.`);
}

/** `90s`, `15m`, `1h`, `2d`. */
export function duration(text: string): DurationMs {
  const { data } = durationTextSchema.safeParse(text);
  if (data !== undefined && data > 0) return data;
  throw new InvalidArgumentError('It must be a duration such as 90s, 15m, 1h or 2d.');
}

/** A whole number in a range, both ends included. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };

/** A number, perhaps with a decimal point, in a range, both ends included. */
export const decimal =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a number from ${least} to ${most}, such as 0.5.`);
  };
