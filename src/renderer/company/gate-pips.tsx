/** The slots of a gate in a line of small diamonds: filled, open, or waiting for you. */
import { classNames } from '../design/class-names.ts';
import type { GateSlot } from './gate-slots.ts';
import { strings } from './strings.ts';

export function GatePips({ slots, yours }: { slots: readonly GateSlot[]; yours: readonly GateSlot[] }) {
  const filled = slots.filter(({ signOff }) => signOff !== null).length;
  const label = strings.slotsFilled(filled, slots.length);
  return (
    <span role="img" aria-label={label} title={label} className="flex items-center gap-1">
      {slots.map((slot) => (
        <svg
          key={slot.key}
          viewBox="0 0 12 12"
          aria-hidden="true"
          className={classNames(
            'size-3',
            slot.signOff ? 'text-alive' : yours.includes(slot) ? 'text-needs' : 'text-faint',
          )}
        >
          <path
            d="M6 1.2 10.8 6 6 10.8 1.2 6z"
            fill={slot.signOff ? 'currentColor' : 'none'}
            stroke="currentColor"
            strokeWidth="1.4"
          />
        </svg>
      ))}
      <span className="ml-0.5 font-mono text-faint text-xs">
        {filled}/{slots.length}
      </span>
    </span>
  );
}
