/** What a person writes for a command or a query of the contract: JSON, and single fields beside it. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { CoordError } from '../../core/error.ts';

export interface RawOptions {
  readonly input?: string;
  readonly set: readonly string[];
}

export type RawInput = Readonly<Record<string, unknown>>;

/** @throws CoordError `BAD_INPUT` - no JSON, no object, or a field without a value */
export async function readRawInput({ input, set }: RawOptions): Promise<RawInput> {
  const whole = input === undefined ? {} : parsed(await textOf(input));
  return { ...whole, ...Object.fromEntries(set.map(field)) };
}

async function textOf(input: string): Promise<string> {
  if (input === '-') return text(process.stdin);
  if (!input.startsWith('@')) return input;
  return readFile(input.slice(1), 'utf8').catch((error: unknown) => {
    throw new CoordError(
      'BAD_INPUT',
      `${input.slice(1)} can’t be read: ${error instanceof Error ? error.message : error}`,
    );
  });
}

function parsed(json: string): RawInput {
  const value = jsonOr(json, null);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as RawInput;
  throw new CoordError(
    'BAD_INPUT',
    'The input was refused: it must be an object of JSON, such as {"title":"Sweep"}',
  );
}

function field(text: string): [string, unknown] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), jsonOr(text.slice(at + 1), text.slice(at + 1))];
  throw new CoordError('BAD_INPUT', `--set ${text} was refused: it says no value; write field=value`);
}

function jsonOr(json: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return otherwise;
  }
}
