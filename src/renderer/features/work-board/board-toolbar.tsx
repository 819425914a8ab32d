/** What the board shows: whose tasks, and divided by what. A narrow window shows the rest of it when asked. */
import type { RefObject } from 'react';
import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import type { EpicId, MemberId, RoleId } from '../../../core/ids.ts';
import { priorities } from '../../../core/workflow/workflow.ts';
import { strings as shared } from '../../company/strings.ts';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { SearchBox } from '../../design/search-box.tsx';
import { Select } from '../../design/select.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { useIsPast } from '../../lib/moment.ts';
import type { BoardView, Grouping } from './board-view.ts';
import { groupings } from './board-view.ts';
import { strings } from './strings.ts';

export interface BoardToolbarProps {
  view: BoardView;
  onChange: (change: Partial<BoardView>) => void;
  epicId: EpicId | null;
  onEpic: (epicId: EpicId | null) => void;
  searchRef: RefObject<HTMLInputElement | null>;
}

const none = '';
const half = 'max-md:w-[calc(50%-4px)]';

export function BoardToolbar({ view, onChange, epicId, onEpic, searchRef }: BoardToolbarProps) {
  const [isOpen, setOpen] = useState(false);
  // Beside the audit of the past there is less room, too.
  const isNarrow = useIsPast();
  const tool = isOpen ? '' : isNarrow ? 'hidden' : 'max-md:hidden';
  const { epics, roles, members } = useLive((state) => ({
    epics: [...state.epics.values()].sort((a, b) => b.createdAt - a.createdAt),
    roles: [...state.roles.values()].map(({ id }) => id).sort(),
    members: [...state.members.values()].sort((a, b) => a.name.localeCompare(b.name)),
  }));
  const by = (label: (name: string) => string) =>
    groupings.map((value) => ({ value: value as string, label: label(strings.groupings[value]) }));
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-6 py-2 max-md:px-4">
      <Select
        label={strings.filterEpic}
        hideLabel
        value={epicId ?? none}
        onChange={(id) => onEpic(id === none ? null : (id as EpicId))}
        className="w-44 max-md:w-full"
        options={[
          { value: none as string, label: strings.allEpics },
          ...epics.map(({ id, title }) => ({ value: id as string, label: title })),
        ]}
      />
      <SearchBox
        label={strings.filter}
        value={view.text}
        onChange={(text) => onChange({ text })}
        className="w-40 max-md:flex-1"
        inputRef={searchRef}
      />
      <span className={isNarrow ? '' : 'md:hidden'}>
        <Button aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {strings.more}
        </Button>
      </span>
      <Select
        label={strings.anyMember}
        hideLabel
        value={view.memberId ?? none}
        onChange={(id) => onChange({ memberId: id === none ? null : (id as MemberId) })}
        className={`w-32 ${half} ${tool}`}
        options={[
          { value: none as string, label: strings.anyMember },
          ...members.map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
      />
      <Select
        label={strings.anyRole}
        hideLabel
        value={view.roleId ?? none}
        onChange={(id) => onChange({ roleId: id === none ? null : (id as RoleId) })}
        className={`w-32 ${half} ${tool}`}
        options={[
          { value: none as string, label: strings.anyRole },
          ...roles.map((id) => ({ value: id as string, label: id as string })),
        ]}
      />
      <Select
        label={strings.anyPriority}
        hideLabel
        value={view.priority ?? none}
        onChange={(value) => onChange({ priority: priorities.find((one) => one === value) ?? null })}
        className={`w-32 ${half} ${tool}`}
        options={[
          { value: none as string, label: strings.anyPriority },
          ...priorities.toReversed().map((value) => ({
            value: value as string,
            label: shared.priorities[value],
          })),
        ]}
      />
      <ToggleButton
        isSelected={view.reviews}
        onChange={(reviews) => onChange({ reviews })}
        className={`flex h-8 items-center gap-1.5 rounded-md border border-line-strong/60 px-2.5 text-muted data-selected:border-alive data-hovered:bg-hover data-selected:text-ink ${tool}`}
      >
        <Icon name="gate" className={view.reviews ? 'text-alive' : ''} />
        {strings.reviews}
      </ToggleButton>
      <div className="ml-auto flex gap-2 max-md:contents">
        <Select
          label={strings.columnsBy}
          hideLabel
          value={view.columns as string}
          onChange={(value) => {
            const columns = groupings.find((one) => one === value) ?? 'state';
            onChange({ columns, ...(view.lanes === columns && { lanes: null }) });
          }}
          className={`w-40 ${half} ${tool}`}
          options={by(strings.columnsNamed)}
        />
        <Select
          label={strings.lanesBy}
          hideLabel
          value={view.lanes ?? none}
          onChange={(value) => onChange({ lanes: laneGrouping(value) })}
          className={`w-36 ${half} ${tool}`}
          options={[
            { value: none as string, label: strings.noLanes },
            ...by(strings.lanesNamed).filter(({ value }) => value !== view.columns),
          ]}
        />
      </div>
    </div>
  );
}

const laneGrouping = (value: string): Grouping | null => groupings.find((one) => one === value) ?? null;
