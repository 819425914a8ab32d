/** Checks what a caller wrote against a schema, and says in words what is wrong with it. */
import type { z } from 'zod';
import { CoordError } from '../core/error.ts';
import { faultWords, inputFaults, nearKeys } from '../core/input-faults.ts';

/**
 * @param what is checked, as the start of a sentence: `task.claim`
 * @throws CoordError `BAD_INPUT` with the place and the rule of each fault
 */
export function checkInput<Schema extends z.ZodType>(
  what: string,
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const result = schema.safeParse(input, nearKeys);
  if (result.success) return result.data;
  const faults = inputFaults(result.error.issues, input);
  throw new CoordError('BAD_INPUT', `${what} was refused: ${faultWords(faults)}`, { faults });
}
