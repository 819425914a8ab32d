/** One conflict: who did what, where and when, why it no longer fits, all that is kept of it, and the decision. */
import { Link } from 'wouter';
import type { Conflict } from '../../../core/conflict/conflict.ts';
import type { ConflictId } from '../../../core/ids.ts';
import { commandSubject, commandWords } from '../../company/describe-command.ts';
import { hostLabel } from '../../company/host-label.ts';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { strings as shared } from '../../company/strings.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { Hash } from '../../design/hash.tsx';
import { Tag } from '../../design/tag.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { ConflictActs } from './conflict-acts.tsx';
import { doerOf } from './conflict-list.ts';
import { KeptCommandView } from './kept-command.tsx';
import { LedTo } from './led-to.tsx';
import { Section } from './section.tsx';
import { strings } from './strings.ts';

export function ConflictDetail({ conflictId }: { conflictId: ConflictId }) {
  const conflict = useLive((state) => state.conflicts.get(conflictId));
  if (!conflict) return <EmptyState title={strings.notFound}>{strings.notFoundMore}</EmptyState>;
  const { refusal, command, events, resolution } = conflict;
  return (
    <article aria-label={commandWords(command)} className="flex h-full flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5 max-md:px-4">
        <div className="flex max-w-5xl flex-col gap-6">
          <ConflictHeader conflict={conflict} />
          <Section title={strings.why}>
            <p className="rounded-md border border-waiting/50 bg-waiting-soft px-3 py-2">
              {refusal.message}
              <span className="ml-2 font-mono text-waiting text-xs">{refusal.code}</span>
            </p>
          </Section>
          <KeptCommandView command={command} />
          <LedTo events={events} />
        </div>
      </div>
      {resolution === null && <ConflictActs conflict={conflict} />}
    </article>
  );
}

function ConflictHeader({ conflict }: { conflict: Conflict }) {
  const { id, actor, command, decidedAt, recordedAt, resolution } = conflict;
  const { who, where, member, subject, resolver } = useLive((state) => ({
    who: doerOf(state, conflict),
    where: hostLabel(state, conflict.hostId),
    member: actor.kind === 'member' ? state.members.get(actor.memberId) : undefined,
    subject: commandSubject(state, command),
    resolver: resolution?.by && (state.members.get(resolution.by)?.name ?? resolution.by),
  }));
  const state = resolution?.how ?? 'open';
  return (
    <header className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="font-semibold text-lg">{commandWords(command)}</h2>
        <Tag tone={resolution ? 'plain' : 'needs'}>{strings.states[state]}</Tag>
      </div>
      {subject && (
        <p className="text-base">
          {subject.href ? (
            <Link href={subject.href} className="rounded-sm text-alive underline underline-offset-2">
              {subject.title}
            </Link>
          ) : (
            subject.title
          )}
        </p>
      )}
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
        <span className="flex items-center gap-2">
          {member && <MemberAvatar member={member} size="small" />}
          <span>
            <span className="text-ink">{who}</span> {strings.at(where)}
          </span>
        </span>
        <span>
          {strings.done} <Ago at={decidedAt} />
        </span>
        <span>
          {strings.found} <Ago at={recordedAt} />
        </span>
        <Hash value={id} label={shared.copyId(id)} shown={20} />
      </p>
      {resolution && (
        <p className="text-muted">
          {strings.resolvedBy[resolution.how]}
          {resolver && <span className="text-ink"> {resolver}</span>}, <Ago at={resolution.at} />
          {resolution.reason !== null && <>: {resolution.reason}</>}
        </p>
      )}
    </header>
  );
}
