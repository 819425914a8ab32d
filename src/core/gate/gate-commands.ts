/** What can be asked about gates. */
import { z } from 'zod';
import { artifactHashSchema, gateIdSchema, memberIdSchema, roleIdSchema } from '../ids.ts';
import { durationMsSchema, minutes } from '../units.ts';

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

/** Asks another member to fill a slot that the actor could fill. It gives no right: whoever is asked must be entitled. */
const delegateGateSchema = z.strictObject({
  type: z.literal('gate.delegate'),
  gateId: gateIdSchema,
  /** The slot. */
  roleId: roleIdSchema,
  /** Null: what was asked of somebody is taken back. */
  to: memberIdSchema.nullable(),
  note: noteSchema.default(''),
});

/** At least a minute, at most 30 days. */
const asideSchema = durationMsSchema
  .refine((lasting) => lasting >= minutes(1), 'It must last a minute or longer')
  .refine((lasting) => lasting <= minutes(30 * 24 * 60), 'It must not last longer than 30 days');

/** Keeps a gate out of the actor's own inbox for a time; it goes on waiting, and its deadline stands. */
const setGateAsideSchema = z.strictObject({
  type: z.literal('gate.set_aside'),
  gateId: gateIdSchema,
  /** For how long, in milliseconds. */
  lasting: asideSchema,
  reason: z.string().trim().min(1).max(2_000),
});

/** Takes up again what the actor set aside. */
const takeGateUpSchema = z.strictObject({
  type: z.literal('gate.take_up'),
  gateId: gateIdSchema,
});

export const gateCommandSchemas = [
  signGateSchema,
  arbitrateGateSchema,
  delegateGateSchema,
  setGateAsideSchema,
  takeGateUpSchema,
] as const;
