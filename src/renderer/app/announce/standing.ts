/** What stands now that a person would want to hear of, and what of it is new; several of a kind become one sentence. Pure. */

import type { MemberId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { Need } from '../../company/needs-of.ts';
import { needsOf } from '../../company/needs-of.ts';
import { strings } from './strings.ts';

type NewsKind = Need['kind'] | 'complete' | 'blocked' | 'worker' | 'rest' | 'runs';

interface News {
  readonly kind: NewsKind;
  /** Said when it is the only one of its kind. */
  readonly words: string;
}

/** By a key that is the same as long as it is the same thing. */
export type Standing = ReadonlyMap<string, News>;

/** What is said at the next pause, and what interrupts; empty: nothing. */
export interface Said {
  readonly calmly: string;
  readonly atOnce: string;
}

export function standingOf(state: CompanyState, self: MemberId | null): Standing {
  return new Map([...ofNeeds(state, self), ...ofEpics(state), ...ofWorkers(state), ...ofRest(state, self)]);
}

export function saidOf(before: Standing, now: Standing): Said {
  const fresh = new Map<NewsKind, News[]>();
  for (const [key, news] of now) {
    if (!before.has(key)) fresh.set(news.kind, [...(fresh.get(news.kind) ?? []), news]);
  }
  const say = (isUrgent: boolean) =>
    [...fresh]
      .filter(([kind]) => urgent.has(kind) === isUrgent)
      .map(([kind, news]) => (news.length === 1 && news[0] ? news[0].words : several[kind](news.length)))
      .join(' ');
  return { calmly: say(false), atOnce: say(true) };
}

/** Something went wrong, and waits for whoever hears it. */
const urgent: ReadonlySet<NewsKind> = new Set(['veto', 'failure', 'conflict', 'blocked', 'worker']);

const several: Readonly<Record<NewsKind, (count: number) => string>> = {
  gate: strings.gates,
  veto: strings.vetoes,
  question: strings.questions,
  failure: strings.failures,
  conflict: strings.conflicts,
  complete: strings.completes,
  blocked: strings.blocks,
  worker: strings.lostWorkers,
  rest: () => strings.goesOn,
  runs: () => strings.goesOn,
};

type Entry = readonly [key: string, news: News];

function ofNeeds(state: CompanyState, self: MemberId | null): Entry[] {
  return needsOf(state, self).map((need) => [
    `${need.kind}:${need.key}:${need.since}`,
    { kind: need.kind, words: wordsOf(need) },
  ]);
}

function wordsOf({ kind, title, roleId, context }: Need): string {
  switch (kind) {
    case 'gate':
      return strings.gate(title, roleId ?? '');
    case 'veto':
      return strings.veto(title, context);
    case 'question':
      return strings.question(title, context);
    case 'failure':
      return strings.failure(title, context);
    case 'conflict':
      return strings.conflict(title, context);
  }
}

function ofEpics({ epics }: CompanyState): Entry[] {
  return [...epics.values()].flatMap(({ id, title, state, reason }): Entry[] => {
    if (state === 'completed')
      return [[`complete:${id}`, { kind: 'complete', words: strings.complete(title) }]];
    if (state !== 'blocked') return [];
    return [[`blocked:${id}`, { kind: 'blocked', words: strings.blocked(title, reason ?? '') }]];
  });
}

/** One that hangs is ended soon: that is no news any more. */
function ofWorkers({ workers, members }: CompanyState): Entry[] {
  return [...workers.values()].flatMap(({ id, memberId, state, exitReason }): Entry[] => {
    if (state !== 'hung' && state !== 'crashed') return [];
    const words = strings[state](members.get(memberId)?.name ?? id, exitReason ?? '');
    return [[`worker:${id}`, { kind: 'worker', words }]];
  });
}

/** Who did it themselves knows. */
function ofRest({ company, members }: CompanyState, self: MemberId | null): Entry[] {
  const pause = company?.pause ?? null;
  if (pause === null) return [['runs', { kind: 'runs', words: strings.goesOn }]];
  if (pause.by !== null && pause.by === self) return [];
  const who = (pause.by && members.get(pause.by)?.name) ?? strings.theHost;
  return [[`rest:${pause.at}`, { kind: 'rest', words: strings.rests[pause.kind](who, pause.reason) }]];
}
