/** What a text on the line may be: a request or an answer, in birpc's form, checked before birpc sees it. */
import { z } from 'zod';
import { maxFrameBytes } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import { badFrame } from './channel.ts';

const idSchema = z.string().min(1).max(64);

const requestSchema = z.strictObject({
  t: z.literal('q'),
  /** Missing: nobody waits for an answer. */
  i: idSchema.optional(),
  m: z.string().min(1).max(60),
  a: z.array(z.unknown()).max(4),
});

const answerSchema = z.strictObject({
  t: z.literal('s'),
  i: idSchema,
  r: z.unknown().optional(),
  e: z.unknown().optional(),
});

const frameSchema = z.discriminatedUnion('t', [requestSchema, answerSchema]);

export type Frame = z.infer<typeof frameSchema>;

/** Nothing of ours is nested deeper; a program that recurses over a value is safe up to here. */
const maxDepth = 64;

/**
 * @throws CoordError `BAD_FRAME` - not JSON, not a frame, nested too deeply, or with a key that could change
 *   an object's prototype
 */
export function decodeFrame(text: string): Frame {
  const frame = frameSchema.safeParse(parseJson(text));
  if (!frame.success) throw badFrame('Refused a frame: it is neither a request nor an answer');
  if (frame.data.t === 'q' && !isWithinDepth(frame.data.a, maxDepth)) {
    throw badFrame(`Refused a frame: its content is nested more than ${maxDepth} levels deep`);
  }
  return frame.data;
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

function parseJson(text: string): unknown {
  try {
    // `__proto__` may be spelled with escapes, all of which begin with \u00.
    return /__proto__|\\u00/.test(text) ? JSON.parse(text, refusePrototype) : JSON.parse(text);
  } catch (error) {
    if (error instanceof CoordError) throw error;
    throw badFrame('Refused a frame: it is not JSON');
  }
}

function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw badFrame('Refused a frame: it has a key named __proto__');
  return value;
}

function isWithinDepth(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (limit === 0) return false;
  for (const inner of Object.values(value)) {
    if (!isWithinDepth(inner, limit - 1)) return false;
  }
  return true;
}
