/** Runs the commands that a step asks for, one after the other, and stops at the first that does not pass. */
import { CoordError } from '../core/error.ts';
import type { CheckRun } from '../core/task/proof.ts';
import { maxCheckTail } from '../core/task/proof.ts';
import type { DurationMs } from '../core/units.ts';
import { minutes, ms } from '../core/units.ts';
import { minimalEnvironment } from '../process/minimal-environment.ts';
import { runShell } from '../runners/run-shell.ts';
import type { Log } from './worker-log.ts';

export interface ChecksRun {
  readonly folder: string;
  /** Beside what every program needs to run: nothing of the host's, of the worker's or of the person's. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Of one check; left out: half an hour. */
  readonly timeout?: DurationMs;
}

/** What a refusal says of the output, in characters. */
const maxSaid = 1_500;

/** @throws CoordError `CHECKS_FAILED` - one did not pass, took too long, or started too many processes */
export async function runChecks(
  commands: readonly string[],
  { folder, environment, signal, log, timeout = minutes(30) }: ChecksRun,
): Promise<CheckRun[]> {
  const runs: CheckRun[] = [];
  for (const command of commands) {
    signal.throwIfAborted();
    log(`check: ${command}`);
    const startedAt = performance.now();
    const end = await runShell({
      command,
      folder,
      environment: minimalEnvironment(environment),
      timeout,
      signal,
      onLine: (line) => log(`  ${line}`),
    });
    signal.throwIfAborted();
    const took = ms(Math.round(performance.now() - startedAt));
    const run: CheckRun = { command, exitCode: end.code, took, tail: end.tail.slice(-maxCheckTail) };
    if (end.code !== 0) throw failed(run, whyKilled(end, timeout));
    log(`check passed after ${took / 1_000} s`);
    runs.push(run);
  }
  return runs;
}

function whyKilled(
  { timedOut, tooMany, code }: { timedOut: boolean; tooMany: boolean; code: number | null },
  timeout: DurationMs,
): string {
  if (tooMany) return 'it started too many processes and was ended';
  if (timedOut) return `it ran longer than ${timeout / 1_000} s and was ended`;
  return code === null ? 'it was killed' : `exit code ${code}`;
}

function failed({ command, exitCode, took, tail }: CheckRun, why: string): CoordError {
  const said = tail.trim() === '' ? 'It printed nothing.' : `It printed:\n${tail.trim().slice(-maxSaid)}`;
  return new CoordError(
    'CHECKS_FAILED',
    `The check "${command}" did not pass (${why}, ${(took / 1_000).toFixed(1)} s). ${said}`,
    { command, exitCode },
  );
}
