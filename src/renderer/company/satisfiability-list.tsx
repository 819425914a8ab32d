/** What the check found about a company and a workflow, each finding with its repairs, which are one click away. */
import type { Finding } from '../../core/workflow/finding.ts';
import type { Repair } from '../../core/workflow/repair.ts';
import { Button } from '../design/button.tsx';
import { StatusDot } from '../design/status-dot.tsx';
import { strings } from './strings.ts';

export interface SatisfiabilityListProps {
  findings: readonly Finding[];
  label: string;
  /** Null where there is no company to repair yet. */
  onRepair: ((finding: Finding, repair: Repair) => void) | null;
}

export function SatisfiabilityList({ label, findings, onRepair }: SatisfiabilityListProps) {
  return (
    <ul aria-label={label} className="flex flex-col gap-2.5">
      {findings.map((finding) => (
        <li key={finding.message} className="flex items-start gap-2">
          <StatusDot status={finding.severity === 'error' ? 'failure' : 'waiting'} className="mt-1" />
          <div className="flex min-w-0 flex-1 flex-col gap-1">
            <p>{finding.message}</p>
            {finding.repairs.length > 0 && (
              <p className="text-muted text-xs">
                {finding.repairs.map(({ text }) => text).join(strings.orElse)}
              </p>
            )}
            {onRepair && <Repairs finding={finding} onRepair={(repair) => onRepair(finding, repair)} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Repairs({ finding, onRepair }: { finding: Finding; onRepair: (repair: Repair) => void }) {
  const acts = new Map(finding.repairs.map((repair) => [strings.repair(repair), repair]));
  if (acts.size === 0) return null;
  return (
    <div className="flex flex-wrap gap-1.5">
      {[...acts].map(([words, repair]) => (
        <Button
          key={words}
          size="small"
          icon={repair.kind === 'allow-self-approval' ? 'check' : 'plus'}
          onPress={() => onRepair(repair)}
        >
          {words}
        </Button>
      ))}
    </div>
  );
}
