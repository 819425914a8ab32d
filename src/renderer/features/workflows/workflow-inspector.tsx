/** The workflow as a whole: how urgent its epics are, and whether this company could finish one. */
import type { Finding } from '../../../core/workflow/finding.ts';
import type { Repair } from '../../../core/workflow/repair.ts';
import type { Priority } from '../../../core/workflow/workflow.ts';
import { priorities } from '../../../core/workflow/workflow.ts';
import { InspectorSection } from '../../canvas/inspector.tsx';
import { SatisfiabilityList } from '../../company/satisfiability-list.tsx';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import type { CommandRun } from '../../lib/use-command.ts';
import { strings } from './strings.ts';
import type { WorkflowDraft } from './use-workflow-draft.ts';

export interface WorkflowInspectorProps {
  draft: WorkflowDraft;
  attempt: WorkflowDraft['attempt'];
  findings: readonly Finding[];
  onRepair: (finding: Finding, repair: Repair) => void;
  refusal: CommandRun['refusal'];
  onRemove: () => void;
}

export function WorkflowInspector(props: WorkflowInspectorProps) {
  const { draft, attempt, findings, onRepair, refusal, onRemove } = props;
  const { drawn, base } = draft;
  return (
    <>
      <InspectorSection title={strings.workflow}>
        <p className="font-mono">{drawn.id}</p>
        <p className="text-muted text-xs">
          {[
            base ? strings.version(base.version) : strings.newTag,
            strings.steps(drawn.steps.length),
            strings.gates(drawn.steps.reduce((sum, { gates }) => sum + gates.length, 0)),
          ].join(' · ')}
        </p>
        <Select<Priority>
          label={strings.priority}
          options={priorities.map((value) => ({ value, label: strings.priorities[value] }))}
          value={drawn.priority}
          onChange={(priority) => attempt(strings.changedWorkflow, { ...drawn, priority })}
        />
      </InspectorSection>
      <InspectorSection title={strings.check}>
        {findings.length === 0 ? (
          <p className="flex items-start gap-2">
            <StatusDot status="alive" className="mt-1" />
            {strings.fine}
          </p>
        ) : (
          <SatisfiabilityList label={strings.findings} findings={findings} onRepair={onRepair} />
        )}
        {refusal && <Notice tone="failure">{refusal.message}</Notice>}
      </InspectorSection>
      {base && (
        <div className="px-4 py-3.5">
          <Button size="small" look="danger" icon="trash" onPress={onRemove}>
            {strings.remove}
          </Button>
        </div>
      )}
    </>
  );
}
