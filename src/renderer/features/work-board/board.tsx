/** The columns of the board, in one lane or in several that fold. */
import type { RefObject } from 'react';
import { useState } from 'react';
import type { TaskId } from '../../../core/ids.ts';
import type { Task } from '../../../core/task/task.ts';
import { Icon } from '../../design/icon.tsx';
import type { BoardGrid, BoardLane, StateColumn } from './board-grid.ts';
import type { BoardView } from './board-view.ts';
import { limitKey } from './board-view.ts';
import { Cell } from './cell.tsx';
import { ColumnHead } from './column-head.tsx';
import { strings } from './strings.ts';

export interface BoardProps {
  boardRef: RefObject<HTMLDivElement | null>;
  grid: BoardGrid;
  view: BoardView;
  onLimits: (limits: BoardView['limits']) => void;
  hrefOf: (task: Task) => string;
  openTask: TaskId | null;
  hideEpic: boolean;
}

const columnBox = 'min-w-44 max-w-xl flex-1 max-md:min-w-[78vw] max-md:snap-center';

export function Board({ boardRef, grid, view, onLimits, ...shared }: BoardProps) {
  const setLimit = (key: string) => (limit: number | null) => {
    const { [limitKey(view.columns, key)]: _old, ...others } = view.limits;
    onLimits(limit === null ? others : { ...others, [limitKey(view.columns, key)]: limit });
  };
  const head = grid.columns.map(({ key, title, count }) => (
    <div key={key} className={columnBox}>
      <ColumnHead
        title={title}
        count={count}
        limit={view.limits[limitKey(view.columns, key)] ?? null}
        onLimit={setLimit(key)}
      />
    </div>
  ));
  return (
    <div
      ref={boardRef}
      className="flex h-full min-w-0 flex-1 flex-col overflow-auto px-4 pt-1 pb-4 max-md:snap-x max-md:snap-mandatory"
    >
      <div className="sticky top-0 z-20 flex w-max min-w-full shrink-0 gap-2 bg-ground">{head}</div>
      {grid.lanes.map((lane) => (
        <Lane key={lane.key} lane={lane} view={view} {...shared} />
      ))}
    </div>
  );
}

type LaneProps = Pick<BoardProps, 'view' | 'hrefOf' | 'openTask' | 'hideEpic'> & { lane: BoardLane };

function Lane({ lane, view, hrefOf, openTask, hideEpic }: LaneProps) {
  const [isFolded, setFolded] = useState(false);
  const across = view.lanes;
  return (
    <section
      aria-label={across === null ? undefined : strings.lane(lane.title, lane.count)}
      className={across === null ? 'flex min-h-0 w-max min-w-full flex-1 flex-col' : 'w-max min-w-full'}
    >
      {across !== null && (
        <button
          type="button"
          aria-expanded={!isFolded}
          onClick={() => setFolded(!isFolded)}
          className="sticky left-0 flex h-9 items-center gap-2 rounded-sm px-1 font-medium text-muted hover:text-ink"
        >
          <Icon name={isFolded ? 'next' : 'down'} />
          {lane.title}
          <span className="font-mono text-faint text-xs">{lane.count}</span>
        </button>
      )}
      {!isFolded && (
        <div className={across === null ? 'flex min-h-0 flex-1 gap-2' : 'flex gap-2'}>
          {lane.columns.map((column) => (
            <section
              key={column.key}
              aria-label={strings.columnTasks(column.title, column.tasks.length)}
              data-column={column.key}
              className={`flex min-h-0 flex-col ${columnBox}`}
            >
              <Cell
                column={column}
                empty={
                  view.columns === 'state'
                    ? strings.columnEmpty[column.key as StateColumn]
                    : strings.groupEmpty
                }
                targets={[
                  { by: view.columns, key: column.key },
                  ...(across === null ? [] : [{ by: across, key: lane.key }]),
                ]}
                hrefOf={hrefOf}
                openTask={openTask}
                hideEpic={hideEpic}
                className={across === null ? 'min-h-0 flex-1' : 'max-h-96 min-h-16 flex-1'}
              />
            </section>
          ))}
        </div>
      )}
    </section>
  );
}
