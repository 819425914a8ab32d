/** What the page shows, by how it is joined to its host: a wait, a refusal, the first steps, or the app. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { StatusDot } from '../design/status-dot.tsx';
import { Toasts } from '../design/toast.tsx';
import { FirstEpicScreen } from '../features/onboarding/first-epic-screen.tsx';
import { WelcomeScreen } from '../features/onboarding/welcome-screen.tsx';
import { useConnection, useConnectionStatus, useLive } from '../lib/company-context.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Shell } from './shell.tsx';
import { strings } from './strings.ts';

export function App() {
  return (
    <ErrorBoundary>
      <Stage />
      <Toasts label={strings.toasts} closeLabel={strings.close} />
    </ErrorBoundary>
  );
}

function Stage() {
  const connection = useConnection();
  const status = useConnectionStatus();
  /** Nothing that was open, drawn or typed in one company is shown in another. */
  const companyId = useLive(({ company }) => company?.id);
  const [, navigate] = useLocation();
  /** The company is made in this window; once it is there, its first epic comes next. */
  const [founding, setFounding] = useState(false);
  const found = (path: string) => () => {
    setFounding(false);
    navigate(path);
  };
  switch (status.kind) {
    case 'connecting':
      return <Connecting />;
    case 'refused':
      return (
        <main className="h-full">
          {connection.live.state.company ? (
            <EmptyState isPage title={strings.startedAnew}>
              {strings.startedAnewMore}
            </EmptyState>
          ) : (
            <EmptyState isPage title={strings.refused}>
              {status.error.message}
            </EmptyState>
          )}
        </main>
      );
    case 'choose':
      return (
        <main className="h-full">
          <EmptyState
            isPage
            title={strings.choose}
            action={
              <span className="flex flex-wrap justify-center gap-2">
                {status.companies.map(({ id, name }) => (
                  <Button key={id} onPress={() => void connection.choose(id)}>
                    {name}
                  </Button>
                ))}
              </span>
            }
          >
            {strings.chooseMore}
          </EmptyState>
        </main>
      );
    case 'no-company':
      return (
        <WelcomeScreen
          onCreate={(isEmpty) => {
            // Who draws a company wants to draw first; Home offers the demo once somebody could do it.
            if (isEmpty) navigate('/org');
            setFounding(!isEmpty);
          }}
        />
      );
    case 'live':
      return founding ? (
        <FirstEpicScreen
          onDemo={(epicId) => found(`/first-steps/${epicId}`)()}
          onStarted={found('/board')}
          onLater={found('/board')}
        />
      ) : (
        <Shell key={companyId} />
      );
    case 'lost':
      if (status.hadCompany) return <Shell key={companyId} />;
      return (
        <div className="flex h-full flex-col">
          <ConnectionBanner />
          <Connecting />
        </div>
      );
  }
}

function Connecting() {
  return (
    <main className="grid h-full place-items-center">
      <h1 className="sr-only">{strings.product}</h1>
      <p role="status" className="flex items-center gap-2 text-muted">
        <StatusDot status="alive" live />
        {strings.connecting}
      </p>
    </main>
  );
}
