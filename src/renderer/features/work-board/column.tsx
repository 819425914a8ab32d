/** One column of the board; only the cards in sight are in the page. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { Task } from '../../../core/task/task.ts';
import type { BoardColumn } from './board-columns.ts';
import { strings } from './strings.ts';
import { TaskCard } from './task-card.tsx';

const guessedCardPx = 104;
const gapPx = 8;

export interface ColumnProps {
  column: BoardColumn;
  hrefOf: (task: Task) => string;
  openTask: string | null;
  hideEpic: boolean;
}

export function Column({ column, hrefOf, openTask, hideEpic }: ColumnProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: column.tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => guessedCardPx,
    getItemKey: (at) => column.tasks[at]?.id ?? at,
    gap: gapPx,
    overscan: 6,
  });
  return (
    <section
      aria-label={strings.columnTasks(column.title, column.tasks.length)}
      data-column={column.id}
      className="flex min-h-0 min-w-44 flex-1 flex-col max-md:min-w-[78vw] max-md:snap-center"
    >
      <h2 className="flex h-9 shrink-0 items-center gap-2 px-1 font-semibold">
        {column.title}
        <span className="font-mono text-faint text-xs">{column.tasks.length}</span>
      </h2>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto rounded-lg bg-sunken p-2">
        {column.tasks.length === 0 ? (
          <p className="px-1 py-2 text-faint text-xs">{strings.columnEmpty[column.id]}</p>
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
                    className="absolute inset-x-0 top-0"
                    style={{ transform: `translateY(${start}px)` }}
                  >
                    <TaskCard
                      task={task}
                      href={hrefOf(task)}
                      isOpen={task.id === openTask}
                      hideEpic={hideEpic}
                    />
                  </li>
                )
              );
            })}
          </ul>
        )}
      </div>
    </section>
  );
}
