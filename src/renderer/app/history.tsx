/** The history, with the screens of other features that it shows as they were. */
import { lazy, Suspense } from 'react';
import { Redirect } from 'wouter';
import { gateIdSchema } from '../../core/ids.ts';
import { Skeleton } from '../design/skeleton.tsx';
import { GatesScreen } from '../features/gates/gates-screen.tsx';
import { HistoryScreen } from '../features/history/history-screen.tsx';
import { BoardScreen } from '../features/work-board/board-screen.tsx';
import { boardPlace } from './board-place.ts';
import { strings } from './strings.ts';

/** The canvas comes when somebody looks at it. */
const ChartThen = lazy(async () => ({
  default: (await import('../features/org-chart/chart-then.tsx')).ChartThen,
}));

export interface HistoryProps {
  view: string | undefined;
  /** What the view is about. */
  parts: readonly [string | undefined, string | undefined];
}

export function History({ view, parts }: HistoryProps) {
  const views = [
    {
      id: 'org',
      label: strings.org,
      content: (
        <Suspense fallback={<Skeleton label={strings.loading} rows={5} />}>
          <ChartThen />
        </Suspense>
      ),
    },
    { id: 'board', label: strings.board, content: <BoardScreen {...boardPlace(parts)} /> },
    {
      id: 'gates',
      label: strings.gates,
      content: <GatesScreen gateId={gateIdSchema.safeParse(parts[0]).data ?? null} />,
    },
  ];
  // What has no past to be looked at, such as the log of a worker, is shown where it is now.
  if (view !== undefined && !views.some(({ id }) => id === view)) {
    return <Redirect to={`/${[view, ...parts].filter(Boolean).join('/')}`} />;
  }
  return <HistoryScreen view={view ?? null} views={views} />;
}
