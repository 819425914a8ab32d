/** Tokens by which programs reach the host for one member of one company: what is asked, and what is shown of them. */
import { z } from 'zod';
import type { MemberId } from '../core/ids.ts';
import type { DurationMs, EpochMs } from '../core/units.ts';
import { durationMsSchema } from '../core/units.ts';

/** `read`: looks at what the member may look at, and changes nothing; `act`: whatever the member may do. */
export const tokenAccesses = ['read', 'act'] as const;
export type TokenAccess = (typeof tokenAccesses)[number];

/** 90 days, in ms: a token that nobody thinks of any more ends by itself. */
export const usualTokenLife = 7_776_000_000 as DurationMs;

export const createTokenSchema = z.strictObject({
  /** Whom it stands for, by id or name. */
  member: z.string().min(1).max(80),
  access: z.enum(tokenAccesses),
  /** What people know it by, such as the program that gets it. */
  name: z.string().trim().min(1).max(60),
  /** From now, in ms; null: until it is withdrawn. */
  lifetime: durationMsSchema.min(1_000).nullable().default(usualTokenLife),
});
export type CreateToken = z.output<typeof createTokenSchema>;

export const revokeTokenSchema = z.strictObject({ id: z.string().min(1).max(80) });

/** Without the token itself, of which nobody has kept more than a hash. */
export interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly memberId: MemberId;
  readonly member: string;
  readonly access: TokenAccess;
  readonly createdAt: EpochMs;
  /** Null: it does not run out. */
  readonly expiresAt: EpochMs | null;
  readonly expired: boolean;
}

export interface IssuedToken extends TokenView {
  /** Said this once. */
  readonly token: string;
}
