/** Decides what a holder hands in: the artifacts of a step or single task, or the answer to a review. */
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { CompanyEvent } from '../event.ts';
import { requireInPerson } from '../gate/in-person.ts';
import { judge } from '../gate/sign.ts';
import { requireGate } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import { requireLease } from './lease.ts';
import { refuseBeforeParts } from './parts.ts';
import { requireProof } from './require-proof.ts';
import { submissionHash } from './submission.ts';
import type { Artifact, Task } from './task.ts';

/**
 * @throws CoordError `LEASE_LOST`; `CHECKS_FAILED`; `WRONG_STATE` - its parts are not done; `BAD_INPUT` - a review, no
 *   artifact of a step, or two of one path
 */
export function decideComplete(
  state: CompanyState,
  command: CommandOf<'task.complete'>,
  context: Context,
): CompanyEvent[] {
  const { task, member } = requireLease(state, command, context);
  const { artifacts } = command;
  if (task.kind === 'review') {
    throw new CoordError('BAD_INPUT', `"${task.title}" is a review: answer it with a decision instead`, {
      taskId: task.id,
    });
  }
  refuseBeforeParts(state, task);
  refuseUnusable(task, artifacts);
  const hash = submissionHash(artifacts, context.sha256);
  const change = command.change && { ...command.change, hostId: context.host };
  requireProof(task, { hash, ...(change && { change }) }, command.proof);
  const submission = {
    hash,
    artifacts,
    memberId: member.id,
    at: context.now,
    ...(change && { change }),
    ...(command.proof && { proof: command.proof }),
  };
  // No gate is to judge it.
  const type = task.gatesAfter.length === 0 ? 'task.done' : 'task.submitted';
  return [{ type, taskId: task.id, submission }];
}

/** The answer of a review is a sign-off, or a rejection, by the agent that holds it. */
export function decideAnswer(
  state: CompanyState,
  command: CommandOf<'task.answer'>,
  context: Context,
): CompanyEvent[] {
  const { task, member } = requireLease(state, command, context);
  requireInPerson(context, member);
  if (!task.review) {
    throw new CoordError(
      'BAD_INPUT',
      `"${task.title}" is not a review: complete it with its artifacts instead`,
      {
        taskId: task.id,
      },
    );
  }
  const { gateId, roleId, artifactHash } = task.review;
  const { decision, note } = command;
  const gate = requireGate(state, gateId);
  const verdict = judge(state, gate, member, { roleId, decision, note, artifactHash }, context.now);
  return [{ type: 'task.done', taskId: task.id, submission: null }, ...verdict];
}

function refuseUnusable(task: Task, artifacts: readonly Artifact[]): void {
  if (task.kind === 'step' && artifacts.length === 0) {
    throw new CoordError(
      'BAD_INPUT',
      `"${task.title}" can't be completed with nothing: hand in an artifact`,
      {
        taskId: task.id,
      },
    );
  }
  if (artifacts.length < 2) return;
  const paths = new Set<string>();
  for (const { path } of artifacts) {
    if (paths.has(path)) {
      throw new CoordError(
        'BAD_INPUT',
        `"${task.title}" was not completed: it hands in two artifacts as ${path}`,
        {
          taskId: task.id,
          path,
        },
      );
    }
    paths.add(path);
  }
}
