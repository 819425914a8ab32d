/** Why a plugin is not taken, in words, with the field. */
import type { z } from 'zod';
import { CoordError } from '../core/error.ts';

export function invalidPlugin(
  where: string,
  why: string,
  details: Readonly<Record<string, unknown>> = {},
): CoordError {
  return new CoordError('PLUGIN_INVALID', `The plugin in ${where} was refused: ${why}`, {
    where,
    ...details,
  });
}

/** The first fault of the manifest leads, and the rest follow. */
export function manifestFaults(error: z.ZodError): {
  readonly text: string;
  readonly fields: readonly string[];
} {
  const faults = error.issues.map((issue) => {
    const own = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') {
      const field = [own, issue.keys[0]].filter(Boolean).join('.');
      return { field, text: `${field}: there is no such field` };
    }
    return { field: own, text: `${own === '' ? 'manifest.json' : own}: ${issue.message}` };
  });
  return {
    text: faults
      .map(({ text }) => text)
      .slice(0, 10)
      .join('; '),
    fields: faults.map(({ field }) => field),
  };
}
