/** Folds what happened to the number of workers. */
import type { StoredEvent } from '../event.ts';
import type { CompanyState } from '../state.ts';
import type { ScalingEvent } from './scaling-events.ts';

export function evolveScaling(
  state: CompanyState,
  event: ScalingEvent,
  { at }: Pick<StoredEvent, 'at'>,
): void {
  switch (event.type) {
    case 'scaling.set': {
      const size = state.scalings.get(event.rule.id)?.size ?? 0;
      state.scalings.put({ ...event.rule, size, changedAt: null });
      return;
    }
    case 'scaling.removed':
      state.scalings.delete(event.id);
      return;
    case 'scaling.changed': {
      const scaling = state.scalings.get(event.id);
      if (scaling) state.scalings.put({ ...scaling, size: event.to, changedAt: at });
    }
  }
}
