/** The file by which a program answers a review: its decision on the first line, the note below. */
import { readFile } from 'node:fs/promises';
import { CoordError } from '../core/error.ts';
import type { Decision } from '../core/gate/gate.ts';

const decisions: readonly Decision[] = ['approve', 'request_changes', 'veto'];
const maxNote = 2_000;

/**
 * @param who wrote it, for a note that is missing
 * @returns null when there is no such file
 * @throws CoordError `RUNNER_FAILED` - its first line is no decision
 */
export async function readDecision(
  file: string,
  who: 'command' | 'agent',
): Promise<{ readonly decision: Decision; readonly note: string } | null> {
  const written = await readFile(file, 'utf8').catch(() => null);
  if (written === null) return null;
  const [first = '', ...rest] = written.trim().split('\n');
  const decision = decisions.find((one) => one === first.trim());
  if (!decision) {
    throw new CoordError(
      'RUNNER_FAILED',
      `"${first.slice(0, 60)}" was written as the decision, and is not approve, request_changes or veto`,
    );
  }
  const note = rest.join('\n').trim().slice(0, maxNote);
  return {
    decision,
    note:
      note || (decision === 'approve' ? `The ${who} approved.` : `The ${who} gave no reason; see its log.`),
  };
}
