/** The columns of the board, in one lane or in several that fold. */
import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { memo, useEffect } from 'react';
import type { TaskId } from '../../../core/ids.ts';
import type { Task } from '../../../core/task/task.ts';
import { Icon } from '../../design/icon.tsx';
import { useIsPast } from '../../lib/moment.ts';
import type { BoardGrid, BoardLane, StateColumn } from './board-grid.ts';
import type { BoardScroll } from './board-scroll.ts';
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
  scroll: BoardScroll;
  /** Keys of the lanes that show no cards. */
  folded: ReadonlySet<string>;
  onFold: (laneKey: string) => void;
}

const guessedLanePx = 240;

const columnBox = 'max-w-xl flex-1 max-md:min-w-[78vw] max-md:snap-center';

/** Beside the audit of the past there is less room. */
const useColumnBox = (): string => `${columnBox} ${useIsPast() ? 'min-w-36' : 'min-w-50'}`;

export const Board = memo(function Board({ boardRef, grid, view, onLimits, ...shared }: BoardProps) {
  const { scroll } = shared;
  const box = useColumnBox();
  const isDivided = view.lanes !== null;
  const virtualizer = useVirtualizer({
    count: isDivided ? grid.lanes.length : 0,
    getScrollElement: () => boardRef.current,
    estimateSize: () => guessedLanePx,
    getItemKey: (at) => grid.lanes[at]?.key ?? at,
    overscan: 2,
  });
  useEffect(() => {
    scroll.toLane = isDivided ? (lane) => virtualizer.scrollToIndex(lane) : null;
  }, [scroll, virtualizer, isDivided]);
  const setLimit = (key: string) => (limit: number | null) => {
    const { [limitKey(view.columns, key)]: _old, ...others } = view.limits;
    onLimits(limit === null ? others : { ...others, [limitKey(view.columns, key)]: limit });
  };
  const head = grid.columns.map(({ key, title, count }) => (
    <div key={key} className={box}>
      <ColumnHead
        title={title}
        count={count}
        limit={view.limits[limitKey(view.columns, key)] ?? null}
        onLimit={setLimit(key)}
      />
    </div>
  ));
  const inSight = virtualizer.getVirtualItems();
  const [first, last] = [inSight[0], inSight.at(-1)];
  return (
    <div
      ref={boardRef}
      className="flex h-full min-w-0 flex-1 flex-col overflow-auto px-4 pt-1 pb-4 max-md:snap-x max-md:snap-mandatory"
    >
      <div className="sticky top-0 z-20 flex w-max min-w-full shrink-0 gap-2 bg-ground">{head}</div>
      {isDivided ? (
        <>
          <div className="shrink-0" style={{ height: first?.start ?? 0 }} />
          {inSight.map(({ index, key }) => {
            const lane = grid.lanes[index];
            return (
              lane && (
                <div
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  className="w-max min-w-full shrink-0"
                >
                  <Lane lane={lane} totals={grid.columns} view={view} {...shared} />
                </div>
              )
            );
          })}
          <div className="shrink-0" style={{ height: virtualizer.getTotalSize() - (last?.end ?? 0) }} />
        </>
      ) : (
        grid.lanes.map((lane) => (
          <Lane key={lane.key} lane={lane} totals={grid.columns} view={view} {...shared} />
        ))
      )}
    </div>
  );
});

type LaneProps = Pick<
  BoardProps,
  'view' | 'hrefOf' | 'openTask' | 'hideEpic' | 'scroll' | 'folded' | 'onFold'
> & { lane: BoardLane; totals: BoardGrid['columns'] };

function Lane({ lane, totals, view, hrefOf, openTask, hideEpic, scroll, folded, onFold }: LaneProps) {
  const isFolded = folded.has(lane.key);
  const across = view.lanes;
  const box = useColumnBox();
  return (
    <section
      aria-label={across === null ? undefined : strings.lane(lane.title, lane.count)}
      className={across === null ? 'flex min-h-0 w-max min-w-full flex-1 flex-col' : 'w-max min-w-full'}
    >
      {across !== null && (
        <button
          type="button"
          aria-expanded={!isFolded}
          onClick={() => onFold(lane.key)}
          className="sticky left-0 flex h-9 items-center gap-2 rounded-sm px-1 font-medium text-muted hover:text-ink"
        >
          <Icon name={isFolded ? 'next' : 'down'} />
          {lane.title}
          <span className="font-mono text-faint text-xs">{lane.count}</span>
        </button>
      )}
      {!isFolded && (
        <div className={across === null ? 'flex min-h-0 flex-1 gap-2' : 'flex gap-2'}>
          {lane.columns.map((column, at) => (
            <section
              key={column.key}
              aria-label={strings.columnTasks(
                across === null ? column.title : strings.columnOfLane(column.title, lane.title),
                column.tasks.length,
              )}
              data-column={column.key}
              className={`flex min-h-0 flex-col ${box}`}
            >
              <Cell
                column={column}
                laneKey={lane.key}
                overLimit={overLimit(view, column.key, totals[at]?.count ?? 0)}
                scroll={scroll}
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

/** A limit is no refusal: it is said before the drop, and at the head of the column after it. */
function overLimit({ columns, limits }: BoardView, key: string, count: number): string | null {
  const limit = limits[limitKey(columns, key)];
  return limit !== undefined && count + 1 > limit ? strings.limitOf(count + 1, limit) : null;
}
