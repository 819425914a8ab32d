/** What happens while the past is played: the last events, the newest first. */
import { describeEvent } from '../../company/describe-event.ts';
import { StatusDot } from '../../design/status-dot.tsx';
import { formatClock } from '../../lib/format.ts';
import type { PastPlayer } from './past-player.ts';
import { strings } from './strings.ts';

export function Film({ player }: { player: PastPlayer }) {
  const lines = player.told.flatMap((stored) => {
    const line = describeEvent(player.state, stored);
    return line ? [{ ...line, seq: stored.seq, at: stored.at }] : [];
  });
  if (lines.length === 0) return <p className="text-muted">{strings.filmEmpty}</p>;
  return (
    <ol className="flex flex-col">
      {lines.map(({ seq, at, status, text }) => (
        <li key={seq} className="flex items-start gap-2.5 py-1">
          <StatusDot status={status} className="mt-1" />
          <span className="min-w-0 flex-1 break-words">{text}</span>
          <span className="whitespace-nowrap font-mono text-faint text-xs leading-5">{formatClock(at)}</span>
        </li>
      ))}
    </ol>
  );
}
