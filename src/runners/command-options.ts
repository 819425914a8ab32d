/** What can be said about a `command` runner. */
import { z } from 'zod';
import { durationTextSchema } from '../core/org/duration-text.ts';

export const commandOptionsSchema = z.strictObject({
  /** Run by the shell, in the run's own folder. `{title}` and the like are replaced by quoted values. */
  command: z.string().min(1).max(20_000),
  /** How long it may take. */
  timeout: durationTextSchema.prefault('1h'),
  /** Further variables of its environment. */
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string()).default({}),
});
