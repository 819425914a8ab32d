/** Checks the options that a member or the host's settings give a runner. */
import type { z } from 'zod';
import { CoordError } from '../core/error.ts';

/** @throws CoordError `RUNNER_FAILED` with the option and the rule of each fault */
export function readOptions<Schema extends z.ZodType>(
  runner: string,
  schema: Schema,
  options: Readonly<Record<string, unknown>>,
): z.output<Schema> {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const faults = result.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'options'}: ${message}`,
  );
  throw new CoordError(
    'RUNNER_FAILED',
    `The options of the runner "${runner}" are wrong: ${faults.join('; ')}; correct them at the member`,
    { runner },
  );
}
