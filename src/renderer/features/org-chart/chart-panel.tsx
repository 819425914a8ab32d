/** The panel beside the chart: what is selected, the company as YAML, or its versions. */
import type { OrgEditInput } from '../../../core/org/org-commands.ts';
import type { PanelKind } from '../../canvas/editor-panel.tsx';
import { EditorPanel } from '../../canvas/editor-panel.tsx';
import { YamlPane } from '../../canvas/yaml-pane.tsx';
import type { Colouring } from './colours.ts';
import { CompanyInspector, ManyInspector } from './company-inspector.tsx';
import { DepartmentInspector, TeamInspector } from './group-inspector.tsx';
import type { FiguresBoard } from './member-figures.ts';
import { MemberInspector } from './member-inspector.tsx';
import { strings } from './strings.ts';
import type { ChartActs } from './use-chart-acts.ts';
import { useCompanyYaml } from './use-company-yaml.ts';
import type { OrgDraft } from './use-org-draft.ts';
import { VersionsView } from './versions-view.tsx';

export interface ChartPanelProps {
  kind: PanelKind;
  onKind: (kind: PanelKind) => void;
  draft: OrgDraft;
  selected: ReadonlySet<string>;
  board: FiguresBoard;
  colouring: Colouring;
  acts: ChartActs;
  attempt: (label: string, edits: readonly OrgEditInput[]) => string | null;
  onMerge: () => void;
}

export function ChartPanel(props: ChartPanelProps) {
  const { kind, onKind, draft, attempt, onMerge } = props;
  return (
    <EditorPanel kind={kind} onKind={onKind} words={strings}>
      {kind === 'inspect' && <Selected {...props} />}
      {kind === 'yaml' && <Yaml draft={draft} />}
      {kind === 'versions' && <VersionsView draft={draft} attempt={attempt} onMerge={onMerge} />}
    </EditorPanel>
  );
}

function Yaml({ draft }: { draft: OrgDraft }) {
  const yaml = useCompanyYaml(draft);
  return <YamlPane yaml={yaml} fileName={`${draft.drawn.chart.name}.yaml`} words={strings} />;
}

function Selected({ draft, selected, board, colouring, acts, attempt }: ChartPanelProps) {
  const { chart } = draft.drawn;
  const [only] = selected;
  if (only === undefined || (selected.size === 1 && only === 'top')) {
    return <CompanyInspector draft={draft} colouring={colouring} />;
  }
  if (selected.size > 1) {
    return (
      <ManyInspector
        count={selected.size}
        members={chart.members.filter(({ id }) => selected.has(id))}
        draft={draft}
        attempt={attempt}
        onDuplicate={acts.duplicate}
        onRemove={acts.remove}
      />
    );
  }
  const group = { draft, attempt, onAddMember: acts.addMember, onAddTeam: acts.addTeam };
  const member = chart.members.find(({ id }) => id === only);
  if (member)
    return <MemberInspector key={only} member={member} draft={draft} board={board} attempt={attempt} />;
  const team = chart.teams.find(({ id }) => id === only);
  if (team) return <TeamInspector key={only} team={team} {...group} />;
  const department = chart.departments.find(({ id }) => id === only);
  return department ? <DepartmentInspector key={only} department={department} {...group} /> : null;
}
