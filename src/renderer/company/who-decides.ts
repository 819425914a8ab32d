/** Who may decide what becomes of a conflict. */
import { authorize } from '../../core/authorize.ts';
import { CoordError } from '../../core/error.ts';
import type { ConflictId, MemberId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import { strings } from './strings.ts';

/** Why a member may not decide a conflict, in the words of the host that would refuse it; null: they may. */
export function whyNotDecide(
  state: CompanyState,
  memberId: MemberId | null,
  conflictId: ConflictId,
): string | null {
  if (memberId === null) return strings.notSignedIn;
  try {
    authorize(state, { type: 'conflict.reapply', conflictId }, { kind: 'member', memberId });
    return null;
  } catch (error) {
    if (error instanceof CoordError) return error.message;
    throw error;
  }
}
