/** Which address shows which screen. */
import type { ReactNode } from 'react';
import { lazy, Suspense } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import {
  conflictIdSchema,
  epicIdSchema,
  gateIdSchema,
  threadIdSchema,
  workerIdSchema,
  workflowNameSchema,
} from '../../core/ids.ts';
import { EmptyState } from '../design/empty-state.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { GatesScreen } from '../features/gates/gates-screen.tsx';
import { HomeScreen } from '../features/home/home-screen.tsx';
import { BoardScreen } from '../features/work-board/board-screen.tsx';
import { boardPlace } from './board-place.ts';
import { strings } from './strings.ts';

/** What everybody looks at first comes with the page; the code of the other screens when somebody goes there. */
const ChannelsScreen = lazy(async () => ({
  default: (await import('../features/channels/channels-screen.tsx')).ChannelsScreen,
}));
const ConflictsScreen = lazy(async () => ({
  default: (await import('../features/conflicts/conflicts-screen.tsx')).ConflictsScreen,
}));
const CostsScreen = lazy(async () => ({
  default: (await import('../features/costs/costs-screen.tsx')).CostsScreen,
}));
const DemoScreen = lazy(async () => ({
  default: (await import('../features/onboarding/demo-screen.tsx')).DemoScreen,
}));
const FirstEpicScreen = lazy(async () => ({
  default: (await import('../features/onboarding/first-epic-screen.tsx')).FirstEpicScreen,
}));
const History = lazy(async () => ({ default: (await import('./history.tsx')).History }));
const OrgScreen = lazy(async () => ({
  default: (await import('../features/org-chart/org-screen.tsx')).OrgScreen,
}));
const PluginsScreen = lazy(async () => ({
  default: (await import('../features/plugins/plugins-screen.tsx')).PluginsScreen,
}));
const ReviewsScreen = lazy(async () => ({
  default: (await import('../features/reviews/reviews-screen.tsx')).ReviewsScreen,
}));
const Settings = lazy(async () => ({ default: (await import('./settings.tsx')).Settings }));
const ThreadsScreen = lazy(async () => ({
  default: (await import('../features/threads/threads-screen.tsx')).ThreadsScreen,
}));
const TimelineScreen = lazy(async () => ({
  default: (await import('../features/timeline/timeline-screen.tsx')).TimelineScreen,
}));
const WorkersScreen = lazy(async () => ({
  default: (await import('../features/workers/workers-screen.tsx')).WorkersScreen,
}));
const WorkflowsScreen = lazy(async () => ({
  default: (await import('../features/workflows/workflows-screen.tsx')).WorkflowsScreen,
}));

export function Screens() {
  return (
    <Suspense fallback={<ScreenLoading />}>
      <Routes />
    </Suspense>
  );
}

function Routes() {
  const [, navigate] = useLocation();
  return (
    <Switch>
      <Route path="/">
        <HomeScreen />
      </Route>
      <Route path="/board/:first?/:second?">
        {({ first, second }) => <BoardScreen {...boardPlace([first, second])} />}
      </Route>
      <Route path="/timeline/:id/:view?">
        {({ id, view }) => (
          <Named text={id} by={epicIdSchema}>
            {(epicId) => epicId && <TimelineScreen epicId={epicId} view={view ?? null} />}
          </Named>
        )}
      </Route>
      <Route path="/gates/:id?">
        {({ id }) => (
          <Named text={id} by={gateIdSchema}>
            {(gateId) => <GatesScreen gateId={gateId} />}
          </Named>
        )}
      </Route>
      <Route path="/org">
        <OrgScreen />
      </Route>
      <Route path="/workflows/:name?">
        {({ name }) => (
          <Named text={name} by={workflowNameSchema}>
            {(workflow) => <WorkflowsScreen name={workflow} />}
          </Named>
        )}
      </Route>
      <Route path="/workers/:id?">
        {({ id }) => (
          <Named text={id} by={workerIdSchema}>
            {(workerId) => <WorkersScreen workerId={workerId} />}
          </Named>
        )}
      </Route>
      <Route path="/threads/:id?">
        {({ id }) => (
          <Named text={id} by={threadIdSchema}>
            {(threadId) => <ThreadsScreen threadId={threadId} />}
          </Named>
        )}
      </Route>
      <Route path="/reviews">
        <ReviewsScreen />
      </Route>
      <Route path="/history/:view?/:first?/:second?">
        {({ view, first, second }) => <History view={view} parts={[first, second]} />}
      </Route>
      <Route path="/costs">
        <CostsScreen />
      </Route>
      <Route path="/channels/:name?">{({ name }) => <ChannelsScreen name={name ?? null} />}</Route>
      <Route path="/plugins/:id?">{({ id }) => <PluginsScreen id={id ?? null} />}</Route>
      <Route path="/conflicts/:id?">
        {({ id }) => (
          <Named text={id} by={conflictIdSchema}>
            {(conflictId) => <ConflictsScreen conflictId={conflictId} />}
          </Named>
        )}
      </Route>
      <Route path="/first-steps">
        <FirstEpicScreen
          onDemo={(epicId) => navigate(`/first-steps/${epicId}`)}
          onStarted={() => navigate('/board')}
          onLater={() => navigate('/')}
        />
      </Route>
      <Route path="/first-steps/:id">
        {({ id }) => (
          <Named text={id} by={epicIdSchema}>
            {(epicId) => epicId && <DemoScreen epicId={epicId} />}
          </Named>
        )}
      </Route>
      <Route path="/settings/:section?">{({ section }) => <Settings section={section} />}</Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

function NotFound() {
  return (
    <main className="h-full" id="main" tabIndex={-1}>
      <EmptyState
        isPage
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
  );
}

interface NamedProps<Id> {
  /** As it stands in the address; left out: the screen without anything chosen. */
  text: string | undefined;
  by: { safeParse: (text: string) => { success: true; data: Id } | { success: false } };
  children: (id: Id | null) => ReactNode;
}

/** An address may be typed, or come from a link: what can't be a name leads to no screen. */
function Named<Id>({ text, by, children }: NamedProps<Id>) {
  if (text === undefined) return children(null);
  const read = by.safeParse(text);
  return read.success ? children(read.data) : <NotFound />;
}

/** While the code of a screen is on its way. */
function ScreenLoading() {
  return (
    <main className="h-full p-6" id="main" tabIndex={-1}>
      <h1 className="sr-only">{strings.loading}</h1>
      <Skeleton label={strings.loading} rows={5} />
    </main>
  );
}
