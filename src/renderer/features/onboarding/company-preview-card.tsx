/** Who would be in the company, department by department, and which workflows it could run. */
import type { Finding } from '../../../core/workflow/finding.ts';
import type { SatisfiabilityReport } from '../../../core/workflow/satisfiability.ts';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { SatisfiabilityList } from '../../company/satisfiability-list.tsx';
import { WorkflowStrip } from '../../company/workflow-strip.tsx';
import { Card } from '../../design/card.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import type { CompanyPreview } from './preview-company.ts';
import { strings } from './strings.ts';

export function CompanyPreviewCard({ preview }: { preview: CompanyPreview }) {
  const staffed = preview.departments.filter(({ members }) => members.length > 0);
  return (
    <Card className="flex flex-col gap-5 p-5">
      <div className="columns-2 gap-5 [&>*]:mb-4 [&>*]:break-inside-avoid xl:columns-3">
        <section>
          <h2 className="mb-1.5 font-medium text-faint text-xs">{strings.you}</h2>
          <p className="flex items-center gap-2">
            <MemberAvatar member={{ name: 'owner', kind: 'human' }} size="small" />
            <span className="text-muted text-xs">{strings.youRole}</span>
          </p>
        </section>
        {staffed.map(({ name, members }) => (
          <section key={name}>
            <h2 className="mb-1.5 font-medium text-faint text-xs">{name}</h2>
            <ul className="flex flex-col gap-1">
              {members.map((member) => (
                <li key={member.id} className="flex items-center gap-2">
                  <MemberAvatar member={member} size="small" />
                  <span className="truncate">{member.name}</span>
                  <span className="truncate font-mono text-faint text-xs">{member.roleIds.join(', ')}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {staffed.length === 0 && <p className="self-end text-muted">{strings.nobody}</p>}
      </div>
      <section>
        <h2 className="mb-1.5 font-medium text-faint text-xs">{strings.runs}</h2>
        <ul className="flex flex-col divide-y divide-line">
          {preview.workflows.map(({ workflow, report }) => (
            <li key={workflow.id} className="grid grid-cols-[16px_130px_1fr] items-center gap-x-2 py-1.5">
              <StatusDot status={report.finishable ? 'done' : 'failure'} />
              <span className="font-mono">{workflow.id}</span>
              {report.finishable ? (
                <WorkflowStrip label={workflow.id} steps={workflow.steps} />
              ) : (
                <details>
                  <summary className="text-muted">
                    {strings.whyNot(workflow.id, errorsOf(report).length)}
                  </summary>
                  <div className="pt-2">
                    <SatisfiabilityList label={strings.runsNot} findings={errorsOf(report)} onRepair={null} />
                  </div>
                </details>
              )}
            </li>
          ))}
        </ul>
      </section>
    </Card>
  );
}

function errorsOf({ findings }: SatisfiabilityReport): Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}
