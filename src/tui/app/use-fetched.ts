/** Keeps what a screen wants: asked for when it changes, and again while the company changes. */
import { useEffect, useRef, useState } from 'react';
import type { Connection } from '../../rpc/client-company.ts';
import type { Fetched, Want } from '../model/screen.ts';
import { nothingFetched } from '../model/screen.ts';
import { fetchOne, logLines, readLog } from './fetch.ts';

const pollMs = 700;
/** What changes with the company is asked for at most so often, in ms. */
const againMs = 400;

export function useFetched(
  connection: Connection,
  wants: readonly Want[],
  version: number,
  isLive: boolean,
): Fetched {
  const [fetched, setFetched] = useState<{ readonly key: string; readonly data: Fetched }>({
    key: '',
    data: nothingFetched,
  });
  const key = JSON.stringify(wants);
  const changing = wants.some(({ kind }) => kind === 'usage' || kind === 'activity') ? version : 0;
  const lastAt = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the wants, and `changing` asks again
  useEffect(() => {
    if (!isLive || wants.length === 0) return;
    const stopped = new AbortController();
    const wait = Math.max(0, lastAt.current + againMs - performance.now());
    const put = (data: Partial<Fetched>) => {
      if (stopped.signal.aborted) return;
      setFetched((last) => ({ key, data: { ...(last.key === key ? last.data : nothingFetched), ...data } }));
    };
    const timer = setTimeout(() => {
      lastAt.current = performance.now();
      for (const want of wants) void keep(connection, want, put, stopped.signal);
    }, wait);
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [key, changing, isLive, connection]);

  return fetched.key === key ? fetched.data : nothingFetched;
}

/** A log is followed until nobody wants it; all else is asked for once. What is refused stays empty. */
async function keep(
  connection: Connection,
  want: Want,
  put: (data: Partial<Fetched>) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (want.kind !== 'log') return put(await fetchOne(connection.coordination, want));
    let text = '';
    for (let from = 0; !signal.aborted; ) {
      const piece = await readLog(connection.coordination, want, from);
      const isMore = piece.next > from;
      text += piece.text;
      from = piece.next;
      if (isMore) put({ log: logLines(text) });
      if (piece.ended) return;
      if (!isMore) await pause(pollMs, signal);
    }
  } catch {
    // The line went, or it is not there any more: the banner, or the list, says so.
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
