/** Checks the argument of a call before anybody looks at it. */
import type { z } from 'zod';
import { querySchemas } from '../contract/queries.ts';
import type { CallName } from '../contract/rpc.ts';
import { callSchemas, queryCallSchema } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';

/** What a caller may write for each call. */
export type CallInput<Name extends CallName> = z.input<(typeof callSchemas)[Name]>;

export function isCallName(name: string): name is CallName {
  return Object.hasOwn(callSchemas, name);
}

/**
 * Gives back the argument as it came: defaults and conversions are applied once, by the session that it is for.
 * @throws CoordError `BAD_INPUT` with the place and the rule of each fault
 */
export function checkCall<Name extends CallName>(name: Name, argument: unknown): CallInput<Name> {
  refuseFaults(name, callSchemas[name].safeParse(argument));
  if (name === 'query') {
    const query = queryCallSchema.parse(argument);
    refuseFaults(`query ${query.name}`, querySchemas[query.name].safeParse(query.params));
  }
  return argument as CallInput<Name>;
}

export function unknownCall(name: string): CoordError {
  return new CoordError(
    'BAD_INPUT',
    `There is no call "${name}"; the calls are ${Object.keys(callSchemas).join(', ')}`,
  );
}

function refuseFaults(what: string, result: z.ZodSafeParseResult<unknown>): void {
  if (result.success) return;
  const faults = result.error.issues.map(({ path, message }) => ({
    at: path.map(String).join('.'),
    message,
  }));
  const words = faults.slice(0, 5).map(({ at, message }) => (at === '' ? message : `${at}: ${message}`));
  throw new CoordError('BAD_INPUT', `Refused ${what}: ${words.join('; ')}`, { faults });
}
