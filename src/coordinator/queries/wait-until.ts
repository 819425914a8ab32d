/** Waits inside a query: looks again whenever something happened, without asking again and again. */
import type { StoredEvent } from '../../core/event.ts';
import type { CompanyState } from '../../core/state.ts';
import type { DurationMs, EpochMs } from '../../core/units.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import { Alarm } from '../supervisor/alarm.ts';
import type { QueryScope } from './query-scope.ts';

/** No wait is longer, in ms: a client that wants more asks again. */
const longestWait = 120_000;

export interface Wait<View> {
  readonly look: (state: CompanyState) => View;
  /** The view is what was waited for. */
  readonly found: (view: View) => boolean;
  /** An event of which it is worth to look again. */
  readonly isNews: (event: StoredEvent) => boolean;
  /** When it is worth to look again although nothing happened; null: never. */
  readonly lookAgainAt?: (view: View) => EpochMs | null;
  readonly wait: DurationMs;
}

/** @returns the first view that is found, or the last one when the time is over, the line is gone or the host stops */
export async function waitUntil<View>(
  { company: { coordinator }, ended }: Pick<QueryScope, 'company' | 'ended'>,
  { look, found, isNews, lookAgainAt = () => null, wait }: Wait<View>,
): Promise<View> {
  const changes = watchChanges(coordinator, isNews, ended, Math.min(wait, longestWait));
  try {
    let view = await coordinator.read(look);
    while (!found(view) && !changes.over()) {
      await changes.next(lookAgainAt(view));
      view = await coordinator.read(look);
    }
    return view;
  } finally {
    changes.end();
  }
}

/** Remembers that something happened, also between two looks; is over when time or the connection is, or the host stops. */
function watchChanges(
  coordinator: CompanyCoordinator,
  isNews: (event: StoredEvent) => boolean,
  ended: AbortSignal,
  wait: number,
) {
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
  const alarm = new Alarm(notice, coordinator.now);
  const forget = coordinator.onCommit((events) => {
    if (events.some(isNews)) notice();
  });
  for (const signal of signals) signal.addEventListener('abort', stop);
  return {
    over: () => isOver,
    next: async (at: EpochMs | null) => {
      alarm.clear();
      if (at !== null) alarm.setBy(at);
      if (!happened) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      happened = false;
    },
    end: () => {
      clearTimeout(timer);
      alarm.clear();
      forget();
      for (const signal of signals) signal.removeEventListener('abort', stop);
    },
  };
}
