/** The log of a worker: read from the start, then followed while it is written. */
import { useEffect, useState } from 'react';
import type { CoordError } from '../../../core/error.ts';
import type { WorkerId } from '../../../core/ids.ts';
import { useConnectionStatus, useCoordination } from '../../lib/company-context.tsx';
import { asCoordError } from '../../lib/use-command.ts';

const pollMs = 700;
const pieceBytes = 262_144;
/** Lines that are kept: of a longer log the end. */
export const mostLines = 20_000;

export interface WorkerLog {
  /** Whole lines; null until the first piece is there. */
  readonly lines: readonly string[] | null;
  /** The number of the first of them: so many older ones are left out. */
  readonly first: number;
  readonly error: CoordError | null;
}

const nothing: WorkerLog = { lines: null, first: 0, error: null };

export function useWorkerLog(workerId: WorkerId): WorkerLog {
  const coordination = useCoordination();
  const isLive = useConnectionStatus().kind === 'live';
  const [log, setLog] = useState(nothing);
  useEffect(() => {
    if (!isLive) return;
    let kept: string[] = [];
    let first = 0;
    /** The beginning of a line whose end has not come. */
    let rest = '';
    let from = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stopped = new AbortController();
    const take = (text: string, ended: boolean) => {
      const lines = `${rest}${text}`.split('\n');
      rest = ended ? '' : (lines.pop() ?? '');
      if (ended && lines.at(-1) === '') lines.pop();
      const all = [...kept, ...lines];
      first += Math.max(0, all.length - mostLines);
      kept = all.slice(-mostLines);
    };
    const read = async () => {
      try {
        const piece = await coordination().query('workerLog', { workerId, from, limit: pieceBytes });
        if (stopped.signal.aborted) return;
        const isMore = piece.next > from;
        from = piece.next;
        take(piece.text, piece.ended);
        if (isMore || piece.ended || kept.length === 0) setLog({ lines: kept, first, error: null });
        if (!piece.ended) timer = setTimeout(() => void read(), isMore ? 0 : pollMs);
      } catch (error) {
        if (!stopped.signal.aborted) setLog({ ...nothing, error: asCoordError(error) });
      }
    };
    void read();
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [workerId, coordination, isLive]);
  return log;
}
