/** The gates before and after a task, each with its slots and the way there. */
import { Link } from 'wouter';
import { slotsNeeding } from '../../../core/gate/asked-slots.ts';
import type { Task } from '../../../core/task/task.ts';
import { GatePips } from '../../company/gate-pips.tsx';
import { gateSlots } from '../../company/gate-slots.ts';
import { gatePhase } from '../../company/phase.ts';
import { Icon } from '../../design/icon.tsx';
import { Tag } from '../../design/tag.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { DrawerSection } from './drawer-section.tsx';
import { strings } from './strings.ts';

export function TaskGates({ task }: { task: Task }) {
  const self = useSelf();
  const gates = useLive((state) => {
    const ids = task.review ? [task.review.gateId] : [...task.gatesBefore, ...task.gatesAfter];
    return ids
      .flatMap((id) => state.gates.get(id) ?? [])
      .map((gate) => {
        const slots = gateSlots(state, gate);
        return { gate, slots, yours: slotsNeeding(gate, slots, self) };
      });
  });
  if (gates.length === 0) return null;
  return (
    <DrawerSection title={strings.gates}>
      <ul className="flex flex-col gap-1.5">
        {gates.map(({ gate, slots, yours }) => {
          const phase = gatePhase(gate);
          return (
            <li key={gate.id}>
              <Link
                href={`/gates/${gate.id}`}
                className="flex items-center gap-2.5 rounded-md border border-line bg-raised px-3 py-2 transition-colors duration-150 hover:border-line-strong"
              >
                <span className="min-w-0 flex-1 truncate font-mono">{gate.name}</span>
                <GatePips slots={slots} yours={yours} />
                <Tag tone={yours.length > 0 ? 'needs' : phase.tone}>{phase.label}</Tag>
                <Icon name="next" className="text-faint" />
              </Link>
            </li>
          );
        })}
      </ul>
    </DrawerSection>
  );
}
