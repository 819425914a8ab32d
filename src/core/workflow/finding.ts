/** What the satisfiability check finds: a step that nobody could take, or a gate that nobody could open. */
import type { StepId } from '../ids.ts';
import type { Repair } from './repair.ts';

export type FindingKind =
  | 'missing-role'
  | 'no-taker'
  | 'too-few-members'
  | 'sole-approver-is-author'
  | 'no-human'
  /** Notes: the workflow can be finished, but only so. */
  | 'only-the-owner'
  | 'not-by-every-author';

export interface Finding {
  /** An error: no epic can ever get past this. A note: it can, with care. */
  readonly severity: 'error' | 'note';
  readonly kind: FindingKind;
  readonly stepId: StepId;
  /** Null: the step itself can't be taken. */
  readonly gate: string | null;
  /** What can't be done, and why. */
  readonly message: string;
  /** The best first; none where nothing needs repair. */
  readonly repairs: readonly Repair[];
}

/** The finding and its best repair in one line. */
export function findingText({ message, repairs }: Finding): string {
  const [best] = repairs;
  return best ? `${message} - ${best.text}` : message;
}
