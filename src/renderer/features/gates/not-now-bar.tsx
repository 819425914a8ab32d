/** What a person does about a gate that they do not decide now: pass it on, set it aside, and take both back. */
import { useState } from 'react';
import type { Gate } from '../../../core/gate/gate.ts';
import type { RoleId } from '../../../core/ids.ts';
import { entitlement } from '../../../core/org/entitlement.ts';
import { Button } from '../../design/button.tsx';
import { useActs } from '../../lib/acts.ts';
import { Until } from '../../lib/ago.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { useIsPast } from '../../lib/moment.ts';
import { useCommand } from '../../lib/use-command.ts';
import { AsideDialog } from './aside-dialog.tsx';
import { DelegateDialog } from './delegate-dialog.tsx';
import { strings } from './strings.ts';

/** The two buttons, for the end of the decision. */
export function NotNow({ gate, roles }: { gate: Gate; roles: readonly RoleId[] }) {
  const self = useSelf();
  const [open, setOpen] = useState<'delegate' | 'aside' | null>(null);
  const isAside = gate.setAside.some(({ memberId }) => memberId === self);
  const close = () => setOpen(null);
  useActs(
    {
      'gate.delegate': roles.length > 0 && (() => setOpen('delegate')),
      'gate.set-aside': !isAside && (() => setOpen('aside')),
    },
    gate.id,
  );
  return (
    <>
      {roles.length > 0 && (
        <Button look="quiet" icon="person" onPress={() => setOpen('delegate')}>
          {strings.delegate}
        </Button>
      )}
      {!isAside && (
        <Button look="quiet" icon="clock" onPress={() => setOpen('aside')}>
          {strings.setAside}
        </Button>
      )}
      {open === 'delegate' && <DelegateDialog gate={gate} roles={roles} onClose={close} />}
      {open === 'aside' && <AsideDialog gate={gate} onClose={close} />}
    </>
  );
}

/** Who was asked, and who has set it aside, each with the way back for whoever may. */
export function NotNowFacts({ gate }: { gate: Gate }) {
  const self = useSelf();
  const isPast = useIsPast();
  const { run, pending, refusal } = useCommand();
  const { asked, aside } = useLive((state) => {
    const nameOf = (id: Gate['authors'][number]) => state.members.get(id)?.name ?? id;
    const own = self ? state.members.get(self) : undefined;
    return {
      asked: gate.delegations.map((one) => ({
        ...one,
        words: strings.askedToSign(nameOf(one.by), nameOf(one.to), one.roleId),
        mayTakeBack: !isPast && own !== undefined && entitlement(state, own, one.roleId) !== null,
      })),
      aside: gate.setAside.map((one) => ({ ...one, who: nameOf(one.memberId) })),
    };
  });
  const takeUp = () => void run({ type: 'gate.take_up', gateId: gate.id });
  useActs({ 'gate.take-up': gate.setAside.some(({ memberId }) => memberId === self) && takeUp }, gate.id);
  if (gate.state !== 'waiting' || asked.length + aside.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1.5 rounded-md border border-line bg-surface px-3 py-2">
      {asked.map(({ roleId, to, note, words, mayTakeBack }) => (
        <li key={`${roleId}-${to}`} className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 flex-1">
            {words}
            {note && <span className="block whitespace-pre-wrap break-words text-muted text-xs">{note}</span>}
          </span>
          {mayTakeBack && (
            <Button
              size="small"
              isDisabled={pending}
              onPress={() => void run({ type: 'gate.delegate', gateId: gate.id, roleId, to: null })}
            >
              {strings.takeBack}
            </Button>
          )}
        </li>
      ))}
      {aside.map(({ memberId, who, reason, until }) => (
        <li key={memberId} className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 flex-1">
            {memberId === self ? strings.asideByYou : strings.asideBy(who)} <Until at={until} />: {reason}
          </span>
          {!isPast && memberId === self && (
            <Button size="small" isDisabled={pending} onPress={takeUp}>
              {strings.takeUp}
            </Button>
          )}
        </li>
      ))}
      {refusal && <li className="text-failure">{refusal.message}</li>}
    </ul>
  );
}
