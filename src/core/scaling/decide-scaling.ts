/** Decides what is asked about the number of workers. */
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import { nearestName } from '../nearest-name.ts';
import type { ScalingFile } from '../org/company-file.ts';
import type { CompanyState } from '../state.ts';
import { seconds } from '../units.ts';
import { loadOf, nextSize } from './next-size.ts';
import { rulesInOrder } from './rules-in-order.ts';
import type { ScalingRule } from './scaling.ts';
import type { ScalingEvent } from './scaling-events.ts';

/** @throws CoordError `NOT_FOUND` - the role; `BAD_INPUT` - the bounds */
export function decideSetScaling(
  state: CompanyState,
  { rule: file }: CommandOf<'scaling.set'>,
): ScalingEvent[] {
  const rule = scalingFrom(file);
  if (rule.roleId !== null && !state.roles.get(rule.roleId)) {
    const nearest = nearestName(
      rule.roleId,
      [...state.roles.values()].map(({ id }) => id),
    );
    throw new CoordError(
      'NOT_FOUND',
      `There is no role ${rule.roleId}${nearest === null ? '' : `; did you mean ${nearest}?`}`,
      { roleId: rule.roleId },
    );
  }
  const before = state.scalings.get(rule.id);
  if (before) {
    const { size: _size, changedAt: _changedAt, ...same } = before;
    if (JSON.stringify(same) === JSON.stringify(rule)) return [];
  }
  return [{ type: 'scaling.set', rule }];
}

/** @throws CoordError `NOT_FOUND` - naming the rules that there are */
export function decideRemoveScaling(
  state: CompanyState,
  { id }: CommandOf<'scaling.remove'>,
): ScalingEvent[] {
  if (state.scalings.get(id)) return [{ type: 'scaling.removed', id }];
  const known = [...state.scalings.values()].map((rule) => rule.id).sort();
  throw new CoordError(
    'NOT_FOUND',
    `There is no scaling rule “${id}”; there ${known.length === 0 ? 'is none' : `are: ${known.join(', ')}`}`,
    { id },
  );
}

export function decideApplyScaling(state: CompanyState, { now }: Pick<Context, 'now'>): ScalingEvent[] {
  return rulesInOrder(state).flatMap((scaling): ScalingEvent[] => {
    const next = nextSize(scaling, loadOf(state, scaling), now);
    if (next.kind !== 'change') return [];
    return [
      {
        type: 'scaling.changed',
        id: scaling.id,
        from: scaling.size,
        to: next.to,
        because: next.because,
      },
    ];
  });
}

/** @throws CoordError `BAD_INPUT` - the least is more than the most */
export function scalingFrom(file: ScalingFile): ScalingRule {
  if (file.min > file.max) {
    throw new CoordError(
      'BAD_INPUT',
      `The scaling rule “${file.name}” was refused: at least ${file.min} workers are more than at most ${file.max}`,
    );
  }
  return {
    id: file.name,
    roleId: file.role ?? null,
    tag: file.tag ?? null,
    min: file.min,
    max: file.max,
    tasksPerWorker: file.tasks_per_worker,
    upCooldown: file.up_cooldown ?? seconds(0),
    downCooldown: file.down_cooldown ?? seconds(60),
  };
}
