/** What a check came to, in words, for whoever judges the work. */
import type { CheckRun } from '../core/task/proof.ts';

export function checkWords({ command, exitCode, took, tail }: CheckRun): string {
  const end = exitCode === null ? 'was killed' : `ended with exit code ${exitCode}`;
  const printed = tail.trim();
  return `${command}\n${end} after ${(took / 1_000).toFixed(1)} s${printed === '' ? ', and printed nothing' : `; the end of what it printed:\n${printed}`}`;
}
