/** A worker's log as it is written: searched, and followed until somebody scrolls up. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Input, SearchField, ToggleButton } from 'react-aria-components';
import type { WorkerId } from '../../../core/ids.ts';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { formatClock } from '../../lib/format.ts';
import { useKeys } from '../../lib/use-keys.ts';
import type { LogLine } from './log-line.ts';
import { parseLogLine } from './log-line.ts';
import { strings } from './strings.ts';
import { useWorkerLog } from './use-worker-log.ts';

const linePx = 20;
/** How far from the end still counts as its end. */
const nearEndPx = 24;

export function LogView({ workerId }: { workerId: WorkerId }) {
  const { lines, error } = useWorkerLog(workerId);
  const [search, setSearch] = useState('');
  const [following, setFollowing] = useState(true);
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus(), f: () => setFollowing(!following) });
  const shown = useMemo(() => {
    const words = search.toLowerCase();
    return (lines ?? []).filter((line) => line.toLowerCase().includes(words)).map(parseLogLine);
  }, [lines, search]);
  return (
    <section aria-label={strings.log} className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-2 pb-2">
        <h3 className="font-semibold">{strings.log}</h3>
        {lines && (
          <span className="font-mono text-faint text-xs">{strings.logLines(shown.length, lines.length)}</span>
        )}
        <span className="flex-1" />
        <SearchField
          aria-label={strings.search}
          value={search}
          onChange={setSearch}
          className="relative flex items-center text-faint"
        >
          <Icon name="search" className="pointer-events-none absolute left-2" />
          <Input
            ref={field}
            placeholder={strings.search}
            className="h-8 w-44 rounded-md border border-line-strong/60 bg-raised pr-2 pl-8 text-ink placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
          />
        </SearchField>
        <ToggleButton
          isSelected={following}
          onChange={setFollowing}
          className="flex h-8 items-center gap-1.5 rounded-md border border-line-strong/60 px-2.5 text-muted data-selected:border-alive data-hovered:bg-hover data-selected:text-ink"
        >
          <Icon name="tail" className={following ? 'text-alive' : ''} />
          {strings.follow}
        </ToggleButton>
      </div>
      {error && (
        <Notice tone="failure" title={strings.logFailed}>
          {error.message}
        </Notice>
      )}
      {!lines && !error && <Skeleton label={strings.logLoading} rows={6} />}
      {lines && (
        <Lines
          lines={shown}
          hint={lines.length === 0 ? strings.logEmpty : strings.logNoMatch}
          following={following}
          onFollowing={setFollowing}
        />
      )}
    </section>
  );
}

interface LinesProps {
  lines: readonly LogLine[];
  /** Told when there are none. */
  hint: string;
  following: boolean;
  onFollowing: (following: boolean) => void;
}

function Lines({ lines, hint, following, onFollowing }: LinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => linePx,
    overscan: 20,
  });
  const height = virtualizer.getTotalSize();
  useEffect(() => {
    if (following && height > 0) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [following, height]);
  const noticeScroll = () => {
    const box = scroller.current;
    if (!box) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < nearEndPx;
    if (!atEnd && following) onFollowing(false);
  };
  return (
    <div
      ref={scroller}
      onWheel={noticeScroll}
      onKeyUp={noticeScroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard
      tabIndex={0}
      role="log"
      aria-label={strings.log}
      className="min-h-0 flex-1 overflow-auto rounded-lg border border-line bg-sunken py-2 font-mono text-[12.5px] leading-5"
    >
      {lines.length === 0 && <p className="px-4 text-faint">{hint}</p>}
      <div className="relative" style={{ height }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          return (
            line && (
              <div
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className="absolute inset-x-0 top-0 flex gap-3 px-4"
                style={{ transform: `translateY(${start}px)` }}
              >
                <span className="w-28 shrink-0 whitespace-nowrap text-faint">
                  {line.at !== null && formatClock(line.at)}
                </span>
                <span className="min-w-0 whitespace-pre-wrap break-words">{line.text || ' '}</span>
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
