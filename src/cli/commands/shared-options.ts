/** Options that several commands have. */
import { InvalidArgumentError, Option } from 'commander';
import { priorities } from '../../core/workflow/workflow.ts';

/** Gathers an option that may be given several times. */
export const collect = (value: string, before: readonly string[]): string[] => [...before, value];

/** In any case of letters. */
export const priorityOption = (why: string): Option =>
  new Option('--priority <priority>', `${priorities.join(', ')}; ${why}`).argParser((text: string) => {
    const priority = priorities.find((known) => known === text.toUpperCase());
    if (!priority) throw new InvalidArgumentError(`It must be one of ${priorities.join(', ')}.`);
    return priority;
  });

/** A whole number in a range, both ends included. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
