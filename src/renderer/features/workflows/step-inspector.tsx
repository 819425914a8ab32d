/** One step: what it is called, who does it, what it waits for and what must pass before it is done. */
import type { StepId } from '../../../core/ids.ts';
import { stepTakers } from '../../../core/workflow/step-takers.ts';
import type { Step } from '../../../core/workflow/workflow.ts';
import { CommitField } from '../../canvas/commit-field.tsx';
import { InspectorSection } from '../../canvas/inspector.tsx';
import { Button } from '../../design/button.tsx';
import { Select } from '../../design/select.tsx';
import { useConnection } from '../../lib/company-context.tsx';
import { refusalToConnect } from './check-draft.ts';
import { changeStep, connect, disconnect } from './edit-workflow.ts';
import { LinesField } from './lines-field.tsx';
import { Names } from './names.tsx';
import { strings } from './strings.ts';
import type { WorkflowDraft } from './use-workflow-draft.ts';

export interface StepInspectorProps {
  step: Step;
  draft: WorkflowDraft;
  attempt: WorkflowDraft['attempt'];
  roles: readonly string[];
  onAddGate: (step: StepId) => void;
}

export function StepInspector({ step, draft, attempt, roles, onAddGate }: StepInspectorProps) {
  const { live } = useConnection();
  const change = (fields: Parameters<typeof changeStep>[2]) =>
    attempt(strings.changedStep(step.title), changeStep(draft.drawn, step.id, fields));
  return (
    <>
      <InspectorSection
        title={`${strings.step} ${step.id}`}
        aside={
          <Button size="small" look="quiet" icon="gate" onPress={() => onAddGate(step.id)}>
            {strings.addGate}
          </Button>
        }
      >
        <CommitField
          label={strings.stepTitle}
          value={step.title}
          onCommit={(title) => change({ title: title.trim() })}
        />
        <Select
          label={strings.role}
          options={roles.map((role) => ({ value: role, label: role }))}
          value={step.roleId as string}
          onChange={(role) => change({ roleId: role as Step['roleId'] })}
        />
        <CommitField
          label={strings.complexity}
          help={strings.complexityHelp}
          value={String(step.complexity)}
          onCommit={(text) => {
            const complexity = Number(text);
            return complexity > 0 && complexity <= 1_000 ? change({ complexity }) : strings.complexityInvalid;
          }}
        />
      </InspectorSection>
      <Dependencies step={step} draft={draft} attempt={attempt} />
      <InspectorSection title={strings.takers}>
        <Names names={stepTakers(live.state, step).map(({ name }) => name)} />
        <CommitField
          label={strings.needs}
          help={strings.needsHelp}
          value={step.requiresCapabilities.join(', ')}
          onCommit={(text) =>
            change({ requiresCapabilities: listIn(text, /,/) as unknown as Step['requiresCapabilities'] })
          }
        />
      </InspectorSection>
      <InspectorSection title={strings.checksLabel}>
        <LinesField
          label={strings.checksLabel}
          help={strings.checksHelp}
          lines={step.checks}
          onCommit={(checks) => change({ checks })}
        />
      </InspectorSection>
    </>
  );
}

function Dependencies({ step, draft, attempt }: Pick<StepInspectorProps, 'step' | 'draft' | 'attempt'>) {
  const { drawn } = draft;
  const titleOf = (id: StepId) => drawn.steps.find((other) => other.id === id)?.title ?? id;
  const possible = drawn.steps.filter(({ id }) => refusalToConnect(drawn, id, step.id) === null);
  return (
    <InspectorSection title={strings.dependsOn}>
      {step.dependsOn.length === 0 && <p className="text-muted">{strings.dependsNothing}</p>}
      <ul className="flex flex-col gap-1">
        {step.dependsOn.map((id) => (
          <li key={id} className="flex items-center gap-2">
            <span className="font-mono text-faint text-xs">{id}</span>
            <span className="min-w-0 flex-1 truncate">{titleOf(id)}</span>
            <Button
              size="small"
              look="quiet"
              icon="cross"
              aria-label={strings.removeDependency(titleOf(id))}
              onPress={() =>
                attempt(strings.disconnected(titleOf(id), step.title), disconnect(drawn, id, step.id))
              }
            />
          </li>
        ))}
      </ul>
      {possible.length > 0 && (
        <Select
          label={strings.addDependency}
          options={[
            { value: '', label: strings.choose },
            ...possible.map(({ id, title }) => ({ value: id as string, label: `${id}  ${title}` })),
          ]}
          value=""
          onChange={(id) => {
            if (id === '') return;
            attempt(
              strings.connected(titleOf(id as StepId), step.title),
              connect(drawn, id as StepId, step.id),
            );
          }}
        />
      )}
    </InspectorSection>
  );
}

function listIn(text: string, at: RegExp): string[] {
  return text
    .split(at)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
