/** Where the time of one epic went, live: waiting, work and gates apart, and what sets the pace. */
import { lazy, Suspense, useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import { progressOf } from '../../../core/epic/progress.ts';
import type { EpicId } from '../../../core/ids.ts';
import type { EpochMs } from '../../../core/units.ts';
import { epicStatus } from '../../company/epic-status.ts';
import { strings as shared } from '../../company/strings.ts';
import { WorkflowMap } from '../../company/workflow-map.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { Icon } from '../../design/icon.tsx';
import { Meter } from '../../design/meter.tsx';
import { Page } from '../../design/page.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { formatDuration } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { segmentLooks } from './bar.tsx';
import type { EpicTimeline, SegmentKind } from './epic-timeline.ts';
import { epicTimeline } from './epic-timeline.ts';
import { strings } from './strings.ts';
import { TimelineRows } from './timeline-rows.tsx';
import type { View } from './timeline-views.ts';
import { viewsOf } from './timeline-views.ts';

const kinds: readonly SegmentKind[] = ['work', 'gate', 'queue', 'failed', 'retry'];

/** The canvas comes when somebody looks at it. */
const GraphView = lazy(async () => ({ default: (await import('./graph-view.tsx')).GraphView }));

export interface TimelineScreenProps {
  epicId: EpicId;
  /** Of the address; what it names is shown, or where the time went. */
  view: string | null;
}

export function TimelineScreen({ epicId, view }: TimelineScreenProps) {
  const self = useSelf();
  const now = useNow();
  const [, navigate] = useLocation();
  const { epic, timeline, workflow, statusOf, progress } = useLive((state) => {
    const found = state.epics.get(epicId);
    return {
      epic: found,
      timeline: epicTimeline(state, epicId, now as EpochMs),
      workflow: found && state.workflows.get(found.workflow.name),
      statusOf: epicStatus(state, epicId, self),
      progress: progressOf(state, epicId),
    };
  });
  const pace = (timeline?.rows ?? []).filter(({ isCritical }) => isCritical).map(({ task }) => task.id);
  const paceText = pace.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids as a text stay the same while the path does
  const critical = useMemo(() => new Set(pace), [paceText]);
  if (!epic || !timeline) {
    return (
      <Page title={strings.title}>
        <EmptyState title={strings.notFound}>{strings.notFoundMore}</EmptyState>
      </Page>
    );
  }
  const views = viewsOf(epic, workflow);
  const shown = views.find((one) => one === view) ?? 'timeline';
  return (
    <Page
      title={epic.title}
      fixed={shown === 'graph'}
      beside={
        <div className="flex items-center gap-3 pl-2">
          <Segmented
            label={strings.show}
            value={shown}
            onChange={(next: View) =>
              navigate(`/timeline/${epicId}${next === 'timeline' ? '' : `/${next}`}`, { replace: true })
            }
            segments={views.map((value) => ({ value, label: strings.views[value] }))}
          />
          <Meter label={epic.title} value={progress.progress} tone="alive" className="w-44 max-md:hidden" />
        </div>
      }
      actions={
        <Link href={`/board/${epicId}`} className="flex items-center gap-1.5 text-muted hover:text-ink">
          <Icon name="board" />
          {strings.back}
        </Link>
      }
    >
      {shown === 'graph' ? (
        <Suspense fallback={null}>
          <GraphView epicId={epicId} title={epic.title} critical={critical} />
        </Suspense>
      ) : (
        <div className="flex flex-col gap-5 overflow-x-auto p-6 max-md:p-4">
          {shown === 'timeline' || !workflow ? (
            <>
              <Sums timeline={timeline} />
              <TimelineRows title={epic.title} timeline={timeline} />
            </>
          ) : (
            <WorkflowMap
              label={shared.workflowStrip(workflow.id)}
              steps={workflow.steps}
              statusOf={statusOf}
            />
          )}
        </div>
      )}
    </Page>
  );
}

/** The legend, with what each kind of time came to. */
function Sums({ timeline: { from, to, sums } }: { timeline: EpicTimeline }) {
  return (
    <div className="flex flex-wrap items-end gap-x-7 gap-y-3">
      <dl className="flex flex-wrap items-end gap-x-7 gap-y-3">
        <div>
          <dt className="text-faint text-xs">{strings.total}</dt>
          <dd className="font-mono text-lg">{formatDuration(to - from)}</dd>
        </div>
        {kinds
          .filter((kind) => sums[kind] > 0)
          .map((kind) => (
            <div key={kind}>
              <dt className="flex items-center gap-1.5 text-faint text-xs">
                <span
                  aria-hidden="true"
                  className={`inline-block w-4 ${segmentLooks[kind].replace('h-5', 'h-2.5')}`}
                />
                {strings.kinds[kind]}
              </dt>
              <dd className="font-mono text-lg">{formatDuration(sums[kind])}</dd>
            </div>
          ))}
      </dl>
      <span className="flex items-center gap-1.5 pb-1 text-faint text-xs">
        <Icon name="critical" className="size-4 text-needs" />
        {strings.critical}
      </span>
    </div>
  );
}
