/** The time of day as a value that React can render: one clock for the whole page, once a second. */
import { useSyncExternalStore } from 'react';
import { useMoment } from './moment.ts';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const standStill = () => () => undefined;

/** Milliseconds since 1970 UTC; renders again each second. In the past, where time stands still, the moment that is shown. */
export function useNow(): number {
  return useAtNow((time) => time);
}

/** What is true or said now; renders again only when that is another. */
export function useAtNow<Value extends string | number | boolean | null>(
  read: (now: number) => Value,
): Value {
  const moment = useMoment();
  return useSyncExternalStore(moment ? standStill : subscribe, () => read(moment?.at ?? now));
}
