/** The version of the live company, at most once in a while: for what costs too much to be worked out with every frame. */
import { useEffect, useState } from 'react';
import type { DurationMs } from '../../core/units.ts';
import { useConnection } from './company-context.tsx';

/** @param every how long it stays the same at least, or what says so at a change, the same function each time; the last change is always told */
export function useLiveVersion(every: DurationMs | (() => DurationMs)): number {
  const { live } = useConnection();
  const [version, setVersion] = useState(live.version);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const tellSoon = () => {
      timer ??= setTimeout(
        () => {
          timer = null;
          setVersion(live.version());
        },
        typeof every === 'function' ? every() : every,
      );
    };
    setVersion(live.version());
    const unsubscribe = live.subscribe(tellSoon);
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [live, every]);
  return version;
}
