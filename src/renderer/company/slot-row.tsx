/** The slots of a gate side by side: each fills when somebody signs, and says until then who could. */
import type { SignOff } from '../../core/gate/gate.ts';
import type { MemberId } from '../../core/ids.ts';
import type { Member } from '../../core/org/org.ts';
import { classNames } from '../design/class-names.ts';
import { Icon } from '../design/icon.tsx';
import { StatusDot } from '../design/status-dot.tsx';
import { Ago } from '../lib/ago.tsx';
import { useLive, useSelf } from '../lib/company-context.tsx';
import { ClampedNote } from './clamped-note.tsx';
import type { GateSlot } from './gate-slots.ts';
import { MemberAvatar } from './member-avatar.tsx';
import { strings } from './strings.ts';

export interface SlotRowProps {
  slots: readonly GateSlot[];
  /** Marks the open slots that wait for this person. */
  yours: readonly GateSlot[];
}

export function SlotRow({ slots, yours }: SlotRowProps) {
  return (
    <ul className="grid grid-cols-[repeat(auto-fit,minmax(170px,1fr))] gap-2">
      {slots.map((slot) => (
        <li key={slot.key} className="flex">
          {slot.signOff ? (
            <FilledSlot slot={slot} signOff={slot.signOff} />
          ) : (
            <OpenSlot slot={slot} yours={yours.some(({ key }) => key === slot.key)} />
          )}
        </li>
      ))}
    </ul>
  );
}

function FilledSlot({ slot, signOff }: { slot: GateSlot; signOff: SignOff }) {
  const member = useLive((state) => state.members.get(signOff.memberId));
  return (
    <div className="flex w-full animate-fill items-start gap-2.5 rounded-md border border-alive/50 bg-alive-soft px-3 py-2">
      {member && <MemberAvatar member={member} live />}
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-1 font-mono text-alive text-xs">
          <Icon name="check" className="size-3.5" />
          {slot.roleId}
        </p>
        <p className="truncate font-medium">{member?.name ?? signOff.memberId}</p>
        <p className="text-muted text-xs">
          {strings[signOff.kind]} · <Ago at={signOff.at} />
          {signOff.overrideBy && ` · ${strings.slotOverride(signOff.overrideBy)}`}
        </p>
        {signOff.note && <ClampedNote note={signOff.note} />}
      </div>
    </div>
  );
}

function OpenSlot({ slot, yours }: { slot: GateSlot; yours: boolean }) {
  const self = useSelf();
  const working = slot.review?.state === 'leased';
  const delegate = useLive(({ members }) => {
    const { delegation } = slot;
    if (!delegation) return null;
    const { to, by } = delegation;
    return { to, toName: members.get(to)?.name ?? to, by: members.get(by)?.name ?? by };
  });
  return (
    <div
      className={classNames(
        'flex w-full items-start gap-2.5 rounded-md border border-dashed px-3 py-2',
        yours ? 'border-needs bg-needs-soft' : 'border-line-strong bg-surface',
      )}
    >
      <span className="grid size-7 shrink-0 place-items-center">
        <StatusDot status={yours ? 'needs' : working ? 'alive' : 'idle'} live={working} className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <p className={classNames('font-mono text-xs', yours ? 'text-needs' : 'text-muted')}>{slot.roleId}</p>
        <p className="font-medium">{slotState(slot, yours)}</p>
        <p className="text-muted text-xs">
          {slot.entitled.length > 0 ? strings.slotCould(names(slot.entitled, self)) : strings.slotNobody}
        </p>
        {delegate && (
          <p className={yours ? 'text-needs text-xs' : 'text-muted text-xs'}>
            {strings.slotAskedOf(delegate.to === self ? strings.you : delegate.toName, delegate.by)}
          </p>
        )}
        {slot.escalatedTo && (
          <p className="text-waiting text-xs">{strings.slotEscalated(slot.escalatedTo)}</p>
        )}
      </div>
    </div>
  );
}

function slotState(slot: GateSlot, yours: boolean): string {
  if (slot.review?.state === 'leased') return strings.slotReviewing;
  if (slot.review) return strings.slotAsked;
  return yours ? strings.slotYours : strings.slotOpen;
}

const namedCandidates = 3;

function names(candidates: readonly Member[], self: MemberId | null): string {
  const shown = candidates
    .slice(0, namedCandidates)
    .map(({ id, name }) => (id === self ? strings.you : name));
  const rest = candidates.length - shown.length;
  return [...shown, ...(rest > 0 ? [strings.more(rest)] : [])].join(', ');
}
