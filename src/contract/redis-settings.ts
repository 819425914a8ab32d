/** What a data directory knows of its Redis: everything but the password. */
import { z } from 'zod';

/** Fewer can't be asked for: a host that is behind by more has to go the longer way round. */
export const leastKeepEvents = 10_000;
/** When nothing else is said. */
export const usualKeepEvents = 100_000;
export const mostKeepEvents = 1_000_000_000;

export const keepEventsSchema = z.number().int().min(leastKeepEvents).max(mostKeepEvents);

export const redisSettingsSchema = z.strictObject({
  /** There may be a user in it, and never a password. */
  url: z.string().min(1).max(2_000),
  /** Where the password is: in the keychain of the person, or there is none. */
  password: z.enum(['keychain', 'none']).default('none'),
  /** A file with the certificate of whom to trust beside the authorities that Node knows; null: those alone. */
  ca: z.string().min(1).nullable().default(null),
  /** It is understood that anybody who reaches it reads and changes the companies. */
  openToAnybody: z.boolean().default(false),
  /** How many events of a company stay in its stream at least; older ones are packed into an archive beside it. Null: as usual. */
  keepEvents: keepEventsSchema.nullable().default(null),
});

export type RedisSettings = z.output<typeof redisSettingsSchema>;
