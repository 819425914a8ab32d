/** Tools to get signatures and to give them: approvals that one asks for, and gates that wait for one's role. */
import { z } from 'zod';
import { artifactHashSchema, gateIdSchema, roleIdSchema } from '../../core/ids.ts';
import type { Tool } from '../define-tool.ts';
import { defineTool } from '../define-tool.ts';
import { gateOf, gateShape, Names } from '../shapes.ts';
import { waitInput, waitMs } from '../wait-input.ts';

const approval = z.object({
  approval: gateShape,
  settled: z.boolean().describe('it is approved (`open`), rejected or taken back, and stays so'),
});

export const approvalTools: readonly Tool[] = [
  defineTool({
    name: 'request_approval',
    title: 'Request an approval',
    description:
      'Asks roles to approve something before you do it: say what, and in the context all that the signers must know. Nobody can approve their own request. Answers at once unless wait_seconds is given; ask again with wait_for_approval. It is approved when `approval.state` is `open`.',
    input: z.strictObject({
      title: z.string().trim().min(1).max(200).describe('what is to be approved, in a line'),
      context: z
        .string()
        .trim()
        .min(1)
        .max(20_000)
        .describe('Markdown: why, what will be done, what could go wrong'),
      roles: z
        .record(roleIdSchema, z.number().int().min(1).max(20))
        .describe('how many members of each role must sign: {"em": 1}'),
      human_required: z.boolean().default(false).describe('at least one of the signatures by a person'),
      ...waitInput,
    }),
    output: approval,
    run: async (wish, { session, signal, progress }) => {
      const { title, context, roles, human_required: humanRequired, wait_seconds: wait } = wish;
      const asked = await session.requestApproval({ title, context, roles, humanRequired, wait: 0 });
      if (wait > 0) await progress(`waiting for ${Object.keys(roles).join(' and ')}`);
      const view =
        wait > 0 ? await session.waitForApproval(asked.gate.id, { wait: waitMs(wait), signal }) : asked;
      return {
        approval: gateOf(view, await Names.of(session), session.member.id),
        settled: view.settled,
      };
    },
  }),
  defineTool({
    name: 'wait_for_approval',
    title: 'Wait for an approval',
    description:
      'Waits until an approval is decided, or the time is over; `settled` says which. To cancel the call ends the waiting only: the approval stays asked for.',
    input: z.strictObject({ approval_id: gateIdSchema, ...waitInput }),
    output: approval,
    reads: true,
    run: async ({ approval_id: gateId, wait_seconds: wait }, { session, signal, progress }) => {
      if (wait > 0) await progress('waiting for the signatures');
      const view = await session.waitForApproval(gateId, { wait: waitMs(wait), signal });
      return {
        approval: gateOf(view, await Names.of(session), session.member.id),
        settled: view.settled,
      };
    },
  }),
  defineTool({
    name: 'cancel_approval',
    title: 'Take an approval back',
    description: 'Takes back an approval that you asked for and do not need any more.',
    input: z.strictObject({ approval_id: gateIdSchema }),
    output: z.object({ cancelled: z.string() }),
    destroys: true,
    run: async ({ approval_id: gateId }, { session }) => {
      await session.command({ type: 'approval.cancel', gateId });
      return { cancelled: gateId };
    },
  }),
  defineTool({
    name: 'sign_gate',
    title: 'Sign a gate',
    description:
      'Gives your verdict on what a gate or approval asks for, if a slot waits for your role (list_gates: you_could_sign). Read its artifacts first. `approve` fills the slot, `request_changes` sends the work back with the note, `veto` stops it until somebody arbitrates. Refused when the gate is about something else by now.',
    input: z.strictObject({
      gate_id: gateIdSchema,
      decision: z.enum(['approve', 'request_changes', 'veto']),
      note: z.string().max(20_000).default('').describe('needed unless you approve'),
      artifact_hash: artifactHashSchema.describe(
        'of the gate, as you saw it: what the signature is given for',
      ),
    }),
    output: z.object({ gate: gateShape }),
    run: async ({ gate_id: gateId, decision, note, artifact_hash: artifactHash }, { session }) => {
      await session.signGate(gateId, { decision, note, artifactHash });
      const [view, names] = await Promise.all([session.query('gate', { gateId }), Names.of(session)]);
      return { gate: gateOf(view, names, session.member.id) };
    },
  }),
];
