/** How every member is doing right now, for cards and rows: worked out once for all, told only to those whose figures changed. */
import { useSyncExternalStore } from 'react';
import type { LiveCompany } from '../../../contract/live-company.ts';
import { accountIdOf } from '../../../core/budget/budget.ts';
import type { MemberId } from '../../../core/ids.ts';
import type { AgentState } from '../../../core/org/availability.ts';
import { agentState, isHung } from '../../../core/org/availability.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { EpochMs, MicroUsd } from '../../../core/units.ts';

export interface MemberFigures {
  /** Null: a person, whom no process stands for. */
  readonly state: AgentState | null;
  readonly hung: boolean;
  readonly paused: boolean;
  readonly leases: number;
  readonly maxConcurrent: number;
  /** What it works on; null: nothing. */
  readonly task: string | null;
  readonly spent: MicroUsd;
}

export function figuresOf(company: CompanyState, id: MemberId, now: EpochMs): MemberFigures | null {
  const member = company.members.get(id);
  if (!member) return null;
  const [task] = company.index.leasedByMember.get(id);
  const isAgent = member.kind === 'agent';
  return {
    state: isAgent ? agentState(company, member, now) : null,
    hung: isAgent && isHung(company, member, now),
    paused: member.pause !== null,
    leases: company.index.leasedByMember.get(id).size,
    maxConcurrent: member.maxConcurrent,
    task: task?.title ?? null,
    spent:
      company.accounts.get(accountIdOf({ kind: 'member', memberId: id }))?.spent.money ?? (0 as MicroUsd),
  };
}

/** More often nobody can read it. */
const atMostEveryMs = 250;

export class FiguresBoard {
  #figures = new Map<string, MemberFigures>();
  #dearest = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #live: LiveCompany;
  readonly #clock: () => EpochMs;
  readonly #listeners = new Set<() => void>();

  /** @param clock what time it is where the company is shown: now, unless it is a past one */
  constructor(live: LiveCompany, clock: () => EpochMs = () => Date.now() as EpochMs) {
    this.#live = live;
    this.#clock = clock;
    this.#work();
  }

  /** @returns what ends it */
  follow(): () => void {
    const unsubscribe = this.#live.subscribe(() => {
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        this.#work();
      }, atMostEveryMs);
    });
    return () => {
      unsubscribe();
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = null;
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  of(id: string): MemberFigures | null {
    return this.#figures.get(id) ?? null;
  }

  /** The most that one member has spent. */
  readonly dearest = (): number => this.#dearest;

  #work(): void {
    const company = this.#live.state;
    const now = this.#clock();
    const next = new Map<string, MemberFigures>();
    for (const { id } of company.members.values()) {
      const before = this.#figures.get(id);
      const figures = figuresOf(company, id, now);
      if (figures) next.set(id, before && isSame(before, figures) ? before : figures);
    }
    this.#figures = next;
    this.#dearest = Math.max(0, ...[...next.values()].map(({ spent }) => spent));
    for (const listener of this.#listeners) listener();
  }
}

function isSame(a: MemberFigures, b: MemberFigures): boolean {
  return (Object.keys(a) as (keyof MemberFigures)[]).every((key) => a[key] === b[key]);
}

export function useFigures(board: FiguresBoard, id: string): MemberFigures | null {
  return useSyncExternalStore(board.subscribe, () => board.of(id));
}

export function useDearest(board: FiguresBoard): number {
  return useSyncExternalStore(board.subscribe, board.dearest);
}
