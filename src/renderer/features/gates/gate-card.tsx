/** A gate in the list: which, of which epic, and its slots filling one by one. */
import { memo } from 'react';
import { Link } from 'wouter';
import { slotsNeeding } from '../../../core/gate/asked-slots.ts';
import type { Gate } from '../../../core/gate/gate.ts';
import { gatedEpic } from '../../../core/gate/gated-work.ts';
import { GatePips } from '../../company/gate-pips.tsx';
import { gateSlots } from '../../company/gate-slots.ts';
import { classNames } from '../../design/class-names.ts';
import { Ago } from '../../lib/ago.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { gatePlace } from './gate-place.ts';
import { strings } from './strings.ts';

export const GateCard = memo(function GateCard({ gate, isOpen }: { gate: Gate; isOpen: boolean }) {
  const self = useSelf();
  const { slots, yours, place, epic } = useLive((state) => {
    const all = gateSlots(state, gate);
    return {
      slots: all,
      yours: slotsNeeding(gate, all, self),
      place: gatePlace(state, gate),
      epic: gatedEpic(state, gate),
    };
  });
  const at = gate.openedAt ?? gate.waitingSince;
  const [first] = yours;
  return (
    <Link
      href={`/gates/${gate.id}`}
      data-item
      aria-current={isOpen ? 'true' : undefined}
      className={classNames(
        'flex flex-col gap-1 rounded-md border px-3 py-2.5 transition-colors duration-150',
        isOpen ? 'border-alive bg-raised' : 'border-line bg-surface hover:border-line-strong',
      )}
    >
      <span className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium font-mono">{gate.name}</span>
        <GatePips slots={slots} yours={yours} />
      </span>
      <span className="truncate text-muted text-xs">{place}</span>
      <span className="flex justify-between gap-2 text-faint text-xs">
        <span className="truncate">{epic?.title}</span>
        {at !== null && <Ago at={at} className="whitespace-nowrap" />}
      </span>
      {first && gate.state === 'waiting' && (
        <span className="text-needs text-xs">{strings.slotYours(first.roleId)}</span>
      )}
    </Link>
  );
});
