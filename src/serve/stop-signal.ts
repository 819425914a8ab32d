/** Turns Ctrl-C and the signals that end a program into one `AbortSignal`, so that it can end in order. */

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Aborts at the first signal, with its name as the reason; at the second the program ends at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of signals) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(exitCodes[signal]);
      stop.abort(signal);
    });
  }
  return stop.signal;
}
