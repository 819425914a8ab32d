/** What the check found about a company and a workflow, each finding with its repair one click away where the app can do it. */
import type { Finding } from '../../core/workflow/finding.ts';
import type { Repair } from '../../core/workflow/repair.ts';
import { Button } from '../design/button.tsx';
import { StatusDot } from '../design/status-dot.tsx';
import { strings } from './strings.ts';

export interface SatisfiabilityListProps {
  findings: readonly Finding[];
  label: string;
  /** Null where there is no company to repair yet. */
  onRepair: ((repair: Repair) => void) | null;
}

export function SatisfiabilityList({ label, findings, onRepair }: SatisfiabilityListProps) {
  return (
    <ul aria-label={label} className="flex flex-col gap-2">
      {findings.map((finding) => (
        <li key={finding.message} className="flex items-start gap-2">
          <StatusDot status={finding.severity === 'error' ? 'failure' : 'waiting'} className="mt-1" />
          <div className="min-w-0 flex-1">
            <p>{finding.message}</p>
            <p className="text-muted text-xs">
              {finding.repairs.map(({ text }) => text).join(strings.orElse)}
            </p>
          </div>
          {onRepair &&
            finding.repairs
              .filter(({ kind }) => kind === 'add-member' || kind === 'add-human')
              .slice(0, 1)
              .map((repair) => (
                <Button key={repair.text} size="small" icon="plus" onPress={() => onRepair(repair)}>
                  {strings.repair(repair)}
                </Button>
              ))}
        </li>
      ))}
    </ul>
  );
}
