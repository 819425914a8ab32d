/** What is said on every screen: the line is lost, the host is cut off from the others, the company rests. */
import { provisionalCount } from '../../core/provisional.ts';
import type { ConnectionStatus } from '../../rpc/client-company.ts';
import type { View } from '../model/screen.ts';
import type { Line } from '../text/line.ts';
import { lineWidth, piece } from '../text/line.ts';
import { ago, timeAgo } from '../text/times.ts';

/** @param width cells of a line: what does not fit into one goes on in a second */
export function banners(status: ConnectionStatus, { state, hostId, now }: View, width: number): Line[] {
  const lines: Line[] = [];
  if (status.kind === 'lost') {
    const seconds = Math.max(0, Math.ceil((status.retryAt - now) / 1_000));
    const todo: Line = [
      piece('failed', ' ✗ NO HOST '),
      piece('key', 'agentcoord serve'),
      piece('strong', ' starts one. '),
      piece('waiting', `Trying again in ${seconds} s.`),
    ];
    const rest: Line = [piece('over', ` What you see is as of ${timeAgo(status.since as typeof now, now)}.`)];
    lines.push(...(lineWidth(todo) + lineWidth(rest) <= width ? [[...todo, ...rest]] : [todo, rest]));
  }
  const cutOffSince = hostId === null ? null : (state.hosts.get(hostId)?.cutOffSince ?? null);
  if (cutOffSince !== null) {
    const waiting = Math.max(0, provisionalCount(state.seq) - 1);
    lines.push([
      piece('waiting', ' ⚡ CUT OFF '),
      piece('strong', `from the other hosts for ${ago(cutOffSince, now)}. `),
      `Work goes on here; ${waiting} events wait to be shared.`,
    ]);
  }
  const pause = state.company?.pause ?? null;
  if (pause) {
    const by = pause.by === null ? 'the host' : (state.members.get(pause.by)?.name ?? pause.by);
    lines.push([
      piece('waiting', pause.kind === 'stopped' ? ' ■ STOPPED ' : ' ‖ PAUSED '),
      piece('strong', pause.reason),
      piece('over', ` (${by}, ${timeAgo(pause.at, now)})  `),
      piece('key', 'P'),
      ' lets it go on',
    ]);
  }
  return lines;
}
