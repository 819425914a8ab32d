/** Reads what a request brings: a body of JSON within bounds, or the parameters of its query string. */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { CoordError } from '../../core/error.ts';
import { isWithinDepth, maxDepth, parseJson } from '../frame.ts';
import type { Input, Operation } from './operations.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** @throws CoordError `TOO_LARGE`; `BAD_INPUT` - not an object of JSON; `BAD_FRAME` - nested too deeply, a key __proto__ */
export async function readBody(request: IncomingMessage, limit: number): Promise<Input> {
  const { 'content-type': type = '', 'content-length': announced } = request.headers;
  if (Number(announced ?? 0) > limit) throw tooLarge(limit);
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.byteLength;
    if (length > limit) throw tooLarge(limit);
    pieces.push(piece);
  }
  if (length === 0) return {};
  // A page of another site can't send this type without asking first, and is told no.
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new CoordError(
      'BAD_INPUT',
      'The body was refused: send JSON, and say so (content-type: application/json)',
    );
  }
  const value = jsonIn(decode(Buffer.concat(pieces)));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CoordError('BAD_INPUT', 'The body was refused: it must be an object of JSON, such as {}');
  }
  if (!isWithinDepth(value, maxDepth)) {
    throw new CoordError('BAD_FRAME', `The body was refused: it is nested more than ${maxDepth} levels deep`);
  }
  return value as Input;
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text, 'the body');
  } catch (error) {
    throw notJson(text) ?? error;
  }
}

/** With the place where it stops to be JSON; null when it is some. */
function notJson(text: string): CoordError | null {
  try {
    JSON.parse(text);
    return null;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new CoordError('BAD_INPUT', `The body was refused: it is not JSON: ${why.slice(0, 200)}`);
  }
}

/**
 * What the schema takes as text stands in the query string as it is, everything else as JSON. Parameters that there are not
 * come along, so that the schema can name them.
 * @throws CoordError `BAD_INPUT` - one is given twice; `BAD_FRAME` - one has a key __proto__
 */
export function readQuery(search: URLSearchParams, { input }: Operation): Input {
  const texts = textParameters(input);
  const values: [string, unknown][] = [];
  for (const [name, text] of search) {
    if (values.some(([known]) => known === name)) {
      throw new CoordError('BAD_INPUT', `The query string was refused: it says ${name.slice(0, 60)} twice`);
    }
    values.push([name, texts.has(name) ? text : jsonOrText(text, name)]);
  }
  return Object.fromEntries(values);
}

/** Of an object's schema, those that a query string gives as they are. */
const known = new WeakMap<z.ZodType, ReadonlySet<string>>();

export function textParameters(schema: z.ZodType): ReadonlySet<string> {
  const before = known.get(schema);
  if (before) return before;
  const properties = Object.entries(inputSchema(schema).properties ?? {});
  const texts = new Set(properties.flatMap(([name, property]) => (isText(property) ? [name] : [])));
  known.set(schema, texts);
  return texts;
}

/** What a caller may write, as JSON Schema. */
export const inputSchema = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' });

const isText = (schema: JsonSchema | boolean): boolean => isOneOf(schema, ['string']);

/** A query string gives it without any punctuation of JSON. */
export const isScalar = (schema: JsonSchema | boolean): boolean =>
  isOneOf(schema, ['string', 'number', 'integer', 'boolean']);

/** Or null, which leaving it out says. */
function isOneOf(schema: JsonSchema | boolean, types: readonly string[]): boolean {
  if (typeof schema === 'boolean') return false;
  if (schema.anyOf) {
    const others = schema.anyOf.filter((each) => typeof each === 'boolean' || each.type !== 'null');
    return others.length > 0 && others.every((each) => isOneOf(each, types));
  }
  return typeof schema.type === 'string' && types.includes(schema.type);
}

/** What is no JSON stays text: the schema says better what belongs there. */
function jsonOrText(text: string, name: string): unknown {
  try {
    return parseJson(text, name);
  } catch (error) {
    if (error instanceof CoordError && error.code === 'BAD_FRAME' && text.includes('__proto__')) throw error;
    return text;
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CoordError('BAD_INPUT', 'The body was refused: it is not UTF-8');
  }
}

function tooLarge(limit: number): CoordError {
  return new CoordError('TOO_LARGE', `The body was refused: it may have ${limit} bytes; send less at once`, {
    limit,
  });
}
