/** How the owner's own programs act for a member of the company: a script that works as one of its agents. */
import { z } from 'zod';
import type { MemberId, SessionId, WorkerId } from '../core/ids.ts';
import { roleIdSchema } from '../core/ids.ts';

export const actAsSchema = z
  .strictObject({
    /** Id or name; null: an agent of the role that has no worker yet, the least senior first. */
    member: z.string().min(1).max(80).nullable().default(null),
    /** Refused unless the member holds it, or a role that inherits it. */
    role: roleIdSchema.nullable().default(null),
    /** What for, in words: it goes on record. */
    workingOn: z.string().trim().min(1).max(500).nullable().default(null),
    /** Of the calling process: people find it by that. */
    pid: z.number().int().positive(),
  })
  .refine(({ member, role }) => member !== null || role !== null, 'name a member, or a role');

/** Whom the connection acts for from now on. */
export interface Acting {
  readonly memberId: MemberId;
  readonly name: string;
  readonly kind: 'agent' | 'human';
  readonly sessionId: SessionId;
  /** An agent is online by it, and it ends with the connection; null for a human. */
  readonly workerId: WorkerId | null;
}
