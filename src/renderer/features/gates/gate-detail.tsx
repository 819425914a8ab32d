/** One gate: its slots, what is signed, and the decision. */
import { useEffect } from 'react';
import { Link } from 'wouter';
import { slotsNeeding } from '../../../core/gate/asked-slots.ts';
import type { Gate } from '../../../core/gate/gate.ts';
import { gatedEpic } from '../../../core/gate/gated-work.ts';
import type { GateId } from '../../../core/ids.ts';
import { ArtifactTabs } from '../../company/artifact-tabs.tsx';
import { gateSlots } from '../../company/gate-slots.ts';
import { gatePhase } from '../../company/phase.ts';
import { SlotRow } from '../../company/slot-row.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { Hash } from '../../design/hash.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { Tag } from '../../design/tag.tsx';
import { Ago, Lasting } from '../../lib/ago.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { formatList } from '../../lib/format.ts';
import { useIsPast } from '../../lib/moment.ts';
import { ArbitrationPanel } from './arbitration-panel.tsx';
import { CheckList } from './check-list.tsx';
import { CostFacts } from './cost-facts.tsx';
import { gateEvidence } from './gate-evidence.ts';
import { gatePlace } from './gate-place.ts';
import { NotNowFacts } from './not-now-bar.tsx';
import { RoundList } from './round-list.tsx';
import { markSeen } from './seen-evidence.ts';
import { SignPanel } from './sign-panel.tsx';
import { strings } from './strings.ts';
import { TimeLeft } from './time-left.tsx';

export function GateDetail({ gateId }: { gateId: GateId }) {
  const gate = useLive((state) => state.gates.get(gateId));
  const isPast = useIsPast();
  if (!gate) return <EmptyState title={strings.notFound}>{strings.notFoundMore}</EmptyState>;
  return (
    <article aria-label={gate.name} tabIndex={-1} className="flex h-full flex-col outline-offset-[-2px]">
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5 max-md:px-4">
        <div className="flex max-w-5xl flex-col gap-6">
          <GateHeader gate={gate} />
          <TimeLeft gate={gate} />
          <GateSlots gate={gate} />
          <NotNowFacts gate={gate} />
          <StateNotice gate={gate} />
          <GateEvidence gate={gate} />
        </div>
      </div>
      {!isPast && gate.state === 'waiting' && <SignPanel gate={gate} />}
      {!isPast && gate.state === 'vetoed' && <ArbitrationPanel gate={gate} />}
    </article>
  );
}

function GateHeader({ gate }: { gate: Gate }) {
  const { place, epic, authors } = useLive((state) => ({
    place: gatePlace(state, gate),
    epic: gatedEpic(state, gate),
    authors: gate.request ? [] : gate.authors.flatMap((id) => state.members.get(id)?.name ?? []),
  }));
  const phase = gatePhase(gate);
  return (
    <header className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-2.5">
        <h2 className="font-medium font-mono text-xl">{gate.name}</h2>
        <Tag tone={gate.state === 'open' ? 'alive' : phase.tone}>{phase.label}</Tag>
        {gate.waitingSince !== null && gate.state === 'waiting' && (
          <span className="flex items-center gap-1 text-muted text-xs">
            <Icon name="clock" className="size-3.5" />
            {strings.waitingFor} <Lasting from={gate.waitingSince} to={null} />
          </span>
        )}
        {gate.openedAt !== null && (
          <span className="text-muted text-xs">
            {strings.opened} <Ago at={gate.openedAt} />
          </span>
        )}
      </div>
      <p className="text-muted">
        {place}
        {authors.length > 0 && `, ${strings.authors(formatList(authors))}`}
        {epic && (
          <>
            {' · '}
            <Link
              href={`/board/${epic.id}/${gate.taskId}`}
              className="rounded-sm text-ink underline decoration-line-strong underline-offset-2 hover:decoration-alive"
            >
              {epic.title}
            </Link>
          </>
        )}
      </p>
    </header>
  );
}

function GateSlots({ gate }: { gate: Gate }) {
  const self = useSelf();
  const slots = useLive((state) => gateSlots(state, gate));
  const rules = [
    gate.rule.humanRequired && strings.humanRequired,
    gate.rule.selfApproval === 'forbidden' && strings.selfForbidden,
    gate.rule.distinct && slots.length > 1 && strings.distinct,
  ].filter((rule) => rule !== false);
  return (
    <section aria-label={strings.slots}>
      <div className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h3 className="font-semibold">{strings.slots}</h3>
        <p className="text-faint text-xs">
          {[strings.slotsHelp, ...rules.map((rule) => `${rule}.`)].join(' ')}
        </p>
      </div>
      <SlotRow slots={slots} yours={slotsNeeding(gate, slots, self)} />
    </section>
  );
}

function StateNotice({ gate }: { gate: Gate }) {
  switch (gate.state) {
    case 'waiting':
    case 'vetoed':
    case 'open':
      return null;
    case 'rejected':
      return (
        <Notice tone="waiting">
          {gate.request ? strings.rejectedFinally(gate.refusal?.note ?? '') : strings.rejectedBecause}
        </Notice>
      );
    case 'pending':
      return <Notice tone="waiting">{strings.pendingBecause}</Notice>;
    case 'cancelled':
      return <Notice tone="waiting">{gate.request ? strings.takenBack : strings.cancelledBecause}</Notice>;
  }
}

function GateEvidence({ gate }: { gate: Gate }) {
  const { id, artifactHash } = gate;
  const isPast = useIsPast();
  useEffect(() => {
    // To have looked at it then says nothing about what is to be signed now.
    if (!isPast) markSeen({ id, artifactHash });
  }, [id, artifactHash, isPast]);
  const { artifacts, proofs, sources, rounds } = useLive((state) => gateEvidence(state, gate));
  return (
    <section aria-label={strings.evidence} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-semibold">
          {gate.rule.position === 'after' ? strings.evidence : strings.evidenceBefore}
        </h3>
        {gate.artifactHash && (
          <span className="flex items-center gap-1.5 text-faint text-xs">
            {strings.hash} <Hash value={gate.artifactHash} label={strings.copyHash} shown={16} />
          </span>
        )}
      </div>
      {artifacts.length > 0 ? (
        <ArtifactTabs artifacts={artifacts} />
      ) : (
        <p className="text-muted">
          {sources.length === 0 && gate.rule.position === 'before'
            ? strings.evidenceEpic
            : strings.noEvidence}
        </p>
      )}
      {proofs.map((proof) => (
        <CheckList key={proof.hash} proof={proof} />
      ))}
      <CostFacts sources={sources} />
      {rounds.length > 0 && <RoundList rounds={rounds} />}
    </section>
  );
}
