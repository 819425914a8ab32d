/** The list at the side: the inbox in groups, or the history. */
import { useState } from 'react';
import type { GateId } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { useActs } from '../../lib/acts.ts';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { useIsPast } from '../../lib/moment.ts';
import { GateCard } from './gate-card.tsx';
import { gateHistory, inboxGroups } from './gate-groups.ts';
import type { LikeGates } from './like-gates.ts';
import { likeGates } from './like-gates.ts';
import { SignTogetherDialog } from './sign-together-dialog.tsx';
import { strings } from './strings.ts';

export type GateListKind = 'waiting' | 'history';

export function GateList({ kind, openGate }: { kind: GateListKind; openGate: GateId | null }) {
  const self = useSelf();
  const groups = useLive((state) =>
    kind === 'waiting'
      ? inboxGroups(state, self)
      : [{ title: strings.history, yours: false, gates: gateHistory(state) }],
  );
  const isPast = useIsPast();
  const alike = useLive((state) => (kind === 'waiting' && !isPast ? likeGates(state, self) : []));
  const [together, setTogether] = useState<LikeGates | null>(null);
  const [first] = alike;
  useActs({ 'gates.together': first !== undefined && (() => setTogether(first)) });
  return (
    <div className="flex flex-col gap-5">
      {alike.map((like) => (
        <Button
          key={`${like.name} ${like.roleId}`}
          size="small"
          icon="list"
          onPress={() => setTogether(like)}
        >
          <span className="truncate">{strings.several(like.gates.length, like.name)}</span>
        </Button>
      ))}
      {together && <SignTogetherDialog like={together} onClose={() => setTogether(null)} />}
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
