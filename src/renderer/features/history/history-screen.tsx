/** The life of the company: any moment of it, what happened since, and who did what. */
import { useState } from 'react';
import { describeEvent } from '../../company/describe-event.ts';
import { Notice } from '../../design/notice.tsx';
import { Page } from '../../design/page.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { useSelf } from '../../lib/company-context.tsx';
import { formatClock } from '../../lib/format.ts';
import { useAsked } from '../../lib/use-asked.ts';
import { AuditPanel } from './audit-panel.tsx';
import { CompanyThen } from './company-then.tsx';
import { DiffPanel } from './diff-panel.tsx';
import type { PastPlayer } from './past-player.ts';
import { strings } from './strings.ts';
import { TimeBar } from './time-bar.tsx';
import { usePast } from './use-past.ts';

type Tab = keyof typeof strings.tabs;

export function HistoryScreen() {
  const self = useSelf();
  const { player, head } = usePast();
  const [tab, setTab] = useState<Tab>('audit');
  const { seq } = player.state;
  const { answer: lastEvents } = useAsked('events', { after: Math.max(0, seq - 1) as typeof seq, limit: 1 });
  const at = player.told[0]?.at ?? lastEvents?.find((event) => event.seq === seq)?.at ?? null;
  return (
    <Page title={strings.title} fixed>
      <div className="flex h-full min-h-0 flex-col">
        <TimeBar player={player} head={head} at={at} />
        <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(320px,46%)] max-lg:grid-cols-1 max-lg:overflow-y-auto">
          <div className="min-h-0 p-6 max-md:p-4 lg:overflow-y-auto">
            {player.refusal !== null && <Notice tone="failure">{player.refusal}</Notice>}
            <CompanyThen state={player.state} self={self} />
          </div>
          <div className="flex min-h-0 flex-col gap-4 border-line p-6 max-lg:border-t max-md:p-4 lg:overflow-y-auto lg:border-l">
            <Segmented
              label={strings.show}
              value={tab}
              onChange={setTab}
              segments={(['audit', 'diff', 'film'] as const).map((value) => ({
                value,
                label: strings.tabs[value],
              }))}
            />
            {tab === 'audit' && seq > 0 && <AuditPanel until={seq} onGo={(to) => void player.jump(to)} />}
            {tab === 'diff' && seq > 0 && <DiffPanel seq={seq} head={head} />}
            {tab === 'film' && <Film player={player} />}
          </div>
        </div>
      </div>
    </Page>
  );
}

function Film({ player }: { player: PastPlayer }) {
  const lines = player.told.flatMap((stored) => {
    const line = describeEvent(player.state, stored);
    return line ? [{ ...line, seq: stored.seq, at: stored.at }] : [];
  });
  if (lines.length === 0) return <p className="text-muted">{strings.filmEmpty}</p>;
  return (
    <ol className="flex flex-col">
      {lines.map(({ seq, at, status, text }) => (
        <li key={seq} className="flex items-start gap-2.5 py-1">
          <StatusDot status={status} className="mt-1" />
          <span className="min-w-0 flex-1 break-words">{text}</span>
          <span className="whitespace-nowrap font-mono text-faint text-xs leading-5">{formatClock(at)}</span>
        </li>
      ))}
    </ol>
  );
}
