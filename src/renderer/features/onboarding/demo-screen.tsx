/** The first epic, watched from its start to its end: the company works, the person signs, it is done. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { EpicId } from '../../../core/ids.ts';
import { describeEvent } from '../../company/describe-event.ts';
import { epicStatus } from '../../company/epic-status.ts';
import { WorkflowMap } from '../../company/workflow-map.tsx';
import { Card } from '../../design/card.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { Notice } from '../../design/notice.tsx';
import { Page } from '../../design/page.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { useConnection, useLive, useRecentEvents, useSelf } from '../../lib/company-context.tsx';
import { DemoGate } from './demo-gate.tsx';
import type { DemoStage } from './demo-state.ts';
import { asksAPerson, demoState } from './demo-state.ts';
import { StepsBar } from './steps-bar.tsx';
import { strings } from './strings.ts';
import { WhatNow } from './what-now.tsx';

export function DemoScreen({ epicId }: { epicId: EpicId }) {
  const self = useSelf();
  const { demo, workflow } = useLive((state) => {
    const found = demoState(state, epicId, self);
    return { demo: found, workflow: found && (state.workflows.get(found.epic.workflow.name) ?? null) };
  });
  if (!demo) {
    return (
      <main className="h-full" id="main" tabIndex={-1}>
        <EmptyState isPage title={strings.noDemo}>
          {strings.noDemoMore}
        </EmptyState>
      </main>
    );
  }
  const { epic, stage, gate } = demo;
  const asks = workflow === null || asksAPerson(workflow);
  const steps = [strings.stepCompany, strings.stepWork, ...(asks ? [strings.stepSign] : []), strings.stepNow];
  const at = stage === 'done' ? steps.length : stage === 'signing' ? 2 : 1;
  return (
    <Page
      title={epic.title}
      beside={
        <span className="pl-3">
          <StepsBar steps={steps} at={at} />
        </span>
      }
    >
      <div className="mx-auto flex max-w-6xl flex-col gap-6 p-6 max-md:p-4">
        <header>
          <p role="status" className="font-semibold text-2xl">
            {strings.stages[stage]}
          </p>
          <p className="max-w-[70ch] text-base text-muted">{strings.stagesMore[stage]}</p>
        </header>
        {stage === 'done' ? (
          <WhatNow epic={epic} />
        ) : (
          <div className="grid grid-cols-[minmax(260px,340px)_minmax(0,1fr)] items-start gap-6 max-lg:grid-cols-1">
            <div className="max-lg:order-last">
              {workflow && <Way epicId={epicId} steps={workflow.steps} />}
            </div>
            <Now stage={stage}>
              {gate && <DemoGate key={`${gate.id}:${gate.artifactHash}`} gate={gate} />}
            </Now>
          </div>
        )}
      </div>
    </Page>
  );
}

function Way({ epicId, steps }: { epicId: EpicId; steps: Parameters<typeof WorkflowMap>[0]['steps'] }) {
  const self = useSelf();
  const statusOf = useLive((state) => epicStatus(state, epicId, self));
  return (
    <Card className="py-2 pr-4 pl-1">
      <WorkflowMap label={strings.theWay} steps={steps} statusOf={statusOf} />
    </Card>
  );
}

function Now({ stage, children }: { stage: DemoStage; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-5">
      {stage === 'stuck' && (
        <Notice tone="failure" title={strings.stages.stuck} action={<BoardLink />}>
          {strings.stagesMore.stuck}
        </Notice>
      )}
      {children}
      <Happenings />
    </div>
  );
}

function BoardLink() {
  return (
    <Link href="/board" className="whitespace-nowrap text-alive underline underline-offset-2">
      {strings.toBoard}
    </Link>
  );
}

const shown = 12;

/** What the company does, newest first, as it does it. */
function Happenings() {
  const { live } = useConnection();
  const lines = useRecentEvents()
    .flatMap((stored) => {
      const line = describeEvent(live.state, stored);
      return line ? [{ ...line, seq: stored.seq }] : [];
    })
    .slice(0, shown);
  return (
    <section aria-labelledby="happens">
      <h2 id="happens" className="mb-2 font-semibold">
        {strings.happens}
      </h2>
      <ol className="flex flex-col">
        {lines.map(({ seq, status, text }) => (
          <li key={seq} className="flex animate-enter items-start gap-2.5 py-1">
            <StatusDot status={status} className="mt-1" />
            <span className="min-w-0 flex-1 break-words text-muted">{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
