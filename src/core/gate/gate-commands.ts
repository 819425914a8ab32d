/** What can be asked about gates. */
import { z } from 'zod';
import { artifactHashSchema, gateIdSchema, roleIdSchema } from '../ids.ts';

const noteSchema = z.string().max(20_000);

/** A human's sign-off. Agents sign by answering a review task. */
export const signGateSchema = z.strictObject({
  type: z.literal('gate.sign'),
  gateId: gateIdSchema,
  /** The slot to fill. Null: the first open one that the actor may fill, a role they hold before an override. */
  roleId: roleIdSchema.nullable().default(null),
  decision: z.enum(['approve', 'request_changes', 'veto']),
  /** Needed unless the decision is to approve. */
  note: noteSchema.default(''),
  /** What the actor looked at: refused when the gate is about something else by now. */
  artifactHash: artifactHashSchema,
});

/** Lifts a veto: the gate waits again (`resume`), or the work goes back with the note (`rework`). */
export const arbitrateGateSchema = z.strictObject({
  type: z.literal('gate.arbitrate'),
  gateId: gateIdSchema,
  ruling: z.enum(['resume', 'rework']),
  note: noteSchema.min(1),
});

export const gateCommandSchemas = [signGateSchema, arbitrateGateSchema] as const;
