/** What waits for this person and nobody else, each with the way there. */
import { Link } from 'wouter';
import { slotsNeeding } from '../../../core/gate/asked-slots.ts';
import { gatedEpic, gatedTask } from '../../../core/gate/gated-work.ts';
import type { MemberId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import { openQuestion } from '../../../core/task/questions.ts';
import type { EpochMs } from '../../../core/units.ts';
import { commandSubject, commandWords } from '../../company/describe-command.ts';
import { gateSlots } from '../../company/gate-slots.ts';
import { whyNotDecide } from '../../company/who-decides.ts';
import { Card } from '../../design/card.tsx';
import { Icon } from '../../design/icon.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { strings } from './strings.ts';

interface Need {
  readonly key: string;
  readonly href: string;
  readonly title: string;
  readonly what: string;
  readonly context: string;
  readonly since: EpochMs;
  readonly failed: boolean;
}

export function NeedsYou() {
  const self = useSelf();
  const needs = useLive((state) => needsOf(state, self));
  const atRest = useLive(({ company }) => Boolean(company?.pause));
  return (
    <section aria-labelledby="needs-you">
      <h2 id="needs-you" className="mb-2 font-semibold text-base">
        {strings.needsYou}
        {needs.length > 0 && <span className="ml-2 font-mono text-needs text-sm">{needs.length}</span>}
      </h2>
      {needs.length === 0 ? (
        <p className="rounded-lg border border-line border-dashed px-4 py-3 text-muted">
          {atRest ? strings.nothingNeededAtRest : strings.nothingNeeded}
        </p>
      ) : (
        <Card tone="needs" className="overflow-hidden">
          <ul className="divide-y divide-line">
            {needs.map((need) => (
              <li key={need.key}>
                <Link
                  href={need.href}
                  className="flex items-center gap-3 px-4 py-2.5 transition-colors duration-150 hover:bg-hover focus-visible:-outline-offset-2"
                >
                  <StatusDot status={need.failed ? 'failure' : 'needs'} className="size-3.5" />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate">
                      <span className="font-medium">{need.title}</span>{' '}
                      <span className={need.failed ? 'text-failure' : 'text-needs'}>{need.what}</span>
                    </span>
                    <span className="block truncate text-muted text-xs">{need.context}</span>
                  </span>
                  <Ago at={need.since} className="whitespace-nowrap text-faint text-xs" />
                  <Icon name="next" className="text-faint" />
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </section>
  );
}

function needsOf(state: CompanyState, self: MemberId | null): Need[] {
  const needs = [gateNeeds(state, self), questions(state, self), failures(state), conflictNeeds(state, self)];
  return needs.flat().sort((a, b) => a.since - b.since);
}

function gateNeeds(state: CompanyState, self: MemberId | null): Need[] {
  const gates = [...state.index.gatesByState.get('waiting'), ...state.index.gatesByState.get('vetoed')];
  return gates.flatMap((gate) => {
    const slots = slotsNeeding(gate, gateSlots(state, gate), self);
    if (gate.state === 'waiting' && slots.length === 0) return [];
    return {
      key: gate.id,
      href: `/gates/${gate.id}`,
      title: gate.name,
      what: gate.state === 'vetoed' ? strings.arbitrate : strings.signAs(slots[0]?.roleId ?? ''),
      context: [gatedTask(state, gate)?.title, gatedEpic(state, gate)?.title].filter(Boolean).join(' · '),
      since: gate.waitingSince ?? (0 as EpochMs),
      failed: gate.state === 'vetoed',
    };
  });
}

function questions(state: CompanyState, self: MemberId | null): Need[] {
  return [...state.index.tasksByState.get('blocked')].flatMap((task) => {
    const question = openQuestion(task);
    if (question?.to !== self) return [];
    return {
      key: task.id,
      href: `/board/${task.id}`,
      title: task.title,
      what: strings.question,
      context: question.text,
      since: question.at,
      failed: false,
    };
  });
}

function failures(state: CompanyState): Need[] {
  return [...state.index.tasksByState.get('failed')].map((task) => ({
    key: task.id,
    href: `/board/${task.id}`,
    title: task.title,
    what: strings.failedTask,
    context: task.attempts.at(-1)?.reason ?? '',
    since: task.attempts.at(-1)?.endedAt ?? task.createdAt,
    failed: true,
  }));
}

function conflictNeeds(state: CompanyState, self: MemberId | null): Need[] {
  return [...state.conflicts.values()].flatMap((conflict) => {
    const { id, command, refusal, decidedAt, resolution } = conflict;
    if (resolution || whyNotDecide(state, self, id) !== null) return [];
    return {
      key: id,
      href: `/conflicts/${id}`,
      title: commandSubject(state, command)?.title ?? commandWords(command),
      what: strings.conflict,
      context: refusal.message,
      since: decidedAt,
      failed: false,
    };
  });
}
