/** Checks the argument of a call before anybody looks at it. */
import type { z } from 'zod';
import { querySchemas } from '../contract/queries.ts';
import type { CallName } from '../contract/rpc.ts';
import { callSchemas, queryCallSchema } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import { faultWords, inputFaults, nearKeys } from '../core/input-faults.ts';

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
  refuseFaults(name, callSchemas[name].safeParse(argument, nearKeys), argument);
  if (name === 'query') {
    const query = queryCallSchema.parse(argument);
    refuseFaults(
      `query ${query.name}`,
      querySchemas[query.name].safeParse(query.params, nearKeys),
      query.params,
    );
  }
  return argument as CallInput<Name>;
}

export function unknownCall(name: string): CoordError {
  return new CoordError(
    'BAD_INPUT',
    `There is no call "${name}"; the calls are ${Object.keys(callSchemas).join(', ')}`,
  );
}

function refuseFaults(what: string, result: z.ZodSafeParseResult<unknown>, input: unknown): void {
  if (result.success) return;
  const faults = inputFaults(result.error.issues, input);
  throw new CoordError('BAD_INPUT', `Refused ${what}: ${faultWords(faults)}`, { faults });
}
