/** A worker's log as it is written: a terminal with search, followed until somebody scrolls up. */
import { useRef, useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import type { WorkerId } from '../../../core/ids.ts';
import { CopyButton } from '../../design/copy-button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { useActs } from '../../lib/acts.ts';
import { useKeys } from '../../lib/use-keys.ts';
import { plainLines } from './coloured-text.ts';
import { LogSearch } from './log-search.tsx';
import type { LogTerminalHandle } from './log-terminal.tsx';
import { LogTerminal } from './log-terminal.tsx';
import { strings } from './strings.ts';
import { useWorkerLog } from './use-worker-log.ts';

const noMatch = { at: 0, of: 0 };

export function LogView({ workerId }: { workerId: WorkerId }) {
  const { lines, first, error } = useWorkerLog(workerId);
  const [words, setWords] = useState('');
  const [found, setFound] = useState(noMatch);
  const [following, setFollowing] = useState(true);
  const field = useRef<HTMLInputElement>(null);
  const terminal = useRef<LogTerminalHandle>(null);
  const keys: Record<string, () => void> = {
    '/': () => field.current?.focus(),
    f: () => setFollowing(!following),
  };
  useKeys(keys);
  useActs({ 'log.find': keys['/'] ?? false, 'log.follow': keys['f'] ?? false });
  const search = (next: string) => {
    setWords(next);
    terminal.current?.find(next, 'here');
  };
  return (
    <section aria-label={strings.logOf} className="flex min-h-64 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 pb-2">
        <h3 className="font-semibold">{strings.log}</h3>
        {lines && (
          <span className="font-mono text-faint text-xs">{strings.logLines(lines.length, first)}</span>
        )}
        <span className="flex-1" />
        <LogSearch
          words={words}
          onWords={search}
          onStep={(step) => terminal.current?.find(words, step)}
          found={found}
          fieldRef={field}
        />
        <CopyButton
          text={() => terminal.current?.marked() || (lines ?? []).flatMap(plainLines).join('\n')}
          label={strings.copyLog}
          copiedLabel={strings.copied}
        />
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
      {lines?.length === 0 && <p className="pb-2 text-faint">{strings.logEmpty}</p>}
      {lines && (
        <LogTerminal
          ref={terminal}
          lines={lines}
          first={first}
          following={following}
          onFollowing={setFollowing}
          onFound={setFound}
          onKey={(key) => keys[key]?.()}
        />
      )}
    </section>
  );
}
