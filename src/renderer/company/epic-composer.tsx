/** Starts an epic: which workflow, what is to be done; says at once when the company could never finish it. */
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { EpicId, WorkflowName } from '../../core/ids.ts';
import type { Finding } from '../../core/workflow/finding.ts';
import type { Repair } from '../../core/workflow/repair.ts';
import { checkSatisfiability } from '../../core/workflow/satisfiability.ts';
import type { Priority } from '../../core/workflow/workflow.ts';
import { priorities } from '../../core/workflow/workflow.ts';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { Select } from '../design/select.tsx';
import { useLive } from '../lib/company-context.tsx';
import { useCommand } from '../lib/use-command.ts';
import { SatisfiabilityList } from './satisfiability-list.tsx';
import { strings } from './strings.ts';
import { useRepair } from './use-repair.ts';
import { WorkflowChoice } from './workflow-choice.tsx';
import { WorkflowMap } from './workflow-map.tsx';

const words = strings.composer;
const asWorkflowSays = 'as-workflow';

export function EpicComposer({ onStarted }: { onStarted: (epicId: EpicId) => void }) {
  const options = useLive((state) =>
    [...state.workflows.values()].map((workflow) => ({
      workflow,
      report: checkSatisfiability(state, workflow),
    })),
  );
  const [chosen, choose] = useState<WorkflowName | null>(null);
  const [title, setTitle] = useState('');
  const [description, setDescription] = useState('');
  const [priority, setPriority] = useState<Priority | typeof asWorkflowSays>(asWorkflowSays);
  const { run, pending, refusal } = useCommand();
  const { repair, refusal: repairRefusal } = useRepair();

  const selected =
    options.find(({ workflow }) => workflow.id === chosen) ??
    options.find(({ report }) => report.finishable) ??
    options[0];
  if (!selected) return <p className="text-muted">{words.noWorkflows}</p>;
  const { workflow, report } = selected;
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  const notes = report.findings.filter(({ severity }) => severity === 'note');
  const refused = refusal ?? repairRefusal;
  const doRepair = (finding: Finding, chosenRepair: Repair) => repair(workflow, finding, chosenRepair);

  const start = async (force: boolean) => {
    const receipt = await run({
      type: 'epic.create',
      title,
      description,
      workflow: workflow.id,
      priority: priority === asWorkflowSays ? null : priority,
      force,
    });
    const created = receipt?.events.find(({ event }) => event.type === 'epic.created');
    if (created?.event.type === 'epic.created') onStarted(created.event.epic.id);
  };

  return (
    <Form
      className="grid grid-cols-[minmax(300px,380px)_1fr] gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        void start(false);
      }}
    >
      <div>
        <WorkflowChoice
          options={options.map((option) => ({
            workflow: option.workflow,
            finishable: option.report.finishable,
          }))}
          value={workflow.id}
          onChange={choose}
        />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <Field
          label={words.epicTitle}
          placeholder={words.epicTitlePlaceholder}
          value={title}
          onChange={setTitle}
          isRequired
          maxLength={200}
          autoFocus
        />
        <Field
          label={words.description}
          placeholder={words.descriptionPlaceholder}
          value={description}
          onChange={setDescription}
          lines={3}
        />
        <div className="rounded-md border border-line bg-surface py-1 pr-3">
          <WorkflowMap
            label={strings.workflowStrip(workflow.id)}
            steps={workflow.steps}
            aside={(row) =>
              row.kind === 'step' && <span className="font-mono text-faint text-xs">{row.step.roleId}</span>
            }
          />
        </div>
        {!report.finishable && (
          <Notice tone="failure" title={strings.notSatisfiable(workflow.id)}>
            <SatisfiabilityList label={strings.findings} findings={errors} onRepair={doRepair} />
          </Notice>
        )}
        {notes.length > 0 && (
          <Notice tone="waiting" title={strings.findingNotes}>
            <SatisfiabilityList label={strings.findingNotes} findings={notes} onRepair={doRepair} />
          </Notice>
        )}
        {refused && (
          <Notice tone="failure" title={words.refused}>
            {refused.message}
          </Notice>
        )}
        <div className="flex items-end justify-between gap-3">
          <Select
            label={words.priority}
            value={priority}
            onChange={setPriority}
            className="w-56"
            options={[
              {
                value: asWorkflowSays,
                label: words.priorityOfWorkflow(strings.priorities[workflow.priority]),
              },
              ...priorities.toReversed().map((value) => ({ value, label: strings.priorities[value] })),
            ]}
          />
          {report.finishable ? (
            <Button type="submit" look="primary" isDisabled={title.trim() === ''} isPending={pending}>
              {words.start}
            </Button>
          ) : (
            <Button
              look="danger"
              isDisabled={title.trim() === ''}
              isPending={pending}
              onPress={() => void start(true)}
            >
              {words.force}
            </Button>
          )}
        </div>
      </div>
    </Form>
  );
}
