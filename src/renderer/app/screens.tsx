/** Which address shows which screen. */
import { lazy, Suspense } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import {
  conflictIdSchema,
  epicIdSchema,
  gateIdSchema,
  taskIdSchema,
  threadIdSchema,
  workerIdSchema,
  workflowNameSchema,
} from '../../core/ids.ts';
import { EmptyState } from '../design/empty-state.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { ChannelsScreen } from '../features/channels/channels-screen.tsx';
import { ConflictsScreen } from '../features/conflicts/conflicts-screen.tsx';
import { CostsScreen } from '../features/costs/costs-screen.tsx';
import { GatesScreen } from '../features/gates/gates-screen.tsx';
import { HistoryScreen } from '../features/history/history-screen.tsx';
import { HomeScreen } from '../features/home/home-screen.tsx';
import { DemoScreen } from '../features/onboarding/demo-screen.tsx';
import { FirstEpicScreen } from '../features/onboarding/first-epic-screen.tsx';
import { ReviewsScreen } from '../features/reviews/reviews-screen.tsx';
import { ThreadsScreen } from '../features/threads/threads-screen.tsx';
import { TimelineScreen } from '../features/timeline/timeline-screen.tsx';
import { BoardScreen } from '../features/work-board/board-screen.tsx';
import { WorkersScreen } from '../features/workers/workers-screen.tsx';
import { strings } from './strings.ts';

/** The canvas comes when somebody draws: the other screens start without it. */
const OrgScreen = lazy(async () => ({
  default: (await import('../features/org-chart/org-screen.tsx')).OrgScreen,
}));

const WorkflowsScreen = lazy(async () => ({
  default: (await import('../features/workflows/workflows-screen.tsx')).WorkflowsScreen,
}));

const Settings = lazy(async () => ({
  default: (await import('./settings.tsx')).Settings,
}));

export function Screens() {
  const [, navigate] = useLocation();
  return (
    <Switch>
      <Route path="/">
        <HomeScreen />
      </Route>
      <Route path="/board/:first?/:second?">
        {({ first, second }) => <BoardScreen {...boardPath([first, second])} />}
      </Route>
      <Route path="/timeline/:id/:view?">
        {({ id, view }) => <TimelineScreen epicId={epicIdSchema.parse(id)} view={view ?? null} />}
      </Route>
      <Route path="/gates/:id?">
        {({ id }) => <GatesScreen gateId={id === undefined ? null : gateIdSchema.parse(id)} />}
      </Route>
      <Route path="/org">
        <Suspense fallback={<ScreenLoading />}>
          <OrgScreen />
        </Suspense>
      </Route>
      <Route path="/workflows/:name?">
        {({ name }) => (
          <Suspense fallback={<ScreenLoading />}>
            <WorkflowsScreen name={name === undefined ? null : workflowNameSchema.parse(name)} />
          </Suspense>
        )}
      </Route>
      <Route path="/workers/:id?">
        {({ id }) => <WorkersScreen workerId={id === undefined ? null : workerIdSchema.parse(id)} />}
      </Route>
      <Route path="/threads/:id?">
        {({ id }) => <ThreadsScreen threadId={id === undefined ? null : threadIdSchema.parse(id)} />}
      </Route>
      <Route path="/reviews">
        <ReviewsScreen />
      </Route>
      <Route path="/history">
        <HistoryScreen />
      </Route>
      <Route path="/costs">
        <CostsScreen />
      </Route>
      <Route path="/channels/:name?">{({ name }) => <ChannelsScreen name={name ?? null} />}</Route>
      <Route path="/conflicts/:id?">
        {({ id }) => <ConflictsScreen conflictId={id === undefined ? null : conflictIdSchema.parse(id)} />}
      </Route>
      <Route path="/first-steps">
        <FirstEpicScreen
          onDemo={(epicId) => navigate(`/first-steps/${epicId}`)}
          onStarted={() => navigate('/board')}
          onLater={() => navigate('/')}
        />
      </Route>
      <Route path="/first-steps/:id">{({ id }) => <DemoScreen epicId={epicIdSchema.parse(id)} />}</Route>
      <Route path="/settings/:section?">
        {({ section }) => (
          <Suspense fallback={<ScreenLoading />}>
            <Settings section={section} />
          </Suspense>
        )}
      </Route>
      <Route>
        <main className="h-full">
          <EmptyState
            title={strings.notFound}
            action={
              <Link href="/" className="text-alive underline underline-offset-2">
                {strings.goHome}
              </Link>
            }
          >
            {strings.notFoundMore}
          </EmptyState>
        </main>
      </Route>
    </Switch>
  );
}

/** While the code of a screen is on its way. */
function ScreenLoading() {
  return (
    <main className="h-full p-6" id="main" tabIndex={-1}>
      <Skeleton label={strings.loading} rows={5} />
    </main>
  );
}

/** `/board/epic_…`, `/board/task_…` and `/board/epic_…/task_…`: ids say of themselves what they are. */
function boardPath(parts: readonly (string | undefined)[]) {
  const epic = parts.find((part) => part?.startsWith('epic_'));
  const task = parts.find((part) => part?.startsWith('task_'));
  return {
    epicId: epic === undefined ? null : epicIdSchema.parse(epic),
    taskId: task === undefined ? null : taskIdSchema.parse(task),
  };
}
