/** Turns what a schema finds wrong with a caller's input into sentences that a person understands. */
import type { z } from 'zod';
import { nearestName, suggestion } from './nearest-name.ts';
import type { Issue } from './plain-issue.ts';
import { plainIssue } from './plain-issue.ts';

export interface InputFault {
  /** Where in the input, such as `stories.0`; empty: the input itself. */
  readonly at: string;
  /** A clause: `the title is empty`. */
  readonly message: string;
}

type Path = readonly (string | number)[];

export function inputFaults(issues: readonly Issue[], input: unknown, base: Path = []): InputFault[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
    const closest = issue.code === 'invalid_union' ? closestVariant(issue.errors) : null;
    if (closest) return inputFaults(closest, input, path);
    const value = valueAt(input, path);
    return [
      { at: path.join('.'), message: `${plainIssue(nameOf(path), issue, value)}${choices(issue, value)}` },
    ];
  });
}

/**
 * To parse with: adds to a key that there is not the one that was probably meant. Only while it is parsed does anybody
 * know which keys there are.
 */
export const nearKeys = {
  error: (issue: z.core.$ZodRawIssue): string | undefined => {
    const { inst } = issue;
    if (issue.code !== 'unrecognized_keys' || !isObject(inst)) return undefined;
    const near = issue.keys.map((key) => nearestName(key, Object.keys(inst._zod.def.shape)));
    const meant = near.filter((key) => key !== null);
    return meant.length === 0 ? undefined : `did you mean ${meant.map((key) => `\`${key}\``).join(', ')}?`;
  },
};

const isObject = (schema: unknown): schema is z.core.$ZodObject =>
  (schema as z.core.$ZodType | undefined)?._zod.def.type === 'object';

/** The first few, as one sentence goes on after a colon. */
export const faultWords = (faults: readonly InputFault[]): string =>
  faults
    .slice(0, 5)
    .map(({ message }) => message)
    .join('; ');

/** The variant that fits at least in its type is the one that was meant. */
function closestVariant(variants: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const isWrongType = ({ path, code }: Issue) =>
    path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
  return variants.find((issues) => issues.length > 0 && !issues.some(isWrongType)) ?? null;
}

/** What may stand there, when that is a handful of words. */
function choices(issue: Issue, value: unknown): string {
  if (issue.code !== 'invalid_value' || issue.values.length < 2) return '';
  return `: ${suggestion(typeof value === 'string' ? value : '', issue.values.map(String))}`;
}

/** From the inside out, so that the same name in two places is told apart: `the title of entry 2 of stories`. */
function nameOf(path: Path): string {
  const [last, ...outer] = path.toReversed().map(partName);
  if (last === undefined) return 'the input';
  const isField = typeof path.at(-1) === 'string';
  return [isField ? `the ${last}` : last, ...outer].join(' of ');
}

const partName = (part: string | number): string => (typeof part === 'number' ? `entry ${part + 1}` : part);

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    const isIndexable = typeof value === 'object' && value !== null && Object.hasOwn(value, part);
    return isIndexable ? (value as Record<string | number, unknown>)[part] : undefined;
  }, input);
}
