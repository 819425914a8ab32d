/** Says what a schema finds wrong with a value in plain words, for commands and for files alike. */
import type { z } from 'zod';

export type Issue = z.core.$ZodIssue;

/**
 * @param name what is wrong, as the start of a sentence: `the title`
 * @param value what stands there; undefined: nothing does
 * @returns a clause without a full stop: `the title is empty`
 */
export function plainIssue(name: string, issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined) return `${name} is missing`;
      if (hasOwnWords(issue)) return `${name}: ${issue.message}`;
      return `${name} must be ${typeWords(issue.expected)}, not ${valueWords(value)}`;
    case 'invalid_value':
      if (value === undefined) return `${name} is missing`;
      return `${name} can't be ${valueWords(value)}`;
    case 'invalid_format':
      return `${name} can't be ${valueWords(value)}${ownWords(issue)}`;
    case 'too_small':
      return tooSmall(name, issue.origin, issue.minimum);
    case 'too_big':
      return `${name} ${sizeWords(issue.origin)} at most ${amount(issue.origin, issue.maximum)}`;
    case 'not_multiple_of':
      return `${name} must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `there is no ${issue.keys.map((key) => `\`${key}\``).join(', ')} here${ownWords(issue)}`;
    case 'invalid_union':
      return value === undefined ? `${name} is missing` : `${name} can't be ${valueWords(value)}`;
    case 'invalid_key':
    case 'invalid_element':
      return `${name} has an entry that can't be there`;
    case 'custom':
      return `${name} ${issue.message}`;
  }
}

/** Whether the schema says in its own words what is wrong; the library's begin alike. */
const hasOwnWords = ({ message }: Issue): boolean => !/^(?:Invalid|Too|Unrecognized) /.test(message);

const ownWords = (issue: Issue): string => (hasOwnWords(issue) ? `: ${issue.message}` : '');

function tooSmall(name: string, origin: string, minimum: number | bigint): string {
  if (Number(minimum) === 1 && (origin === 'string' || origin === 'array')) return `${name} is empty`;
  return `${name} ${sizeWords(origin)} at least ${amount(origin, minimum)}`;
}

const sizeWords = (origin: string): string =>
  origin === 'string' || origin === 'array' || origin === 'set' ? 'must have' : 'must be';

function amount(origin: string, size: number | bigint): string {
  if (origin === 'string') return `${size} ${Number(size) === 1 ? 'character' : 'characters'}`;
  if (origin === 'array' || origin === 'set') return `${size} ${Number(size) === 1 ? 'entry' : 'entries'}`;
  return String(size);
}

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a mapping (`key: value`)',
  record: 'a mapping (`key: value`)',
};

export const typeWords = (type: string): string => types[type] ?? `of the type ${type}`;

export function valueWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? `\`${shortened(value)}\`` : `the ${typeof value} ${String(value)}`;
}

/** Enough to find it again; a whole file, or a secret, has no place in a message. */
const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
