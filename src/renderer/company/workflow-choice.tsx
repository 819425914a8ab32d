/** The choice of a workflow: each with its whole shape in one line, and a word when the company can't finish it. */
import { Radio, RadioGroup } from 'react-aria-components';
import type { WorkflowName } from '../../core/ids.ts';
import type { Workflow } from '../../core/workflow/workflow.ts';
import { Tag } from '../design/tag.tsx';
import { PrioritySign } from './priority-sign.tsx';
import { strings } from './strings.ts';
import { WorkflowStrip } from './workflow-strip.tsx';

const words = strings.composer;

export interface WorkflowOption {
  readonly workflow: Workflow;
  readonly finishable: boolean;
}

export interface WorkflowChoiceProps {
  options: readonly WorkflowOption[];
  value: WorkflowName | null;
  onChange: (name: WorkflowName) => void;
}

export function WorkflowChoice({ options, value, onChange }: WorkflowChoiceProps) {
  return (
    <RadioGroup
      aria-label={words.workflow}
      value={value}
      onChange={(name) => {
        const chosen = options.find(({ workflow }) => workflow.id === name);
        if (chosen) onChange(chosen.workflow.id);
      }}
      className="flex flex-col gap-2"
    >
      {options.map(({ workflow, finishable }) => (
        <Radio
          key={workflow.id}
          value={workflow.id}
          className="flex flex-col gap-2 rounded-md border border-line bg-raised px-3 py-2.5 transition-colors duration-150 data-hovered:border-line-strong data-selected:border-alive data-selected:bg-alive-soft"
        >
          <span className="flex items-center gap-2">
            <span className="font-medium font-mono">{workflow.id}</span>
            <PrioritySign priority={workflow.priority} />
            <span className="flex-1" />
            {finishable ? (
              <span className="text-muted text-xs">
                {words.steps(workflow.steps.length, workflow.steps.flatMap(({ gates }) => gates).length)}
              </span>
            ) : (
              <Tag tone="failure" icon="stop">
                {words.cannotFinish}
              </Tag>
            )}
          </span>
          <WorkflowStrip label={strings.workflowStrip(workflow.id)} steps={workflow.steps} />
        </Radio>
      ))}
    </RadioGroup>
  );
}
