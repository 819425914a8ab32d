/** A department or a team: its name, who is at its head, where it belongs, and what can be added to it. */

import type { Department, Team } from '../../../core/org/org.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';
import { CommitField } from '../../canvas/commit-field.tsx';
import { InspectorSection } from '../../canvas/inspector.tsx';
import { Button } from '../../design/button.tsx';
import { Select } from '../../design/select.tsx';
import { strings } from './strings.ts';
import type { OrgDraft } from './use-org-draft.ts';

interface GroupInspectorProps {
  draft: OrgDraft;
  attempt: (label: string, edits: readonly OrgEditInput[]) => string | null;
  onAddMember: () => void;
  onAddTeam: () => void;
}

const nobody = 'nobody';

export function DepartmentInspector({
  department,
  draft,
  attempt,
  onAddMember,
  onAddTeam,
}: GroupInspectorProps & { department: Department }) {
  const { chart } = draft.drawn;
  const { id, name, headId } = department;
  const teams = chart.teams.filter(({ departmentId }) => departmentId === id);
  const inside = new Set(teams.map((team) => team.id));
  const members = chart.members.filter(({ teamId }) => teamId !== null && inside.has(teamId));
  return (
    <>
      <Header kind={strings.department} name={name} count={members.length} />
      <InspectorSection title={strings.identity}>
        <CommitField
          label={strings.name}
          value={name}
          onCommit={(next) =>
            attempt(strings.renamed(next), [{ type: 'department.change', departmentId: id, name: next }])
          }
        />
        <Select
          label={strings.head}
          options={[
            { value: nobody, label: strings.nobody },
            ...members.map((one) => ({ value: one.id as string, label: one.name })),
          ]}
          value={headId ?? nobody}
          onChange={(next) =>
            attempt(strings.changed(strings.theHead, name), [
              { type: 'department.change', departmentId: id, headId: next === nobody ? null : next },
            ])
          }
        />
        <span className="flex gap-2">
          <Button size="small" icon="plus" onPress={onAddTeam}>
            {strings.addTeam}
          </Button>
          {teams.length > 0 && (
            <Button size="small" icon="plus" onPress={onAddMember}>
              {strings.addMember}
            </Button>
          )}
        </span>
      </InspectorSection>
    </>
  );
}

export function TeamInspector({ team, draft, attempt, onAddMember }: GroupInspectorProps & { team: Team }) {
  const { chart } = draft.drawn;
  const { id, name, leadId, departmentId } = team;
  const members = chart.members.filter(({ teamId }) => teamId === id);
  return (
    <>
      <Header kind={strings.team} name={name} count={members.length} />
      <InspectorSection title={strings.identity}>
        <CommitField
          label={strings.name}
          value={name}
          onCommit={(next) =>
            attempt(strings.renamed(next), [{ type: 'team.change', teamId: id, name: next }])
          }
        />
        <Select
          label={strings.lead}
          options={[
            { value: nobody, label: strings.nobody },
            ...members.map((one) => ({ value: one.id as string, label: one.name })),
          ]}
          value={leadId ?? nobody}
          onChange={(next) =>
            attempt(strings.changed(strings.theLead, name), [
              { type: 'team.change', teamId: id, leadId: next === nobody ? null : next },
            ])
          }
        />
        <Select
          label={strings.department}
          options={chart.departments.map((one) => ({ value: one.id as string, label: one.name }))}
          value={departmentId}
          onChange={(next) =>
            attempt(strings.moved([name], next), [{ type: 'team.change', teamId: id, departmentId: next }])
          }
        />
        <span>
          <Button size="small" icon="plus" onPress={onAddMember}>
            {strings.addMember}
          </Button>
        </span>
      </InspectorSection>
    </>
  );
}

function Header({ kind, name, count }: { kind: string; name: string; count: number }) {
  return (
    <header className="border-line border-b px-4 py-3.5">
      <h2 className="truncate font-semibold text-base">{name}</h2>
      <p className="text-muted text-xs">{`${kind} · ${strings.people(count)}`}</p>
    </header>
  );
}
