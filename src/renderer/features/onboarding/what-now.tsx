/** The epic is done: what it took, and where to go from here. */
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Epic } from '../../../core/epic/epic.ts';
import { EpicDialog } from '../../company/epic-dialog.tsx';
import { Button } from '../../design/button.tsx';
import { Card } from '../../design/card.tsx';
import { CopyButton } from '../../design/copy-button.tsx';
import type { IconName } from '../../design/icon.tsx';
import { Icon } from '../../design/icon.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { formatDuration } from '../../lib/format.ts';
import { demoFigures } from './demo-state.ts';
import { strings } from './strings.ts';

const modelCommand = 'agentcoord models set anthropic';

export function WhatNow({ epic }: { epic: Epic }) {
  const figures = useLive((state) => demoFigures(state, epic));
  const [composing, setComposing] = useState(false);
  const told = [
    [formatDuration(figures.durationMs), strings.figures.duration],
    [String(figures.steps), strings.figures.steps(figures.steps)],
    [String(figures.agents), strings.figures.agents(figures.agents)],
    [String(figures.artifacts), strings.figures.artifacts(figures.artifacts)],
    [String(figures.signOffs), strings.figures.signOffs(figures.signOffs)],
  ] as const;
  return (
    <div className="flex flex-col gap-7">
      <dl className="flex flex-wrap overflow-hidden rounded-lg border border-line bg-surface">
        {told.map(([figure, what]) => (
          <div
            key={what}
            className="flex min-w-32 flex-1 flex-col-reverse border-line border-r px-5 py-3.5 last:border-r-0"
          >
            <dt className="text-muted text-xs">{what}</dt>
            <dd className="font-mono text-xl">{figure}</dd>
          </div>
        ))}
      </dl>
      <section aria-labelledby="what-now">
        <h2 id="what-now" className="mb-3 font-semibold text-lg">
          {strings.whatNow}
        </h2>
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(280px,1fr))] gap-3">
          <Way icon="plus" title={strings.ways.own} text={strings.ways.ownMore}>
            <Button look="primary" onPress={() => setComposing(true)}>
              {strings.ways.ownDo}
            </Button>
          </Way>
          <Way icon="worker" title={strings.ways.model} text={strings.ways.modelMore}>
            <span className="flex min-w-0 flex-wrap items-center gap-1">
              <code className="whitespace-nowrap rounded-sm bg-hover px-1.5 py-0.5 font-mono text-xs">
                {modelCommand}
              </code>
              <CopyButton text={() => modelCommand} label={strings.copy} copiedLabel={strings.copied} />
            </span>
          </Way>
          <Way icon="org" title={strings.ways.org} text={strings.ways.orgMore}>
            <Way.To href="/org">{strings.ways.orgDo}</Way.To>
          </Way>
          <Way icon="workflow" title={strings.ways.workflow} text={strings.ways.workflowMore}>
            <Way.To href="/workflows">{strings.ways.workflowDo}</Way.To>
          </Way>
          <Way icon="channel" title={strings.ways.channel} text={strings.ways.channelMore}>
            <Way.To href="/channels">{strings.ways.channelDo}</Way.To>
          </Way>
          <Way icon="time" title={strings.ways.look} text={strings.ways.lookMore}>
            <Way.To href={`/timeline/${epic.id}`}>{strings.ways.lookDo}</Way.To>
          </Way>
        </ul>
      </section>
      <EpicDialog isOpen={composing} onClose={() => setComposing(false)} />
    </div>
  );
}

interface WayProps {
  icon: IconName;
  title: string;
  text: string;
  children: ReactNode;
}

function Way({ icon, title, text, children }: WayProps) {
  return (
    <li className="flex">
      <Card className="flex w-full flex-col gap-2 p-4">
        <h3 className="flex items-center gap-2 font-semibold">
          <Icon name={icon} className="text-alive" />
          {title}
        </h3>
        <p className="flex-1 text-muted">{text}</p>
        <div className="pt-1">{children}</div>
      </Card>
    </li>
  );
}

Way.To = function To({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="text-alive underline underline-offset-2">
      {children}
    </Link>
  );
};
