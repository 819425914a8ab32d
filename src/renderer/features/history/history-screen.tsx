/** The life of the company: any moment of it, screen by screen as it was; what differs from another; who did what. */
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Router, useLocation } from 'wouter';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { Page, WithinPage } from '../../design/page.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { useActs } from '../../lib/acts.ts';
import { PastCompany } from '../../lib/past-company.tsx';
import { useKeys } from '../../lib/use-keys.ts';
import { AuditPanel } from './audit-panel.tsx';
import { CompanyThen } from './company-then.tsx';
import { DiffPanel } from './diff-panel.tsx';
import { Film } from './film.tsx';
import { strings } from './strings.ts';
import { TimeBar } from './time-bar.tsx';
import type { Landmark } from './use-landmarks.ts';
import { useLandmarks } from './use-landmarks.ts';
import type { Past } from './use-past.ts';
import { usePast } from './use-past.ts';

/** A screen of the company that can be shown as it was. */
export interface PastView {
  /** Its place in the address, as for the screen of now: what it links to leads to the past, too. */
  readonly id: string;
  readonly label: string;
  readonly content: ReactNode;
}

export interface HistoryScreenProps {
  /** Which of the views is shown; null: the company at a glance. */
  view: string | null;
  views: readonly PastView[];
}

export const historyPath = '/history';
const glance = 'glance';

export function HistoryScreen({ view, views }: HistoryScreenProps) {
  const past = usePast();
  const landmarks = useLandmarks();
  const [, navigate] = useLocation();
  const [showsPanel, setShowsPanel] = useState(true);
  const { player, jump } = past;
  const { seq } = player.state;
  const landmarkBeyond = async (step: 1 | -1) => {
    if (step === 1) {
      const next = landmarks.known.find((one) => one.seq > seq);
      if (next) jump(next.seq);
      return;
    }
    const before = (all: readonly Landmark[]) => all.findLast((one) => one.seq < seq);
    const last = before(landmarks.known) ?? before(await landmarks.askEarlier());
    if (last) jump(last.seq);
  };
  const [speed, setSpeed] = useState(5);
  const play = () => (player.isPlaying ? player.pause() : player.play(speed));
  useKeys({
    p: play,
    '[': () => jump(seq - 1),
    ']': () => void player.step(),
    '{': () => void landmarkBeyond(-1),
    '}': () => void landmarkBeyond(1),
    c: () => past.compareWith(seq),
  });
  useActs({
    'history.play': play,
    'history.now': () => jump(past.head),
    'history.step': () => jump(seq - 1),
    'history.landmark': () => landmarkBeyond(-1),
    'history.compare': () => past.compareWith(seq),
  });
  const shown = views.find(({ id }) => id === view);
  return (
    <Page
      title={strings.title}
      fixed
      beside={
        <div className="pl-2">
          <Segmented
            label={strings.views}
            value={shown?.id ?? glance}
            onChange={(id) => navigate(id === glance ? historyPath : `${historyPath}/${id}`)}
            segments={[
              { value: glance, label: strings.glance },
              ...views.map(({ id, label }) => ({ value: id, label })),
            ]}
          />
        </div>
      }
      actions={
        <Button look="quiet" aria-pressed={showsPanel} onPress={() => setShowsPanel(!showsPanel)}>
          {showsPanel ? strings.hidePanel : strings.showPanel}
        </Button>
      }
    >
      <div className="flex h-full min-h-0 flex-col">
        <TimeBar
          past={past}
          landmarks={landmarks.known}
          onLandmark={(step) => void landmarkBeyond(step)}
          speed={speed}
          onSpeed={(next) => {
            setSpeed(next);
            if (player.isPlaying) player.play(next);
          }}
          onPlay={play}
        />
        {player.refusal !== null && (
          <Notice tone="failure" className="mx-4 mt-3">
            {player.refusal}
          </Notice>
        )}
        <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
          <div className="min-h-0 min-w-0 flex-1 max-lg:h-[80vh] max-lg:flex-none">
            <Stand past={past}>{shown?.content ?? <CompanyThen />}</Stand>
          </div>
          {showsPanel && <Panel past={past} />}
        </div>
      </div>
    </Page>
  );
}

/** The part of the page that stands in the past. */
function Stand({ past: { player }, children }: { past: Past; children: ReactNode }) {
  const { seq } = player.state;
  if (seq === 0 || player.at === null) {
    return (
      <div className="p-6">
        <Skeleton label={strings.loading} rows={5} />
      </div>
    );
  }
  return (
    <PastCompany past={player.past} moment={{ seq, at: player.at }}>
      <Router base={historyPath}>
        <WithinPage>{children}</WithinPage>
      </Router>
    </PastCompany>
  );
}

type Tab = keyof typeof strings.tabs;

function Panel({ past }: { past: Past }) {
  const [tab, setTab] = useState<Tab>('audit');
  const { at } = past.player;
  const { seq } = past.player.state;
  return (
    <aside
      aria-label={strings.show}
      className="flex min-h-0 w-96 shrink-0 flex-col gap-4 overflow-y-auto border-line border-l p-4 max-lg:w-full max-lg:shrink-0 max-lg:overflow-visible max-lg:border-t max-lg:border-l-0 lg:max-xl:w-80"
    >
      <span>
        <Segmented
          label={strings.show}
          value={tab}
          onChange={setTab}
          segments={(['audit', 'diff', 'film'] as const).map((value) => ({
            value,
            label: strings.tabs[value],
          }))}
        />
      </span>
      {tab === 'audit' && seq > 0 && at !== null && <AuditPanel moment={{ seq, at }} past={past} />}
      {tab === 'diff' && seq > 0 && <DiffPanel past={past} />}
      {tab === 'film' && <Film player={past.player} />}
    </aside>
  );
}
