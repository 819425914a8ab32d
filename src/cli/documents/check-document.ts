/** What `--json` says of the checks that passed on what was handed in. */
import type { Proof } from '../../core/task/proof.ts';

export interface CheckDocument {
  readonly command: string;
  readonly exitCode: number | null;
  readonly tookMs: number;
  /** The commit that was checked out then; null: no worktree. */
  readonly commit: string | null;
  /** The end of what it printed. */
  readonly tail: string;
}

export function checkDocuments(proof: Proof | undefined): CheckDocument[] {
  return (proof?.checks ?? []).map(({ command, exitCode, took, tail }) => ({
    command,
    exitCode,
    tookMs: took,
    commit: proof?.commit ?? null,
    tail,
  }));
}
