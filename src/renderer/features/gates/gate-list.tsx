/** The list at the side: the inbox in groups, or the history. */
import type { GateId } from '../../../core/ids.ts';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { GateCard } from './gate-card.tsx';
import { gateHistory, inboxGroups } from './gate-groups.ts';
import { strings } from './strings.ts';

export type GateListKind = 'waiting' | 'history';

export function GateList({ kind, openGate }: { kind: GateListKind; openGate: GateId | null }) {
  const self = useSelf();
  const groups = useLive((state) =>
    kind === 'waiting'
      ? inboxGroups(state, self)
      : [{ title: strings.history, yours: false, gates: gateHistory(state) }],
  );
  return (
    <div className="flex flex-col gap-5">
      {groups.map(({ title, yours, gates }) => (
        <section key={title} aria-label={title}>
          <h2 className={`mb-1.5 font-semibold ${yours ? 'text-needs' : 'text-muted'}`}>
            {title} <span className="font-mono font-normal text-faint text-xs">{gates.length}</span>
          </h2>
          <ul className="flex flex-col gap-1.5">
            {gates.map((gate) => (
              <li key={gate.id}>
                <GateCard gate={gate} isOpen={gate.id === openGate} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
