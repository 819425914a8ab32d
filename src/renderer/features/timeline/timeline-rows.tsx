/** The rows of a timeline: a step each, in the order of the workflow, over one scale of time. */
import { Link } from 'wouter';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { taskPhase } from '../../company/phase.ts';
import { Icon } from '../../design/icon.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { formatDuration } from '../../lib/format.ts';
import { Bar } from './bar.tsx';
import type { EpicTimeline, TimelineRow } from './epic-timeline.ts';
import { strings } from './strings.ts';
import { ticksOf } from './ticks.ts';

export function TimelineRows({ title, timeline }: { title: string; timeline: EpicTimeline }) {
  const { from, to, rows } = timeline;
  const span = Math.max(1, to - from);
  const ticks = ticksOf(span);
  const share = (length: number) => (100 * length) / span;
  return (
    <section aria-label={strings.rows(title)} className="min-w-[640px]">
      <div className="grid grid-cols-[240px_1fr] border-line border-b">
        <span className="pb-1 text-faint text-xs">{strings.step}</span>
        <span className="relative h-5" aria-hidden="true">
          {ticks.map((at) => (
            <span
              key={at}
              className="absolute -translate-x-1/2 whitespace-nowrap font-mono text-[10px] text-faint first:translate-x-0"
              style={{ left: `${share(at)}%` }}
            >
              {at === 0 ? '0' : formatDuration(at).replace(/ 0 (s|min|h)$/, '')}
            </span>
          ))}
        </span>
      </div>
      <ol>
        {rows.map((row) => (
          <li key={row.task.id} className="grid grid-cols-[240px_1fr] border-line/60 border-b">
            <StepName row={row} />
            <span className="relative min-h-11">
              {ticks.map((at) => (
                <span
                  key={at}
                  aria-hidden="true"
                  className="absolute inset-y-0 w-px bg-line/70"
                  style={{ left: `${share(at)}%` }}
                />
              ))}
              {row.segments.map((segment) => (
                <Bar
                  key={`${segment.kind}-${segment.from}`}
                  segment={segment}
                  left={share(segment.from - from)}
                  width={share(segment.to - segment.from)}
                />
              ))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function StepName({ row: { task, isCritical, segments } }: { row: TimelineRow }) {
  const member = useLive((state) => (task.assigneeId ? state.members.get(task.assigneeId) : undefined));
  const phase = taskPhase(task);
  return (
    <Link
      href={`/board/${task.epicId}/${task.id}`}
      className="flex min-w-0 items-center gap-2 rounded-sm py-1 pr-3 hover:bg-hover"
    >
      <StatusDot status={phase.status} live={phase.live} />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{task.title}</span>
        <span className="block truncate text-faint text-xs">
          {segments.length === 0 ? strings.notYet : phase.label}
        </span>
      </span>
      {isCritical && (
        <span title={strings.criticalMore} className="flex shrink-0 items-center text-needs">
          <Icon name="critical" className="size-4" />
          <span className="sr-only">{strings.critical}</span>
        </span>
      )}
      {member && <MemberAvatar member={member} size="small" live={task.state === 'leased'} />}
    </Link>
  );
}
