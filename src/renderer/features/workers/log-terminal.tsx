/** The terminal of a log in the page: its code comes when a log is first looked at. */
import type { Ref } from 'react';
import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import type { LogScreen, LogScreenWishes } from './log-screen.ts';
import { strings } from './strings.ts';

export interface LogTerminalHandle {
  find(words: string, step: 'here' | 'next' | 'previous'): void;
  /** What is marked in it; empty: nothing. */
  marked(): string;
}

export interface LogTerminalProps extends Omit<LogScreenWishes, 'label'> {
  lines: readonly string[];
  first: number;
  following: boolean;
  ref: Ref<LogTerminalHandle>;
}

export function LogTerminal({ lines, first, following, ref, ...wishes }: LogTerminalProps) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(wishes);
  latest.current = wishes;
  const [screen, setScreen] = useState<LogScreen | null>(null);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    let isGone = false;
    let opened: LogScreen | null = null;
    const open = async () => {
      const { LogScreen } = await import('./log-screen.ts');
      if (isGone || !place.current) return;
      opened = await LogScreen.open(place.current, {
        label: strings.log,
        onFollowing: (is) => latest.current.onFollowing(is),
        onFound: (found) => latest.current.onFound(found),
        onKey: (key) => latest.current.onKey(key),
      });
      if (isGone) opened.close();
      else setScreen(opened);
    };
    open().catch(() => setMissing(true));
    return () => {
      isGone = true;
      opened?.close();
    };
  }, []);
  useEffect(() => screen?.follow(following), [screen, following]);
  useEffect(() => screen?.show(lines, first), [screen, lines, first]);
  useImperativeHandle(
    ref,
    () => ({
      find: (words, step) => screen?.find(words, step),
      marked: () => screen?.marked ?? '',
    }),
    [screen],
  );
  return (
    <div className="relative min-h-0 flex-1 overflow-hidden rounded-lg border border-line bg-sunken focus-within:border-alive">
      {isMissing && (
        <Notice tone="failure" title={strings.logFailed}>
          {strings.logNoTerminal}
        </Notice>
      )}
      {!screen && !isMissing && <Skeleton label={strings.logLoading} rows={6} />}
      <div ref={place} role="log" aria-label={strings.log} className="absolute inset-2" />
    </div>
  );
}
