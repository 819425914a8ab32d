/** What the panel shows while nothing, or several things are selected: the company and its colours, or what can be done to all. */
import { useState } from 'react';
import type { Member } from '../../../core/org/org.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';
import { CommitField } from '../../canvas/commit-field.tsx';
import { InspectorSection } from '../../canvas/inspector.tsx';
import { Button } from '../../design/button.tsx';
import { Select } from '../../design/select.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import type { Colouring } from './colours.ts';
import { hueAt } from './colours.ts';
import { strings } from './strings.ts';
import type { OrgDraft } from './use-org-draft.ts';

export function CompanyInspector({ draft, colouring }: { draft: OrgDraft; colouring: Colouring }) {
  const { chart } = draft.drawn;
  return (
    <>
      <header className="border-line border-b px-4 py-3.5">
        <h2 className="truncate font-semibold text-base">{chart.name}</h2>
        <p className="text-muted text-xs">{`${strings.company} · ${strings.people(chart.members.length)}`}</p>
      </header>
      <p className="px-4 pt-3.5 text-muted">{strings.nothingSelected}</p>
      <InspectorSection title={strings.legend}>
        <Legend draft={draft} colouring={colouring} />
      </InspectorSection>
    </>
  );
}

function Legend({ draft, colouring }: { draft: OrgDraft; colouring: Colouring }) {
  if (colouring === 'department') {
    return (
      <ul className="flex flex-col gap-1.5">
        {draft.drawn.chart.departments.slice(0, 12).map(({ id, name }, place) => (
          <li key={id} className="flex items-center gap-2">
            <span className="h-3 w-1 rounded-full" style={{ background: hueAt(place) }} />
            {name}
          </li>
        ))}
      </ul>
    );
  }
  if (colouring !== 'status') return <p className="text-muted">{strings.legends[colouring]}</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {(['alive', 'waiting', 'failure', 'idle'] as const).map((status) => (
        <li key={status} className="flex items-center gap-2">
          <StatusDot status={status} />
          {strings.legends.status[status]}
        </li>
      ))}
    </ul>
  );
}

export interface ManyInspectorProps {
  count: number;
  members: readonly Member[];
  draft: OrgDraft;
  attempt: (label: string, edits: readonly OrgEditInput[]) => string | null;
  onDuplicate: () => void;
  onRemove: () => void;
}

const choose = 'choose';

export function ManyInspector({ count, members, draft, attempt, onDuplicate, onRemove }: ManyInspectorProps) {
  const [key, setKey] = useState(0);
  const { chart } = draft.drawn;
  const names = members.map(({ name }) => name);
  return (
    <>
      <header className="border-line border-b px-4 py-3.5">
        <h2 className="font-semibold text-base">{strings.selected(count)}</h2>
        <p className="text-muted text-xs">{strings.people(members.length)}</p>
      </header>
      {members.length > 0 && (
        <InspectorSection title={strings.members}>
          <Select
            label={strings.moveAll}
            options={[
              { value: choose, label: strings.choose },
              ...chart.teams.map(({ id, name }) => ({ value: id as string, label: name })),
            ]}
            value={choose}
            onChange={(teamId) => {
              const team = chart.teams.find(({ id }) => id === teamId);
              const edits = members
                .filter((member) => member.teamId !== teamId)
                .map(({ id }): OrgEditInput => ({ type: 'member.change', memberId: id, teamId }));
              if (team) attempt(strings.moved(names, team.name), edits);
            }}
          />
          <CommitField
            key={key}
            label={strings.addTag}
            value=""
            onCommit={(tag) => {
              const edits = members
                .filter(({ tags }) => !tags.includes(tag.trim()))
                .map(
                  ({ id, tags }): OrgEditInput => ({
                    type: 'member.change',
                    memberId: id,
                    member: { tags: [...tags, tag.trim()] },
                  }),
                );
              const refused = attempt(strings.changed(strings.theTags, names.join(', ').slice(0, 60)), edits);
              if (refused === null) setKey(key + 1);
              return refused;
            }}
          />
        </InspectorSection>
      )}
      <div className="flex gap-2 px-4 py-3.5">
        {members.length > 0 && (
          <Button size="small" icon="copy" onPress={onDuplicate}>
            {strings.duplicate}
          </Button>
        )}
        <Button size="small" look="danger" icon="trash" onPress={onRemove}>
          {strings.remove}
        </Button>
      </div>
    </>
  );
}
