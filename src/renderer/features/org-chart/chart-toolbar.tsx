/** Above the chart: undo, what to add, what to find, how to look at it, and how to take it along. */
import type { Ref } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { EditorToolbar } from '../../canvas/editor-toolbar.tsx';
import { Icon } from '../../design/icon.tsx';
import { Menu } from '../../design/menu.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { Select } from '../../design/select.tsx';
import type { Colouring } from './colours.ts';
import { colourings } from './colours.ts';
import { strings } from './strings.ts';
import type { ChartActs } from './use-chart-acts.ts';
import type { OrgDraft } from './use-org-draft.ts';

export type ChartViewKind = 'canvas' | 'list';

export interface ChartToolbarProps {
  draft: OrgDraft;
  acts: ChartActs;
  view: ChartViewKind;
  onView: (view: ChartViewKind) => void;
  colouring: Colouring;
  onColouring: (colouring: Colouring) => void;
  text: string;
  onText: (text: string) => void;
  searchRef: Ref<HTMLInputElement>;
  /** Which of how many found is shown; null: nothing is looked for. */
  found: { readonly at: number; readonly count: number } | null;
  onNext: () => void;
  more: readonly { readonly id: string; readonly label: string; readonly act: () => void }[];
}

export function ChartToolbar(props: ChartToolbarProps) {
  const { draft, acts, view, onView, colouring, onColouring, text, onText, searchRef, found, onNext, more } =
    props;
  return (
    <EditorToolbar draft={draft} words={strings}>
      <Menu
        label={strings.add}
        icon="plus"
        acts={[
          { id: 'member', label: strings.addMember, act: acts.addMember },
          { id: 'team', label: strings.addTeam, act: acts.addTeam },
          { id: 'department', label: strings.addDepartment, act: acts.addDepartment },
        ]}
      />
      <SearchField
        aria-label={strings.search}
        value={text}
        onChange={onText}
        onSubmit={onNext}
        className="relative flex items-center"
      >
        <Icon name="search" className="absolute left-2.5 text-faint" />
        <Input
          ref={searchRef}
          placeholder={strings.searchShort}
          className="h-8 w-60 rounded-md border border-line-strong bg-field pr-16 pl-8 placeholder:text-faint max-lg:w-44"
        />
        {found && (
          <span role="status" className="absolute right-2.5 font-mono text-faint text-xs">
            {strings.found(found.at, found.count)}
          </span>
        )}
      </SearchField>
      <span className="flex-1" />
      <Select
        label={strings.colour}
        hideLabel
        className="w-34"
        options={colourings.map((value) => ({ value, label: strings.colours[value] }))}
        value={colouring}
        onChange={onColouring}
      />
      <Segmented
        label={strings.view}
        value={view}
        onChange={onView}
        segments={[
          { value: 'canvas', label: strings.canvas, icon: 'org' },
          { value: 'list', label: strings.list, icon: 'list' },
        ]}
      />
      <Menu label={strings.more} acts={more} />
    </EditorToolbar>
  );
}
