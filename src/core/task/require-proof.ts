/** Lets nothing be handed in for a step before its checks have passed on just that. */
import { CoordError } from '../error.ts';
import type { Proof } from './proof.ts';
import type { Submission, Task } from './task.ts';

/** @throws CoordError `CHECKS_FAILED` - one is missing, did not pass, or ran against something else */
export function requireProof(
  { id, title, checks }: Pick<Task, 'id' | 'title' | 'checks'>,
  submission: Pick<Submission, 'hash' | 'change'>,
  proof: Proof | null,
): void {
  const why = whyUnproven(checks, submission, proof);
  if (why === null) return;
  throw new CoordError(
    'CHECKS_FAILED',
    `"${title}" was not completed: ${why}. Run its checks on what is handed in, and complete it once they pass`,
    { taskId: id, checks },
  );
}

function whyUnproven(
  checks: readonly string[],
  { hash, change }: Pick<Submission, 'hash' | 'change'>,
  proof: Proof | null,
): string | null {
  if (checks.length === 0) return proof === null ? null : 'it has no checks, and came with some';
  if (proof === null) return `it came without its checks (${checks.join('; ')})`;
  if (proof.hash !== hash || proof.commit !== (change?.commit ?? null))
    return 'its checks ran against something else than is handed in';
  for (const [place, command] of checks.entries()) {
    const run = proof.checks[place];
    if (run?.command !== command) return `its check "${command}" did not run`;
    if (run.exitCode !== 0)
      return `its check "${command}" did not pass (exit code ${run.exitCode ?? 'none'})`;
  }
  return proof.checks.length === checks.length ? null : 'it came with more checks than it has';
}
