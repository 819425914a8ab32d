/** The content of a file as a tool takes it: text, or base64. */
import { z } from 'zod';
import { CoordError } from '../core/error.ts';

/** Of one content, in characters: what is longer belongs into several files. */
const longest = 10 * 1024 * 1024;

export const contentInput = {
  text: z.string().max(longest).optional().describe('the whole content, when it is text'),
  content: z.string().max(longest).optional().describe('another name for `text`'),
  base64: z.base64().max(longest).optional().describe('the whole content, when it is anything else'),
};

/** @throws CoordError `BAD_INPUT` - more than one was given, or none */
export function contentOf({
  content,
  text = content,
  base64,
}: {
  readonly content?: string | undefined;
  readonly text?: string | undefined;
  readonly base64?: string | undefined;
}): Uint8Array {
  const isTwice = content !== undefined && text !== content;
  if (text !== undefined && !isTwice && base64 === undefined) return Buffer.from(text);
  if (base64 !== undefined && text === undefined) return Buffer.from(base64, 'base64');
  throw new CoordError('BAD_INPUT', 'The content was refused: give either `text` or `base64`');
}
