/** Turns what a schema finds wrong with a caller's input into sentences that a person understands. */
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
    return [{ at: path.join('.'), message: plainIssue(nameOf(path), issue, valueAt(input, path)) }];
  });
}

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

function nameOf(path: Path): string {
  const key = path.findLast((part) => typeof part === 'string');
  if (key === undefined) return path.length === 0 ? 'the input' : 'an entry of the input';
  return typeof path.at(-1) === 'number' ? `an entry of ${key}` : `the ${key}`;
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    const isIndexable = typeof value === 'object' && value !== null && Object.hasOwn(value, part);
    return isIndexable ? (value as Record<string | number, unknown>)[part] : undefined;
  }, input);
}
