/** What a text on the line may be: a request or an answer, in birpc's form, checked before birpc sees it. */
import { maxFrameBytes } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import { badFrame } from './channel.ts';

export interface Request {
  readonly t: 'q';
  /** Missing: nobody waits for an answer. */
  readonly i?: string;
  readonly m: string;
  readonly a: readonly unknown[];
}

export interface Answer {
  readonly t: 's';
  readonly i: string;
  readonly r?: unknown;
  readonly e?: unknown;
}

export type Frame = Request | Answer;

const longestId = 64;
const longestName = 60;
const mostArguments = 4;

/** Nothing of ours is nested deeper; a program that recurses over a value is safe up to here. */
export const maxDepth = 64;

/**
 * @throws CoordError `BAD_FRAME` - not JSON, not a frame, nested too deeply, or with a key that could change
 *   an object's prototype
 */
export function decodeFrame(text: string): Frame {
  const frame = parseJson(text, 'a frame');
  if (isAnswer(frame)) return frame;
  if (!isRequest(frame)) throw badFrame('Refused a frame: it is neither a request nor an answer');
  if (!isWithinDepth(frame.a, maxDepth)) {
    throw badFrame(`Refused a frame: its content is nested more than ${maxDepth} levels deep`);
  }
  return frame;
}

// By hand, and not by a schema: every call passes here twice on each side, and this is a tenth of what it costs.

function isRequest(value: unknown): value is Request {
  return (
    isObject(value) &&
    value['t'] === 'q' &&
    (value['i'] === undefined || isText(value['i'], longestId)) &&
    isText(value['m'], longestName) &&
    Array.isArray(value['a']) &&
    value['a'].length <= mostArguments &&
    hasOnly(value, 'tima')
  );
}

function isAnswer(value: unknown): value is Answer {
  return isObject(value) && value['t'] === 's' && isText(value['i'], longestId) && hasOnly(value, 'tire');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= longest;
}

/** @param keys of one letter each */
function hasOnly(value: object, keys: string): boolean {
  for (const key in value) if (key.length !== 1 || !keys.includes(key)) return false;
  return true;
}

/** @throws CoordError `TOO_LARGE` - its text is longer than a frame may be */
export function encodeFrame(frame: unknown): string {
  const text = JSON.stringify(frame);
  // A UTF-16 unit is 1 to 3 bytes of UTF-8: the exact length is counted only when it can matter.
  if (text.length * 3 <= maxFrameBytes || new TextEncoder().encode(text).length <= maxFrameBytes) return text;
  throw new CoordError(
    'TOO_LARGE',
    `A message of ${text.length} characters is longer than the line takes (${maxFrameBytes} bytes); send or ask for less at once`,
    { limit: maxFrameBytes },
  );
}

/** @param what it is, for the refusal @throws CoordError `BAD_FRAME` - no JSON, or a key that could change a prototype */
export function parseJson(text: string, what: string): unknown {
  try {
    // `__proto__` may be spelled with escapes, all of which begin with \u00.
    return /__proto__|\\u00/.test(text)
      ? JSON.parse(text, (key, value) => refusePrototype(what, key, value))
      : JSON.parse(text);
  } catch (error) {
    if (error instanceof CoordError) throw error;
    throw badFrame(`Refused ${what}: it is not JSON`);
  }
}

function refusePrototype(what: string, key: string, value: unknown): unknown {
  if (key === '__proto__') throw badFrame(`Refused ${what}: it has a key named __proto__`);
  return value;
}

export function isWithinDepth(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (limit === 0) return false;
  for (const inner of Object.values(value)) {
    if (!isWithinDepth(inner, limit - 1)) return false;
  }
  return true;
}
