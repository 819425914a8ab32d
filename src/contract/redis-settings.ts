/** What a data directory knows of its Redis: everything but the password. */
import { z } from 'zod';

export const redisSettingsSchema = z.strictObject({
  /** There may be a user in it, and never a password. */
  url: z.string().min(1).max(2_000),
  /** Where the password is: in the keychain of the person, or there is none. */
  password: z.enum(['keychain', 'none']).default('none'),
  /** A file with the certificate of whom to trust beside the authorities that Node knows; null: those alone. */
  ca: z.string().min(1).nullable().default(null),
  /** It is understood that anybody who reaches it reads and changes the companies. */
  openToAnybody: z.boolean().default(false),
});

export type RedisSettings = z.output<typeof redisSettingsSchema>;
