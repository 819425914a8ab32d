/** Whether there is something to do: answers as soon as there is, without asking again and again. */
import type { CompanyEvent, StoredEvent } from '../../core/event.ts';
import type { MemberId } from '../../core/ids.ts';
import { openLeases } from '../../core/org/availability.ts';
import type { CompanyState } from '../../core/state.ts';
import { bestTaskFor } from '../../core/task/claim.ts';
import type { EpochMs } from '../../core/units.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import type { Answer } from './query-scope.ts';

/** No wait is longer, in ms: a client that wants more asks again. */
const longestWait = 120_000;

export const work: Answer<'work'> = async ({ company: { coordinator }, memberId, ended }, { tags, wait }) => {
  const look = () => coordinator.read((state) => couldClaim(state, memberId, tags, coordinator.now()));
  const changes = watchForWork(coordinator, ended, Math.min(wait, longestWait));
  try {
    let available = await look();
    while (!available && !changes.over()) {
      await changes.next();
      available = await look();
    }
    return { available };
  } finally {
    changes.end();
  }
};

/** Remembers that something happened, also between two looks; is over when time or the connection is, or the host stops. */
function watchForWork(coordinator: CompanyCoordinator, ended: AbortSignal, wait: number) {
  const signals = [ended, coordinator.stopping];
  let isOver = signals.some(({ aborted }) => aborted);
  let happened = false;
  let wake: () => void = () => undefined;
  const notice = () => {
    happened = true;
    wake();
  };
  const stop = () => {
    isOver = true;
    notice();
  };
  const timer = setTimeout(stop, wait);
  const forget = coordinator.onCommit((events) => {
    if (events.some(mayBringWork)) notice();
  });
  for (const signal of signals) signal.addEventListener('abort', stop);
  return {
    over: () => isOver,
    next: async () => {
      if (!happened) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      happened = false;
    },
    end: () => {
      clearTimeout(timer);
      forget();
      for (const signal of signals) signal.removeEventListener('abort', stop);
    },
  };
}

function couldClaim(state: CompanyState, memberId: MemberId, tags: readonly string[], now: EpochMs): boolean {
  const member = state.members.get(memberId);
  if (member?.kind !== 'agent' || openLeases(state, member) >= member.maxConcurrent) return false;
  return bestTaskFor(state, member, tags, now) !== undefined;
}

/** Signs of life are frequent and give nobody anything to do. */
function mayBringWork({ event }: StoredEvent): boolean {
  const idle: readonly CompanyEvent['type'][] = ['worker.seen', 'task.lease_renewed'];
  return !idle.includes(event.type);
}
