/** The rules that say how many workers there are, with what they go by. */
import type { ScalingView } from '../../contract/worker-facts.ts';
import { loadOf } from '../../core/scaling/next-size.ts';
import { rulesInOrder } from '../../core/scaling/rules-in-order.ts';
import { isInGroup } from '../../core/scaling/scaling.ts';
import type { CompanyState } from '../../core/state.ts';

export function scalingViews(state: CompanyState): ScalingView[] {
  const live = [...state.workers.values()].filter(({ endedAt }) => endedAt === null);
  return rulesInOrder(state).map((scaling) => ({
    scaling,
    load: loadOf(state, scaling),
    live: live.filter(({ memberId }) => {
      const member = state.members.get(memberId);
      return member !== undefined && isInGroup(scaling, member);
    }).length,
  }));
}
