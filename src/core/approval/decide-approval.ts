/** Decides to ask for an approval outside any workflow, and to take the question back. */
import { actingMember } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import { gateCandidates } from '../gate/gate-candidates.ts';
import type { GateEvent } from '../gate/gate-events.ts';
import type { Unfillable } from '../gate/slot-matching.ts';
import { matchSlots } from '../gate/slot-matching.ts';
import type { MemberId, RoleId } from '../ids.ts';
import { suggestion } from '../nearest-name.ts';
import { requireGate } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import { submissionHash } from '../task/submission.ts';
import type { Artifact } from '../task/task.ts';
import { addMs } from '../units.ts';
import { utf8Length } from '../utf8-length.ts';
import type { GateRule } from '../workflow/workflow.ts';

/** Where the context of an approval stands among what is signed. */
export const contextPath = 'context.md';

/**
 * @throws CoordError `NOT_FOUND` - there is no such role; `BAD_INPUT` - two artifacts of one path;
 *   `APPROVAL_UNSATISFIABLE` - nobody could ever fill all its slots
 */
export function decideRequestApproval(
  state: CompanyState,
  command: CommandOf<'approval.request'>,
  context: Context,
): GateEvent[] {
  const by = actingMember(state, context).id;
  const rule = ruleFrom(state, command);
  refuseUnfillable(state, rule, by);
  const artifacts = signedArtifacts(command, context);
  const { newId, now, sha256 } = context;
  const { title, priority, timeout } = command;
  const id = newId('gate');
  return [
    { type: 'approval.requested', gate: { id, name: title, rule, request: { by, priority, artifacts } } },
    {
      type: 'gate.asked',
      gateId: id,
      artifactHash: submissionHash(artifacts, sha256),
      authors: [by],
      deadline: timeout === null ? null : addMs(now, timeout),
    },
  ];
}

/** @throws CoordError `BAD_INPUT` - it is a gate of a workflow; `WRONG_STATE` - it has its answer */
export function decideCancelApproval(
  state: CompanyState,
  { gateId }: CommandOf<'approval.cancel'>,
): GateEvent[] {
  const gate = requireGate(state, gateId);
  if (!gate.request) {
    throw new CoordError(
      'BAD_INPUT',
      `Gate ${gate.name} can't be taken back: it belongs to a workflow; sign it, or cancel its epic`,
      { gateId },
    );
  }
  if (gate.state === 'waiting' || gate.state === 'vetoed') return [{ type: 'gate.cancelled', gateId }];
  throw new CoordError(
    'WRONG_STATE',
    `The approval "${gate.name}" can't be taken back: it is ${gate.state}`,
    {
      gateId,
      state: gate.state,
    },
  );
}

function ruleFrom(state: CompanyState, command: CommandOf<'approval.request'>): GateRule {
  const { title, humanRequired, selfApproval, timeout, onTimeout } = command;
  const requires = Object.entries(command.roles).map(([roleId, count]) => ({
    roleId: roleId as RoleId,
    count,
  }));
  for (const { roleId } of requires) requireRole(state, roleId);
  return {
    name: title,
    position: 'after',
    requires,
    humanRequired,
    selfApproval,
    distinct: true,
    timeout,
    onTimeout,
  };
}

function requireRole(state: CompanyState, roleId: RoleId): void {
  if (state.roles.get(roleId)) return;
  const names = [...state.roles.values()].map(({ id }) => id).sort();
  throw new CoordError(
    'NOT_FOUND',
    `There is no role \`${roleId}\` to ask for an approval: ${suggestion(roleId, names)}`,
    { roleId },
  );
}

function signedArtifacts(
  { context, artifacts }: CommandOf<'approval.request'>,
  { sha256 }: Context,
): Artifact[] {
  const all = [{ hash: sha256(context), path: contextPath, bytes: utf8Length(context) }, ...artifacts];
  const paths = new Set<string>();
  for (const { path } of all) {
    if (paths.has(path)) {
      throw new CoordError('BAD_INPUT', `The approval was not asked for: two of its artifacts are ${path}`, {
        path,
      });
    }
    paths.add(path);
  }
  return all;
}

function refuseUnfillable(state: CompanyState, rule: GateRule, by: MemberId): void {
  const { requires, distinct, humanRequired, selfApproval } = rule;
  const excluded = new Set(selfApproval === 'forbidden' ? [by] : []);
  const candidates = gateCandidates(state, rule);
  const answer = matchSlots({ requires, filled: [], candidates, distinct, humanRequired, excluded });
  if (answer.ok) return;
  throw new CoordError(
    'APPROVAL_UNSATISFIABLE',
    `The approval "${rule.name}" was not asked for: nobody could ever give it, since ${whyNot(answer.reason)}`,
    { reason: answer.reason },
  );
}

function whyNot(reason: Unfillable): string {
  switch (reason.kind) {
    case 'nobody':
      return `no member may sign as ${reason.roleId}; add one, or ask another role`;
    case 'only-excluded':
      return `whoever asks is the only one who may sign as ${reason.roleId}; ask another role`;
    case 'too-few':
      return (
        `${reason.slots} distinct members must sign as ${reason.roleIds.join(' and ')}, ` +
        `and only ${reason.members} beside whoever asks may; ask for fewer, or add members`
      );
    case 'no-human':
      return 'it needs a human, and none may sign for these roles; ask a role that a human holds';
  }
}
