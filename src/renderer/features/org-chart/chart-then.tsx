/** The org chart of a past moment: the same drawing and list, to be looked at. */
import type { KeyboardEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Member } from '../../../core/org/org.ts';
import { Inspector } from '../../canvas/inspector.tsx';
import { Stage } from '../../canvas/stage.tsx';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { Page } from '../../design/page.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { Select } from '../../design/select.tsx';
import { Tag } from '../../design/tag.tsx';
import { useConnection } from '../../lib/company-context.tsx';
import { instantOf, useMoment } from '../../lib/moment.ts';
import { ChartCanvas } from './chart-canvas.tsx';
import { layoutChart } from './chart-layout.ts';
import type { ChartViewKind } from './chart-toolbar.tsx';
import type { ChartView } from './chart-view.ts';
import { ChartViewContext } from './chart-view.ts';
import type { Colouring } from './colours.ts';
import { colourings } from './colours.ts';
import { DropStore } from './drop-store.ts';
import { ListView } from './list-view.tsx';
import { Capabilities, RightNow } from './member-facts.tsx';
import { FiguresBoard } from './member-figures.ts';
import { placesOf } from './places-of.ts';
import { strings } from './strings.ts';
import { useLiveChart } from './use-live-chart.ts';
import { useSelection } from './use-selection.ts';
import { isArrow, walk } from './walk-chart.ts';

const noMarks: ReadonlyMap<string, 'new' | 'changed'> = new Map();

export function ChartThen() {
  const { live } = useConnection();
  const moment = useMoment();
  const instant = useRef(instantOf(moment));
  instant.current = instantOf(moment);
  const chart = useLiveChart();
  const [view, setView] = useState<ChartViewKind>('canvas');
  const [colouring, setColouring] = useState<Colouring>('status');
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [focusOn, setFocusOn] = useState<string | null>(null);
  const board = useMemo(() => new FiguresBoard(live, () => instant.current), [live]);
  useEffect(() => board.follow(), [board]);
  const drops = useMemo(() => new DropStore(), []);
  const layout = useMemo(() => layoutChart(chart, collapsed), [chart, collapsed]);
  const selection = useSelection(layout);
  const toggle = useCallback((id: string) => {
    setCollapsed(
      (before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
    );
  }, []);
  const places = useMemo(() => placesOf(chart), [chart]);
  const shared = useMemo<ChartView>(
    () => ({
      colouring,
      board,
      drops,
      found: null,
      marks: noMarks,
      departmentOf: (id) => places.get(id) ?? -1,
      onToggle: toggle,
    }),
    [colouring, board, drops, places, toggle],
  );
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (isArrow(event.key)) {
      const next = walk(layout, selection.active, event.key);
      if (next === null) return;
      selection.pick(next, false);
      setFocusOn(next);
    } else if (event.key === ' ' && selection.active !== null) toggle(selection.active);
    else if (event.key === 'Escape') selection.set(new Set());
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const member = chart.members.find(({ id }) => id === selection.active);
  return (
    <Page
      title={strings.chartThen}
      fixed
      beside={
        <span className="text-faint text-xs">
          {`${strings.people(chart.members.length)} · ${strings.teams(chart.teams.length)}`}
        </span>
      }
      actions={
        <>
          <Select
            label={strings.colour}
            hideLabel
            className="w-34"
            options={colourings.map((value) => ({ value, label: strings.colours[value] }))}
            value={colouring}
            onChange={setColouring}
          />
          <Segmented
            label={strings.view}
            value={view}
            onChange={setView}
            segments={[
              { value: 'canvas', label: strings.canvas, icon: 'org' },
              { value: 'list', label: strings.list, icon: 'list' },
            ]}
          />
        </>
      }
    >
      {chart.members.length === 0 ? (
        <EmptyState title={strings.nobodyThen}>{strings.nobodyThenMore}</EmptyState>
      ) : (
        <ChartViewContext value={shared}>
          <div className="flex h-full min-h-0">
            <Stage label={strings.chartThenKeys} onKeyDown={press}>
              {view === 'canvas' ? (
                <ChartCanvas
                  layout={layout}
                  isFixed
                  selected={selection.ids}
                  onSelect={selection.set}
                  onOpen={toggle}
                  showMap={false}
                  focusOn={focusOn}
                />
              ) : (
                <ListView
                  layout={layout}
                  selected={selection.ids}
                  onPick={selection.pick}
                  focusOn={focusOn}
                />
              )}
            </Stage>
            {member && <MemberThen member={member} board={board} onClose={() => selection.set(new Set())} />}
          </div>
        </ChartViewContext>
      )}
    </Page>
  );
}

function MemberThen({
  member,
  board,
  onClose,
}: {
  member: Member;
  board: FiguresBoard;
  onClose: () => void;
}) {
  const { live } = useConnection();
  const [role] = member.roleIds;
  return (
    <Inspector
      label={member.name}
      head={
        <div className="flex items-center gap-3">
          <MemberAvatar member={member} />
          <div className="min-w-0 flex-1">
            <h2 className="truncate font-semibold">{member.name}</h2>
            <p className="truncate text-muted text-xs">
              {role && (live.state.roles.get(role)?.title ?? role)}
            </p>
          </div>
          <Tag>{strings.kind[member.kind]}</Tag>
          <Button look="quiet" size="small" icon="cross" aria-label={strings.close} onPress={onClose} />
        </div>
      }
    >
      <RightNow member={member} board={board} />
      <Capabilities member={member} state={live.state} />
    </Inspector>
  );
}
