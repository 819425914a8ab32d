/** A company's policy: the defaults of the product, and what a file changes of them. */
import type { z } from 'zod';
import { CoordError } from '../error.ts';
import { minutes, seconds } from '../units.ts';
import type { policyFileSchema } from './company-file.ts';
import type { Policy } from './org.ts';

export const defaultPolicy: Policy = {
  ownerMayFillSeveralSlots: false,
  lease: seconds(60),
  callWait: seconds(5),
  heartbeat: seconds(15),
  hungAfter: seconds(300),
  maxAttempts: 3,
  retryBase: seconds(60),
  loopAfter: 3,
  maxRework: 10,
  lockTtl: minutes(60),
  hostLostAfter: seconds(300),
};

/** @throws CoordError `BAD_INPUT` - a length of time is nothing at all */
export function policyFrom(file: z.output<typeof policyFileSchema>, base: Policy = defaultPolicy): Policy {
  const policy: Policy = {
    ownerMayFillSeveralSlots: file.owner_may_fill_several_slots ?? base.ownerMayFillSeveralSlots,
    lease: file.lease ?? base.lease,
    callWait: file.call_wait ?? base.callWait,
    heartbeat: file.heartbeat ?? base.heartbeat,
    hungAfter: file.hung_after ?? base.hungAfter,
    maxAttempts: file.max_attempts ?? base.maxAttempts,
    retryBase: file.retry_base ?? base.retryBase,
    loopAfter: file.loop_after ?? base.loopAfter,
    maxRework: file.max_rework ?? base.maxRework,
    lockTtl: file.lock_ttl ?? base.lockTtl,
    hostLostAfter: file.host_lost_after ?? base.hostLostAfter,
  };
  for (const name of ['lease', 'heartbeat', 'hungAfter', 'lockTtl'] as const) {
    if (policy[name] > 0) continue;
    throw new CoordError(
      'BAD_INPUT',
      `The policy was refused: \`${name}\` is 0; give it a duration such as 15s`,
    );
  }
  return policy;
}
