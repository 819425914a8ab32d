/** The cards of one column in one lane; only those in sight are in the page. A place to drop a card. */
import { useVirtualizer } from '@tanstack/react-virtual';
import type { MouseEvent } from 'react';
import { useEffect, useMemo, useRef } from 'react';
import type { TaskId } from '../../../core/ids.ts';
import type { Task } from '../../../core/task/task.ts';
import { classNames } from '../../design/class-names.ts';
import { useIsPast } from '../../lib/moment.ts';
import type { BoardColumn } from './board-grid.ts';
import { useHands } from './board-hands.tsx';
import type { BoardScroll } from './board-scroll.ts';
import { DropHint } from './drop-hint.tsx';
import type { Target } from './moves.ts';
import { selectionAfter } from './selection.ts';
import { strings } from './strings.ts';
import { TaskCard } from './task-card.tsx';
import { useDrop } from './use-drop.ts';

const guessedCardPx = 104;
const gapPx = 8;

export interface CellProps {
  column: BoardColumn;
  laneKey: string;
  /** What one card more would make of a column that is full, in words; null: there is room. */
  overLimit: string | null;
  scroll: BoardScroll;
  /** What is said while it has no card. */
  empty: string;
  targets: readonly Target[];
  hrefOf: (task: Task) => string;
  openTask: TaskId | null;
  hideEpic: boolean;
  className: string;
}

export function Cell({
  column,
  laneKey,
  overLimit,
  scroll,
  empty,
  targets,
  hrefOf,
  openTask,
  hideEpic,
  className,
}: CellProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { move, isOver } = useDrop(scroller, targets);
  const { selected, select } = useHands();
  const isPast = useIsPast();
  const ids = useMemo(() => column.tasks.map(({ id }) => id), [column.tasks]);
  const virtualizer = useVirtualizer({
    count: column.tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => guessedCardPx,
    getItemKey: (at) => column.tasks[at]?.id ?? at,
    gap: gapPx,
    overscan: 6,
  });
  useEffect(
    () => scroll.addCell(laneKey, column.key, (row) => virtualizer.scrollToIndex(row)),
    [scroll, laneKey, column.key, virtualizer],
  );
  /** With Ctrl, ⌘ or Shift a click selects and opens nothing. */
  const pick = (event: MouseEvent, id: TaskId) => {
    if (isPast || (!event.ctrlKey && !event.metaKey && !event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
    select(selectionAfter(selected, ids, id, event.shiftKey));
  };
  const canDrop = move !== null && move.kind !== 'stay' && move.kind !== 'refused';
  return (
    <div
      ref={scroller}
      data-cell={column.key}
      className={classNames(
        'relative overflow-y-auto rounded-lg border border-transparent bg-sunken p-2 transition-opacity duration-150',
        canDrop && 'border-alive/60 border-dashed',
        canDrop && isOver && 'border-alive bg-alive-soft',
        move?.kind === 'refused' && !isOver && 'opacity-50',
        move?.kind === 'refused' && isOver && 'border-waiting/60 border-dashed',
        className,
      )}
    >
      {move !== null && isOver && <DropHint move={move} overLimit={overLimit} />}
      {column.tasks.length === 0 ? (
        <p className="px-1 py-2 text-faint text-xs">{empty}</p>
      ) : (
        <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const task = column.tasks[index];
            return (
              task && (
                <li
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  aria-posinset={index + 1}
                  aria-setsize={column.tasks.length}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${start}px)` }}
                  onClickCapture={(event) => pick(event, task.id)}
                >
                  <TaskCard
                    task={task}
                    href={hrefOf(task)}
                    isOpen={task.id === openTask}
                    isSelected={selected.has(task.id)}
                    hideEpic={hideEpic}
                  />
                </li>
              )
            );
          })}
        </ul>
      )}
      <span className="sr-only">{strings.columnTasks(column.title, column.tasks.length)}</span>
    </div>
  );
}
