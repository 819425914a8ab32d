/** What can be said of a member without changing them: how it is going, and what they may do, with the reason. */
import type { Member } from '../../../core/org/org.ts';
import type { CompanyState } from '../../../core/state.ts';
import { InspectorSection } from '../../canvas/inspector.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { Tag } from '../../design/tag.tsx';
import { useIsPast } from '../../lib/moment.ts';
import type { FiguresBoard } from './member-figures.ts';
import { useFigures } from './member-figures.ts';
import { memberStatus, spentText } from './member-status.ts';
import { strings } from './strings.ts';
import { whyCapabilities } from './why-capabilities.ts';

export function RightNow({ member, board }: { member: Member; board: FiguresBoard }) {
  const isPast = useIsPast();
  const figures = useFigures(board, member.id);
  const { status, live, label } = memberStatus(member, figures);
  return (
    <InspectorSection title={isPast ? strings.liveThen : strings.live}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="flex items-center gap-1.5">
          <StatusDot status={status} live={live} />
          {label}
        </span>
        <span className="font-mono text-muted text-xs">
          {strings.load(figures?.leases ?? 0, member.maxConcurrent)}
        </span>
        <span className="font-mono text-muted text-xs">{strings.spent(spentText(figures))}</span>
      </div>
      {figures?.task && <p className="truncate text-alive text-xs">{figures.task}</p>}
    </InspectorSection>
  );
}

export function Capabilities({ member, state }: { member: Member; state: CompanyState }) {
  const groups = whyCapabilities(state, member);
  return (
    <InspectorSection
      title={strings.capabilities}
      aside={
        <span className="font-mono text-faint text-xs">
          {groups.reduce((sum, { capabilities }) => sum + capabilities.length, 0)}
        </span>
      }
    >
      <ul className="flex flex-col gap-3">
        {groups.map(({ path, capabilities }) => (
          <li key={path.join(' ')} className="flex flex-col gap-1">
            <span className="font-mono text-[11px] text-alive">
              {path.length === 1 ? strings.ownRole(path[0] ?? '') : strings.inherited(path)}
            </span>
            <span className="flex flex-wrap gap-1">
              {capabilities.map((capability) => (
                <Tag key={capability} mono>
                  {capability}
                </Tag>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </InspectorSection>
  );
}
