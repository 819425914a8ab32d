/** The panel beside the drawing: what is selected, the workflow as YAML, or its versions. */
import type { ReactNode } from 'react';
import type { PanelKind } from '../../canvas/editor-panel.tsx';
import { EditorPanel } from '../../canvas/editor-panel.tsx';
import type { FlowItem, FlowLayout } from '../../canvas/flow.ts';
import { gateId } from '../../canvas/flow.ts';
import { InspectorSection } from '../../canvas/inspector.tsx';
import { YamlPane } from '../../canvas/yaml-pane.tsx';
import { SatisfiabilityList } from '../../company/satisfiability-list.tsx';
import { Button } from '../../design/button.tsx';
import { useFlowView } from './flow-view.ts';
import { GateInspector } from './gate-inspector.tsx';
import { StepInspector } from './step-inspector.tsx';
import { strings } from './strings.ts';
import type { FlowActs } from './use-flow-acts.ts';
import type { WorkflowDraft } from './use-workflow-draft.ts';
import { useWorkflowYaml } from './use-workflow-yaml.ts';
import { VersionsView } from './versions-view.tsx';

export interface FlowPanelProps {
  kind: PanelKind;
  onKind: (kind: PanelKind) => void;
  draft: WorkflowDraft;
  layout: FlowLayout;
  selected: ReadonlySet<string>;
  roles: readonly string[];
  attempt: WorkflowDraft['attempt'];
  acts: FlowActs;
  onSelect: (ids: ReadonlySet<string>) => void;
  /** What is shown when nothing is selected. */
  whole: ReactNode;
}

export function FlowPanel(props: FlowPanelProps) {
  const { kind, onKind, draft, attempt } = props;
  return (
    <EditorPanel kind={kind} onKind={onKind} words={strings}>
      {kind === 'inspect' && <Selected {...props} />}
      {kind === 'yaml' && <Yaml key={draft.drawn.id} draft={draft} />}
      {kind === 'versions' && <VersionsView key={draft.drawn.id} draft={draft} attempt={attempt} />}
    </EditorPanel>
  );
}

function Yaml({ draft }: { draft: WorkflowDraft }) {
  const yaml = useWorkflowYaml(draft);
  return <YamlPane yaml={yaml} fileName={`${draft.drawn.id}.yaml`} words={strings} />;
}

function Selected({ draft, layout, selected, roles, attempt, acts, onSelect, whole }: FlowPanelProps) {
  const [only] = selected;
  if (only === undefined) return whole;
  const item = layout.byId.get(only);
  if (selected.size > 1 || !item) {
    return (
      <InspectorSection title={strings.several(selected.size)}>
        <Button size="small" look="danger" icon="trash" onPress={() => acts.remove(selected)}>
          {strings.removeSelected}
        </Button>
      </InspectorSection>
    );
  }
  const shared = { draft, attempt, roles };
  return (
    <>
      <ItsFindings item={item} />
      {item.kind === 'step' ? (
        <StepInspector key={item.id} step={item.step} onAddGate={acts.addGate} {...shared} />
      ) : (
        <GateInspector
          key={item.id}
          gate={item.gate}
          step={item.step}
          onRename={(name) => onSelect(new Set([gateId(name)]))}
          {...shared}
        />
      )}
    </>
  );
}

/** Before all that can be set: why it could not be done in this company, and what would help. */
function ItsFindings({ item }: { item: FlowItem }) {
  const { findings, onRepair } = useFlowView();
  const gate = item.kind === 'gate' ? item.gate.name : null;
  const own = findings.filter((finding) => finding.stepId === item.step.id && finding.gate === gate);
  if (own.length === 0) return null;
  return (
    <InspectorSection title={strings.check}>
      <SatisfiabilityList label={strings.findings} findings={own} onRepair={onRepair} />
    </InspectorSection>
  );
}
