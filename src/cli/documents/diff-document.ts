/** What `agentcoord diff --json` says. */
import type { StateDiff } from '../../contract/audit.ts';
import { isoTime } from '../output/time-text.ts';

export interface DiffDocument extends Pick<StateDiff, 'tables'> {
  readonly from: { readonly seq: number; readonly at: string };
  readonly to: { readonly seq: number; readonly at: string };
}

export function diffDocument({ from, to, tables }: StateDiff): DiffDocument {
  return {
    from: { seq: from.seq, at: isoTime(from.at) },
    to: { seq: to.seq, at: isoTime(to.at) },
    tables,
  };
}
