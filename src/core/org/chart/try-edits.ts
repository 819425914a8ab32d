/** Tries edits on a state that nobody else sees: what they would lead to, or why they are refused. */
import type { Actor } from '../../context.ts';
import { hostAlone } from '../../context.ts';
import { CoordError } from '../../error.ts';
import type { StoredEvent } from '../../event.ts';
import type { ArtifactHash, IdKinds, MemberId } from '../../ids.ts';
import type { CompanyState } from '../../state.ts';
import { dumpState, emptyState, restoreState } from '../../state.ts';
import { transact } from '../../transact.ts';
import type { EpochMs } from '../../units.ts';
import type { OrgEditInput } from '../org-commands.ts';
import { changeOrgSchema } from '../org-commands.ts';

/** The org model alone, shared row by row: cheap to make, and all that most edits are decided on. */
export function orgOnly(state: CompanyState): CompanyState {
  return restoreState({
    ...dumpState(emptyState()),
    seq: state.seq,
    company: state.company,
    roles: [...state.roles.values()],
    departments: [...state.departments.values()],
    teams: [...state.teams.values()],
    members: [...state.members.values()],
    workflows: [...state.workflows.values()],
  });
}

/**
 * Gives the edits, as the member, to a state that is kept for it; what they add has the ids by which they name it.
 * All of them, or none.
 * @throws CoordError as `org.change`
 */
export function tryEdits(
  state: CompanyState,
  edits: readonly OrgEditInput[],
  by: MemberId,
  now: EpochMs,
): StoredEvent[] {
  const parsed = changeOrgSchema.safeParse({ type: 'org.change', edits });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new CoordError('BAD_INPUT', issue?.message ?? 'This can’t be read', {
      edit: Number(issue?.path[1] ?? 0),
    });
  }
  const names = parsed.data.edits.flatMap((edit) => ('as' in edit && edit.as !== undefined ? [edit.as] : []));
  const actor: Actor = { kind: 'member', memberId: by };
  let others = 0;
  return transact(state, parsed.data, {
    ...hostAlone,
    now,
    actor,
    newId: <Kind extends keyof IdKinds>(kind: Kind) => {
      const isNamed = kind === 'department' || kind === 'team' || kind === 'member';
      others += 1;
      return ((isNamed ? names.shift() : undefined) ?? `new_${kind}_${others}`) as IdKinds[Kind];
    },
    // Reviews that edits lead to are about what was hashed already.
    sha256: () => '0'.repeat(64) as ArtifactHash,
  });
}
