/** The org chart: seen as a drawing or a list, edited as a draft, applied when what it does is understood. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CoordError } from '../../../core/error.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';
import { DiscardDialog } from '../../canvas/discard-dialog.tsx';
import type { PanelKind } from '../../canvas/editor-panel.tsx';
import { Stage } from '../../canvas/stage.tsx';
import { useUndoKeys } from '../../canvas/use-undo-keys.ts';
import { useWayBack } from '../../canvas/use-way-back.ts';
import { Page } from '../../design/page.tsx';
import { toast } from '../../design/toast.tsx';
import { useActs } from '../../lib/acts.ts';
import { useConnection } from '../../lib/company-context.tsx';
import { useKeys } from '../../lib/use-keys.ts';
import { ChartCanvas } from './chart-canvas.tsx';
import { layoutChart } from './chart-layout.ts';
import { ChartPanel } from './chart-panel.tsx';
import type { ChartViewKind } from './chart-toolbar.tsx';
import { ChartToolbar } from './chart-toolbar.tsx';
import type { ChartView } from './chart-view.ts';
import { ChartViewContext } from './chart-view.ts';
import type { Colouring } from './colours.ts';
import { colourOf } from './colours.ts';
import { describeEdits } from './describe-edit.ts';
import { DraftBar } from './draft-bar.tsx';
import { draftMarks } from './draft-marks.ts';
import { DropStore } from './drop-store.ts';
import { savePng, saveSvg, saveYaml } from './export-chart.ts';
import { findInChart } from './find-in-chart.ts';
import { ListView } from './list-view.tsx';
import { FiguresBoard } from './member-figures.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { placesOf } from './places-of.ts';
import { RefusalBar } from './refusal-bar.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { strings } from './strings.ts';
import { useChartActs } from './use-chart-acts.ts';
import { useChartKeys } from './use-chart-keys.ts';
import { useCompanyAbout } from './use-company-about.ts';
import { titleOf, useMoving } from './use-moving.ts';
import { useOrgDraft } from './use-org-draft.ts';
import { useSelection } from './use-selection.ts';

type Open = 'review' | 'merge' | 'discard' | null;

export function OrgScreen() {
  const { live } = useConnection();
  const draft = useOrgDraft();
  const { chart } = draft.drawn;
  const about = useCompanyAbout();
  const [view, setView] = useState<ChartViewKind>('canvas');
  const [panel, setPanel] = useState<PanelKind>('inspect');
  const [colouring, setColouring] = useState<Colouring>('department');
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [showMap, setShowMap] = useState(true);
  const [text, setText] = useState('');
  const [focusOn, setFocusOn] = useState<string | null>(null);
  const [announced, announce] = useState('');
  const [refusal, setRefusal] = useState<CoordError | string | null>(null);
  const [open, setOpen] = useState<Open>(null);
  const search = useRef<HTMLInputElement>(null);
  const side = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const drops = useMemo(() => new DropStore(), []);
  const board = useMemo(() => new FiguresBoard(live), [live]);
  useEffect(() => board.follow(), [board]);
  const layout = useMemo(() => layoutChart(chart, collapsed), [chart, collapsed]);
  const selection = useSelection(layout);

  const attempt = useCallback(
    (label: string, edits: readonly OrgEditInput[]) => {
      const refused = draft.attempt(label, edits);
      setRefusal(refused);
      announce(refused?.message ?? label);
      return refused?.message ?? null;
    },
    [draft.attempt],
  );
  const moving = useMoving({ draft, layout, drops, announce, onRefused: setRefusal });
  const acts = useChartActs({ draft, selection, attempt, announce });
  const toggle = useCallback((id: string) => {
    setCollapsed((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const found = useMemo(() => findInChart(layout, text), [layout, text]);
  const foundAt = found?.indexOf(selection.active ?? '') ?? -1;
  const next = () => {
    const id = found?.[(foundAt + 1) % found.length];
    if (id === undefined) return;
    selection.pick(id, false);
    setFocusOn(id);
  };
  const walkTo = (id: string, adds: boolean) => {
    selection.pick(id, adds);
    setFocusOn(id);
    announce(titleOf(layout, id));
  };
  const edit = () => {
    const focus = () => side.current?.querySelector<HTMLElement>('input[type=text]')?.focus();
    // What is not on the screen yet can be focused once it is.
    if (panel === 'inspect') return focus();
    setPanel('inspect');
    requestAnimationFrame(focus);
  };
  const press = useChartKeys({
    layout,
    selection,
    moving,
    acts,
    isList: view === 'list',
    onWalk: walkTo,
    onToggle: toggle,
    onEdit: edit,
    onShow: setFocusOn,
  });
  useUndoKeys(draft.undo, draft.redo);
  useWayBack(side, stage);
  useKeys({ '/': () => search.current?.focus() });

  const places = useMemo(() => placesOf(chart), [chart]);
  const marks = useMemo(() => draftMarks(draft.base, chart), [draft.base, chart]);
  const shared = useMemo<ChartView>(
    () => ({
      colouring,
      board,
      drops,
      found: found && new Set(found),
      marks,
      departmentOf: (id) => places.get(id) ?? -1,
      onToggle: toggle,
    }),
    [colouring, board, drops, found, marks, places, toggle],
  );
  const colour = (id: string) =>
    colourOf(colouring, {
      figures: board.of(id),
      department: places.get(id) ?? -1,
      dearest: board.dearest(),
    });
  const focusStage = () => stage.current?.focus({ preventScroll: true });
  const applied = () => {
    setOpen(null);
    // The button that opened the dialog is gone with the draft.
    requestAnimationFrame(focusStage);
  };
  const fold = () => setCollapsed(new Set(collapsed.size === 0 ? chart.departments.map(({ id }) => id) : []));
  const png = () =>
    void savePng(chart.name, layout, colour).catch((error: Error) => toast('failure', error.message));
  const hasSelected = selection.ids.size > 0;
  /** Of a thing that was chosen elsewhere: the keys go on from it. */
  const onStage = (act: () => void) => () => {
    focusStage();
    act();
  };
  useActs({
    'org.add-member': onStage(acts.addMember),
    'org.add-team': onStage(acts.addTeam),
    'org.add-department': onStage(acts.addDepartment),
    'org.find': () => search.current?.focus(),
    'org.review': draft.drawn.edits.length > 0 && (() => setOpen('review')),
    'org.discard': draft.drawn.edits.length > 0 && (() => setOpen('discard')),
    'org.undo': draft.undoLabel !== null && draft.undo,
    'org.redo': draft.redoLabel !== null && draft.redo,
    'org.edit': hasSelected && edit,
    'org.move': hasSelected && onStage(() => moving.pickUp(selection.ids)),
    'org.remove': hasSelected && onStage(acts.remove),
    'org.duplicate': hasSelected && onStage(acts.duplicate),
    'org.copy': hasSelected && acts.copy,
    'org.cut': hasSelected && acts.cut,
    'org.paste': hasSelected && onStage(acts.paste),
    'org.fold': fold,
    'org.map': () => setShowMap(!showMap),
    'org.list': () => setView(view === 'list' ? 'canvas' : 'list'),
    'org.yaml': () => setPanel('yaml'),
    'org.versions': () => setPanel('versions'),
    'org.merge': () => setOpen('merge'),
    'org.svg': () => saveSvg(chart.name, layout, colour),
    'org.png': png,
    'member.show': (id) => onStage(() => walkTo(id, false))(),
  });
  const more = [
    { id: 'svg', label: strings.exportSvg, act: () => saveSvg(chart.name, layout, colour) },
    {
      id: 'png',
      label: strings.exportPng,
      act: png,
    },
    { id: 'yaml', label: strings.exportYaml, act: () => void saveYaml(about.id, chart, about) },
    {
      id: 'fold',
      label: collapsed.size === 0 ? strings.collapseAll : strings.expandAll,
      act: fold,
    },
    { id: 'map', label: showMap ? strings.hideMap : strings.showMap, act: () => setShowMap(!showMap) },
  ];
  return (
    <Page
      title={strings.title}
      fixed
      beside={<Counts people={chart.members.length} teams={chart.teams.length} />}
    >
      <ChartViewContext value={shared}>
        <div className="flex h-full min-h-0 flex-col">
          <ChartToolbar
            draft={draft}
            acts={acts}
            view={view}
            onView={setView}
            colouring={colouring}
            onColouring={setColouring}
            text={text}
            onText={setText}
            searchRef={search}
            found={found && { at: foundAt + 1, count: found.length }}
            onNext={next}
            more={more}
          />
          <div className="flex min-h-0 flex-1 max-md:flex-col">
            <Stage label={strings.chart} onKeyDown={press} stage={stage}>
              {view === 'canvas' ? (
                <ChartCanvas
                  layout={layout}
                  selected={selection.ids}
                  onSelect={selection.set}
                  onOver={moving.over}
                  onDrop={moving.drop}
                  onOpen={toggle}
                  showMap={showMap}
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
              <RefusalBar refusal={refusal} onDismiss={() => setRefusal(null)} />
              <DraftBar
                draft={draft}
                onReview={() => setOpen('review')}
                onDiscard={() => setOpen('discard')}
                onGone={focusStage}
              />
            </Stage>
            <div ref={side} className="flex min-h-0">
              <ChartPanel
                kind={panel}
                onKind={setPanel}
                draft={draft}
                selected={selection.ids}
                board={board}
                colouring={colouring}
                acts={acts}
                attempt={attempt}
                onMerge={() => setOpen('merge')}
              />
            </div>
          </div>
        </div>
        <p aria-live="polite" className="sr-only">
          {announced}
        </p>
        {open === 'review' && (
          <ReviewDialog draft={draft} onClose={() => setOpen(null)} onApplied={applied} />
        )}
        {open === 'discard' && (
          <DiscardDialog
            words={strings}
            lost={describeEdits(draft.base, chart, draft.drawn.edits).map(
              ({ subject, text }) => `${subject} ${text}`,
            )}
            onClose={() => setOpen(null)}
            onDiscard={() => {
              setOpen(null);
              draft.discard();
              requestAnimationFrame(focusStage);
            }}
          />
        )}
        {open === 'merge' && <MergeDialog draft={draft} attempt={attempt} onClose={() => setOpen(null)} />}
      </ChartViewContext>
    </Page>
  );
}

function Counts({ people, teams }: { people: number; teams: number }) {
  return <span className="text-faint text-xs">{`${strings.people(people)} · ${strings.teams(teams)}`}</span>;
}
