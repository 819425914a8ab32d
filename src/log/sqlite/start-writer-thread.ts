/** Starts the thread that writes a log, and passes it what is to be written: the caller never waits for the disk. */
import { Worker } from 'node:worker_threads';
import { CoordError } from '../../core/error.ts';
import type { SqliteOptions } from './connection.ts';
import type { RowWriter } from './row-writer.ts';
import type { WriterAnswer, WriterOrder, WriterPlace } from './writer-orders.ts';

interface Waiting {
  readonly resolve: (link: string) => void;
  readonly reject: (error: CoordError) => void;
}

/**
 * @param program of the thread: `writer-thread.ts`, wherever it was bundled to
 * @param file of the log: its tables are there
 */
export function startWriterThread(program: string, file: string, options: SqliteOptions): RowWriter {
  const waiting: Waiting[] = [];
  let gone: CoordError | null = null;
  const place: WriterPlace = { file, options };
  const thread = new Worker(program, { workerData: place, name: 'log writer' });
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));

  /** Whether its last batch was written is not known: whoever goes on must read the log again. */
  function end(cause: unknown): void {
    gone ??= writerGone(file, cause);
    for (const { reject } of waiting.splice(0)) reject(gone);
  }

  thread.on('message', (answer: WriterAnswer) => {
    const asked = waiting.shift();
    if ('error' in answer) asked?.reject(CoordError.fromJSON(answer.error));
    else asked?.resolve(answer.link);
  });
  thread.on('error', end);
  thread.on('exit', () => end(null));

  function ask(order: WriterOrder): Promise<string> {
    if (gone) return Promise.reject(gone);
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      thread.postMessage(order);
    });
  }

  return {
    append: (cells) => ask({ kind: 'append', cells }),
    keepSnapshot: async (seq, version, state) => {
      await ask({ kind: 'keepSnapshot', seq, version, state });
    },
    close: async () => {
      // A thread that is gone has nothing open any more.
      await ask({ kind: 'close' }).catch(() => undefined);
      await ended;
    },
  };
}

function writerGone(file: string, cause: unknown): CoordError {
  const why = cause instanceof Error ? ` (${cause.message})` : '';
  return new CoordError(
    'LOG_UNAVAILABLE',
    `The thread that writes ${file} has ended${why}. Start the host again: nothing that was acknowledged is lost`,
    { file },
    cause === null ? {} : { cause },
  );
}
