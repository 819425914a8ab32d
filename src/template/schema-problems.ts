/** Turns what a schema says about a file's data into words for the person who wrote the file. */
import type { z } from 'zod';
import type { FilePath } from '../core/file-node.ts';
import { suggestion } from '../core/nearest-name.ts';
import type { Issue } from '../core/plain-issue.ts';
import { plainIssue, typeWords, valueWords } from '../core/plain-issue.ts';
import type { Problem } from '../core/problem.ts';
import { keysAt } from './schema-shape.ts';

type Schema = z.core.$ZodType;

/** Every problem that the schema finds; none when the data fits. */
export function schemaProblems(schema: Schema, raw: unknown, issues: readonly Issue[]): Problem[] {
  return issues.flatMap((issue) => problemsOf(schema, raw, issue, []));
}

/** `base` is where a union stands: the issues of its variants count their paths from there. */
function problemsOf(schema: Schema, raw: unknown, issue: Issue, base: FilePath): Problem[] {
  const path = [...base, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
  const value = valueAt(raw, path);
  const one = (message: string, fix: string, at: Problem['at'] = 'value') => [{ path, at, message, fix }];
  const name = nameOf(path);
  const words = plainIssue(name, issue, value);
  switch (issue.code) {
    case 'invalid_type':
      if (path.length === 0 && value === null) return one('the file is empty', 'start from a template');
      if (value === undefined) return one(words, `add ${name}, ${typeWords(issue.expected)}`);
      return one(words, typeFix(issue.expected, value));
    case 'invalid_value': {
      const options = issue.values.map(String);
      if (value === undefined) return one(words, `use one of ${options.join(', ')}`);
      return one(words, suggestion(String(value), options));
    }
    case 'unrecognized_keys': {
      const known = keysAt(schema, path);
      return issue.keys.map(
        (key): Problem => ({
          path: [...path, key],
          at: 'key',
          message: `there is no key \`${key}\` here`,
          fix: suggestion(key, known),
        }),
      );
    }
    case 'invalid_union':
      return problemsOfUnion(schema, raw, issue, path);
    case 'invalid_key': {
      const [reason] = issue.issues;
      const key = String(path.at(-1));
      return one(`\`${key}\` is no name: ${reason?.message ?? issue.message}`, nameFix(key), 'key');
    }
    case 'invalid_format':
      return one(words, formatFix(value, issue.message));
    case 'too_small':
      return one(words, sizeFix(issue.origin, 'small'));
    case 'too_big':
      return one(words, sizeFix(issue.origin, 'big'));
    case 'custom':
    case 'not_multiple_of':
    case 'invalid_element':
      return one(words, 'add it');
  }
}

/** The variant that the data is closest to speaks; when none is, all of them say what could stand there. */
function problemsOfUnion(
  schema: Schema,
  raw: unknown,
  issue: z.core.$ZodIssueInvalidUnion,
  path: FilePath,
): Problem[] {
  const isWrongType = (each: Issue) => each.path.length === 0 && each.code === 'invalid_type';
  const close = issue.errors.find((issues) => issues.length > 0 && !issues.some(isWrongType));
  if (close) return close.flatMap((each) => problemsOf(schema, raw, each, path));
  const name = nameOf(path);
  const types = issue.errors.flat().flatMap((each) => (each.code === 'invalid_type' ? [each.expected] : []));
  const expected = [...new Set(types.map(typeWords))].join(' or ');
  const value = valueAt(raw, path);
  const message =
    value === undefined ? `${name} is missing` : `${name} must be ${expected}, not ${valueWords(value)}`;
  return [{ path, at: 'value', message, fix: `write ${expected}` }];
}

function valueAt(raw: unknown, path: FilePath): unknown {
  return path.reduce<unknown>((value, part) => {
    const isIndexable = typeof value === 'object' && value !== null && Object.hasOwn(value, part);
    return isIndexable ? (value as Record<string | number, unknown>)[part] : undefined;
  }, raw);
}

/** The key that the path ends with; for the entry of a list, the list's. */
function nameOf(path: FilePath): string {
  const key = path.findLast((part) => typeof part === 'string');
  if (key === undefined) return 'the file';
  return typeof path.at(-1) === 'number' ? `an entry of \`${key}\`` : `\`${key}\``;
}

function typeFix(type: string, value: unknown): string {
  if (value === null) return 'write it after the colon, or remove the key';
  if (typeof value === 'string' && type !== 'array') return `write ${typeWords(type)}, without quotes`;
  if (type === 'array') return 'start each entry with `- `, or write `[a, b]`';
  if (type === 'string') return 'put it in quotes if it is meant as text';
  return `write ${typeWords(type)}`;
}

function sizeFix(origin: string, kind: 'small' | 'big'): string {
  if (origin === 'string') return kind === 'small' ? 'write something here' : 'shorten it';
  if (origin === 'array') return kind === 'small' ? 'add an entry' : 'remove some entries';
  return kind === 'small' ? 'use a larger number' : 'use a smaller number';
}

function formatFix(value: unknown, rule: string): string {
  if (rule.startsWith('a duration')) return 'write a number and a unit: s, m, h or d';
  if (rule.startsWith('a time')) return 'write hours and minutes, such as 22:00';
  return nameFix(String(value), rule.includes('and -') ? '-' : '_');
}

/** The name as it would have to be written. */
function nameFix(written: string, between: '_' | '-' = '_'): string {
  const name = written
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, between)
    .replace(/^[^a-z]+|[_-]+$/g, '');
  return name === '' ? `choose a name of letters, digits and ${between}` : `write \`${name}\``;
}
