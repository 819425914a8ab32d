/** Does a repair of the satisfiability check: adds whoever is missing, with the role that is missing, or allows what is forbidden. */
import { useCallback } from 'react';
import type { Finding } from '../../core/workflow/finding.ts';
import type { Repair } from '../../core/workflow/repair.ts';
import type { Workflow } from '../../core/workflow/workflow.ts';
import { useConnection } from '../lib/company-context.tsx';
import type { CommandRun } from '../lib/use-command.ts';
import { useCommand } from '../lib/use-command.ts';
import { repairEdits } from './repair-edits.ts';

export interface RepairRun extends Pick<CommandRun, 'refusal' | 'pending'> {
  readonly repair: (workflow: Workflow, finding: Finding, repair: Repair) => void;
}

export function useRepair(): RepairRun {
  const { live } = useConnection();
  const { run, refusal, pending } = useCommand();
  const repair = useCallback(
    (workflow: Workflow, finding: Finding, chosen: Repair) => {
      void run({ type: 'org.change', edits: repairEdits(live.state, workflow, finding, chosen) });
    },
    [live, run],
  );
  return { repair, refusal, pending };
}
