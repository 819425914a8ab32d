/** The log of a worker: read from the start, then followed while it is written. */
import { useEffect, useState } from 'react';
import type { CoordError } from '../../../core/error.ts';
import type { WorkerId } from '../../../core/ids.ts';
import { useConnectionStatus, useCoordination } from '../../lib/company-context.tsx';
import { asCoordError } from '../../lib/use-command.ts';

const pollMs = 700;
const pieceBytes = 262_144;

export interface WorkerLog {
  /** Null until the first piece is there. */
  readonly lines: readonly string[] | null;
  readonly error: CoordError | null;
}

export function useWorkerLog(workerId: WorkerId): WorkerLog {
  const coordination = useCoordination();
  const isLive = useConnectionStatus().kind === 'live';
  const [log, setLog] = useState<WorkerLog>({ lines: null, error: null });
  useEffect(() => {
    if (!isLive) return;
    let text = '';
    let from = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stopped = new AbortController();
    const read = async () => {
      try {
        const piece = await coordination().query('workerLog', { workerId, from, limit: pieceBytes });
        if (stopped.signal.aborted) return;
        const isMore = piece.next > from;
        text += piece.text;
        from = piece.next;
        if (isMore || text === '') setLog({ lines: linesOf(text), error: null });
        if (!piece.ended) timer = setTimeout(() => void read(), isMore ? 0 : pollMs);
      } catch (error) {
        if (!stopped.signal.aborted) setLog({ lines: null, error: asCoordError(error) });
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

function linesOf(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}
