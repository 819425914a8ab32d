/** Home: how the company is, what needs you, how far the epics are, what just happened. */
import { useState } from 'react';
import { Link } from 'wouter';
import type { Epic } from '../../../core/epic/epic.ts';
import { EpicDialog } from '../../company/epic-dialog.tsx';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { Page } from '../../design/page.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { useKeys } from '../../lib/use-keys.ts';
import { Activity } from './activity.tsx';
import { CompanySwitch } from './company-switch.tsx';
import { EpicList } from './epic-list.tsx';
import { NeedsYou } from './needs-you.tsx';
import { Pulse } from './pulse.tsx';
import { strings } from './strings.ts';

export function HomeScreen() {
  const [composing, setComposing] = useState(false);
  useKeys({ n: () => setComposing(true) });
  const { company, epics } = useLive((state) => ({
    company: state.company,
    epics: [...state.epics.values()].sort((a, b) => b.createdAt - a.createdAt),
  }));
  const running = epics.filter((epic) => !hasEnded(epic));
  const ended = epics.filter(hasEnded);
  const start = (
    <Button look="primary" icon="plus" onPress={() => setComposing(true)}>
      {strings.newEpic}
    </Button>
  );
  return (
    <Page
      title={company?.name ?? strings.title}
      actions={
        <>
          <CompanySwitch />
          {start}
        </>
      }
    >
      <EpicDialog isOpen={composing} onClose={() => setComposing(false)} />
      {epics.length === 0 ? (
        <EmptyState
          title={strings.noEpics}
          action={
            <span className="flex flex-wrap items-center justify-center gap-3">
              {start}
              <Link href="/first-steps" className="text-alive underline underline-offset-2">
                {strings.watchDemo}
              </Link>
            </span>
          }
        >
          {strings.noEpicsMore}
        </EmptyState>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)_minmax(240px,320px)] items-start gap-7 p-6 max-lg:grid-cols-[minmax(0,1fr)] max-md:p-4">
          <div className="flex min-w-0 flex-col gap-6">
            <Pulse />
            <NeedsYou />
            <section aria-labelledby="epics">
              <h2 id="epics" className="mb-2 font-semibold text-base">
                {strings.epics}
              </h2>
              <EpicList epics={[...running, ...ended]} />
            </section>
          </div>
          <Activity />
        </div>
      )}
    </Page>
  );
}

function hasEnded({ state }: Epic): boolean {
  return state === 'completed' || state === 'cancelled';
}
