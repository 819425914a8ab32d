/** The frame of the running app: sidebar, connection banner, the screen, the keys that work everywhere. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../design/button.tsx';
import { useLive } from '../lib/company-context.tsx';
import { focusScreen } from '../lib/focus-screen.ts';
import { nextLook, setLook, useLook } from '../lib/look.ts';
import { useKeys } from '../lib/use-keys.ts';
import { Announcer } from './announce/announcer.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { CutOffBanner } from './cut-off-banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { KeyHelp } from './key-help.tsx';
import { usePalette } from './palette/use-palette.tsx';
import { PauseBanner } from './pause-banner.tsx';
import { Screens } from './screens.tsx';
import { Sidebar } from './sidebar.tsx';
import { strings } from './strings.ts';

export function Shell() {
  const [location, navigate] = useLocation();
  const [showsKeys, setShowsKeys] = useState(false);
  const theme = useLook('theme');
  const companyId = useLive(({ company }) => company?.id);
  const go = (path: string) => () => {
    navigate(path);
    focusScreen();
  };
  useKeys({
    'g h': go('/'),
    'g b': go('/board'),
    'g g': go('/gates'),
    'g o': go('/org'),
    'g f': go('/workflows'),
    'g w': go('/workers'),
    'g t': go('/threads'),
    'g m': go('/costs'),
    'g r': go('/reviews'),
    'g y': go('/history'),
    'g c': go('/conflicts'),
    'g ,': go('/settings'),
    t: () => setLook('theme', nextLook('theme', theme)),
    '?': () => setShowsKeys(true),
  });
  const palette = usePalette(() => setShowsKeys(true));
  const [, screen = ''] = location.split('/');
  return (
    <div className="flex h-full max-md:flex-col-reverse">
      <Button
        className="sr-only z-50 focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
        onPress={focusScreen}
      >
        {strings.skip}
      </Button>
      <Sidebar onShowKeys={() => setShowsKeys(true)} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <ConnectionBanner />
        <CutOffBanner key={companyId} />
        <PauseBanner />
        <div className="min-h-0 flex-1">
          <ErrorBoundary key={screen}>
            <Screens />
          </ErrorBoundary>
        </div>
      </div>
      {palette}
      <Announcer key={`said ${companyId}`} />
      <KeyHelp isOpen={showsKeys} onClose={() => setShowsKeys(false)} />
    </div>
  );
}
