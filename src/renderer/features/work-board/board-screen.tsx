/** The live work board: tasks in columns and lanes, filtered, carried and selected, with a drawer for the one that is open. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { EpicId, TaskId } from '../../../core/ids.ts';
import { taskIdSchema } from '../../../core/ids.ts';
import type { Task } from '../../../core/task/task.ts';
import { EpicDialog } from '../../company/epic-dialog.tsx';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import type { IconName } from '../../design/icon.tsx';
import { Icon } from '../../design/icon.tsx';
import { Page } from '../../design/page.tsx';
import { useActs } from '../../lib/acts.ts';
import { useLive } from '../../lib/company-context.tsx';
import { useIsPast } from '../../lib/moment.ts';
import { useKeys } from '../../lib/use-keys.ts';
import { Board } from './board.tsx';
import { HandsProvider, useHands } from './board-hands.tsx';
import { BoardScroll } from './board-scroll.ts';
import { BoardToolbar } from './board-toolbar.tsx';
import type { BoardView, BoardViews } from './board-view.ts';
import { MoveDialog } from './move-dialog.tsx';
import { selectionAfter } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { strings } from './strings.ts';
import { TaskDrawer } from './task-drawer.tsx';
import { useBoardGrid } from './use-board-grid.ts';
import { useBoardViews } from './use-board-views.ts';
import { useCardKeys } from './use-card-keys.ts';
import { ViewMenu } from './view-menu.tsx';

export interface BoardScreenProps {
  epicId: EpicId | null;
  taskId: TaskId | null;
}

export function BoardScreen(props: BoardScreenProps) {
  return (
    <HandsProvider>
      <Screen {...props} />
    </HandsProvider>
  );
}

function Screen({ epicId: linkedEpic, taskId }: BoardScreenProps) {
  const [, navigate] = useLocation();
  const isPast = useIsPast();
  const [composing, setComposing] = useState(false);
  const [moving, setMoving] = useState<TaskId | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const board = useRef<HTMLDivElement>(null);
  const { selected, select } = useHands();
  const kept = useBoardViews();
  const { view, change } = kept;
  // A link to an epic shows it whatever the view says, and changes no view.
  const epicId = linkedEpic ?? view.epicId;
  const leaveLink = () => {
    if (linkedEpic) navigate('/board');
  };
  const keepViews = (views: BoardViews) => {
    kept.keep(views);
    leaveLink();
  };
  const grid = useBoardGrid(view, epicId);
  const isEmpty = useLive(({ tasks }) => tasks.size === 0);
  const [scroll] = useState(() => new BoardScroll());
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const fold = useCallback(
    (key: string) =>
      setFolded(
        (before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]),
      ),
    [],
  );
  useEffect(() => {
    if (taskId) cardOf(board.current, taskId)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [taskId]);
  const base = linkedEpic ? `/board/${linkedEpic}` : '/board';
  const hrefOf = useCallback(({ id }: Task) => `${base}/${id}`, [base]);
  const setLimits = useCallback((limits: BoardView['limits']) => change({ limits }), [change]);
  const closeTask = () => {
    navigate(base);
    if (taskId) cardOf(board.current, taskId)?.focus();
  };
  const leave = () => {
    if (selected.size > 0) select(new Set());
    else if (taskId) closeTask();
  };
  useKeys({
    ...(!isPast && {
      n: () => setComposing(true),
      m: () => setMoving(focusedCard(board.current)),
      x: () => {
        const id = focusedCard(board.current);
        if (id) select(selectionAfter(selected, [], id, false));
      },
    }),
    r: () => change({ reviews: !view.reviews }),
    '/': () => search.current?.focus(),
    Escape: leave,
  });
  useActs({
    'board.find': () => search.current?.focus(),
    'board.reviews': () => change({ reviews: !view.reviews }),
  });
  const actsOfTask = {
    'task.move': () => setMoving(taskId),
    'task.select': () => taskId && select(selectionAfter(selected, [], taskId, false)),
  };
  useActs(taskId === null ? {} : actsOfTask, taskId);
  useCardKeys({ board, grid, folded, scroll });
  const start = !isPast && (
    <Button look="primary" icon="plus" onPress={() => setComposing(true)}>
      {strings.newEpic}
    </Button>
  );
  const ofEpic = epicId && !isPast && (
    <>
      <EpicLink href={`/timeline/${epicId}`} icon="time">
        {strings.timeline}
      </EpicLink>
      <EpicLink href={`/timeline/${epicId}/graph`} icon="workflow">
        {strings.graph}
      </EpicLink>
    </>
  );
  const showsAll = { text: '', priority: null, roleId: null, memberId: null, epicId: null } as const;
  return (
    <Page
      title={strings.title}
      fixed
      beside={!isPast && <ViewMenu {...kept} keep={keepViews} />}
      actions={
        !isPast && (
          <>
            {ofEpic}
            {start}
          </>
        )
      }
    >
      <EpicDialog isOpen={composing} onClose={() => setComposing(false)} />
      {isEmpty ? (
        <EmptyState title={isPast ? strings.emptyThen : strings.empty} action={start}>
          {isPast ? strings.emptyThenMore : strings.emptyMore}
        </EmptyState>
      ) : (
        <div className="flex h-full min-w-0 flex-col">
          <BoardToolbar
            view={view}
            onChange={change}
            epicId={epicId}
            onEpic={(id) => {
              change({ epicId: id });
              leaveLink();
            }}
            searchRef={search}
          />
          <div className="relative flex min-h-0 min-w-0 flex-1">
            {grid.lanes.every(({ count }) => count === 0) ? (
              <EmptyState
                title={strings.nothingFound}
                action={
                  <Button
                    onPress={() => {
                      change(showsAll);
                      leaveLink();
                    }}
                  >
                    {strings.showAll}
                  </Button>
                }
              >
                {strings.nothingFoundMore}
              </EmptyState>
            ) : (
              <Board
                boardRef={board}
                grid={grid}
                view={view}
                onLimits={setLimits}
                hrefOf={hrefOf}
                openTask={taskId}
                scroll={scroll}
                folded={folded}
                onFold={fold}
                hideEpic={epicId !== null || view.columns === 'epic' || view.lanes === 'epic'}
              />
            )}
            {taskId && <TaskDrawer key={taskId} taskId={taskId} onClose={closeTask} />}
            <SelectionBar />
          </div>
          <MoveDialog taskId={moving} grid={grid} view={view} onClose={() => setMoving(null)} />
        </div>
      )}
    </Page>
  );
}

function EpicLink({ href, icon, children }: { href: string; icon: IconName; children: string }) {
  return (
    <Link
      href={href}
      className="flex h-8 items-center gap-1.5 rounded-md px-2.5 text-muted hover:bg-hover hover:text-ink"
    >
      <Icon name={icon} />
      {children}
    </Link>
  );
}

function cardOf(board: HTMLElement | null, taskId: TaskId): HTMLElement | null {
  return board?.querySelector(`[data-task="${CSS.escape(taskId)}"]`) ?? null;
}

function focusedCard(board: HTMLElement | null): TaskId | null {
  const id = board?.querySelector<HTMLElement>('[data-task]:focus')?.dataset.task;
  return id === undefined ? null : taskIdSchema.parse(id);
}
