/** Takes over into a host's copy what other hosts append to the stream, as it comes. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RedisStream } from './redis-stream.ts';
import type { StreamCopy } from './stream-copy.ts';

export interface FollowParts {
  readonly stream: RedisStream;
  readonly shared: StreamCopy;
  readonly isAway: () => boolean;
  /** When this host appended last, by `performance.now()`. */
  readonly appendedAt: () => number;
  /** After whatever is being done to the copy. */
  readonly inOrder: <Result>(step: () => Promise<Result>) => Promise<Result>;
}

/** After so long without an append of its own it listens for those of others, in ms. */
const quiet = 20;
/** Until it listens for the others again, in ms. */
const betweenTries = 100;

/** Until the signal aborts. */
export async function followStream(
  { stream, shared, isAway, appendedAt, inOrder }: FollowParts,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const entries of stream.reader.follow(() => shared.head, signal)) {
        // Until it comes back the copy stays as it is: what is done meanwhile rests on it.
        if (isAway()) break;
        await untilQuiet(appendedAt, signal);
        await inOrder(async () => {
          if (!isAway()) shared.keep(await stream.reader.after(shared.head, entries));
        });
      }
    } catch {
      // Whoever appends next meets the same, and is told; until then it is tried again.
    }
    await pause(betweenTries, undefined, { signal }).catch(() => undefined);
  }
}

/** While this host appends, each answer tells it what others did, and reading would bring mostly what it wrote itself. */
async function untilQuiet(appendedAt: () => number, signal: AbortSignal): Promise<void> {
  for (;;) {
    const rest = appendedAt() + quiet - performance.now();
    if (rest <= 0) return;
    await pause(rest, undefined, { signal });
  }
}
