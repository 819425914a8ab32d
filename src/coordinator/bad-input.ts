/** Checks what a caller wrote against a schema, and says in words what is wrong with it. */
import type { z } from 'zod';
import { CoordError } from '../core/error.ts';

/**
 * @param what is checked, as the start of a sentence: `task.claim`
 * @throws CoordError `BAD_INPUT` with the place and the rule of each fault
 */
export function checkInput<Schema extends z.ZodType>(
  what: string,
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => ({
    at: path.map(String).join('.'),
    message,
  }));
  const words = faults.slice(0, 5).map(({ at, message }) => (at === '' ? message : `${at}: ${message}`));
  throw new CoordError('BAD_INPUT', `${what} was refused: ${words.join('; ')}`, { faults });
}
