/** Turns Ctrl-C and the signals that end a program into one `AbortSignal`, so that it can end in order. */

/** What a shell sees of a program that such a signal ended. */
export const signalExitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
export type StopSignal = keyof typeof signalExitCodes;

/**
 * A Ctrl-C comes more than once when programs that started us pass it on, too; only what comes later than this, in ms,
 * is a person who has lost patience.
 */
const echoMs = 1_000;

/** Aborts at the first signal, with its name as the reason; at a later one the program ends at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let stoppedAt = 0;
  const onSignal = (name: StopSignal) => {
    if (!stop.signal.aborted) {
      stoppedAt = performance.now();
      stop.abort(name);
    } else if (performance.now() - stoppedAt > echoMs) process.exit(signalExitCodes[name]);
  };
  for (const name of Object.keys(signalExitCodes) as StopSignal[]) process.on(name, onSignal);
  return stop.signal;
}
