/** Moves a card without a pointer: every column and lane, with what it means to go there or why it can't. */
import type { TaskId } from '../../../core/ids.ts';
import type { EpochMs } from '../../../core/units.ts';
import { classNames } from '../../design/class-names.ts';
import { Dialog } from '../../design/dialog.tsx';
import { Icon } from '../../design/icon.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import type { BoardGrid } from './board-grid.ts';
import { useHands } from './board-hands.tsx';
import type { BoardView } from './board-view.ts';
import type { Move, Target } from './moves.ts';
import { moveTo } from './moves.ts';
import { strings } from './strings.ts';

interface MoveDialogProps {
  taskId: TaskId | null;
  grid: BoardGrid;
  view: BoardView;
  onClose: () => void;
}

interface Choice {
  readonly target: Target;
  readonly title: string;
  readonly move: Move;
}

export function MoveDialog({ taskId, grid, view, onClose }: MoveDialogProps) {
  const { perform } = useHands();
  const self = useSelf();
  const { task, choices } = useLive((state) => {
    const moved = taskId === null ? undefined : state.tasks.get(taskId);
    if (!moved) return { task: null, choices: [] };
    const mover = { self, now: Date.now() as EpochMs };
    const places = [
      ...grid.columns.map(({ key, title }) => ({ target: { by: view.columns, key }, title })),
      ...(view.lanes === null
        ? []
        : grid.lanes.map(({ key, title }) => ({ target: { by: view.lanes ?? 'epic', key }, title }))),
    ];
    const all = places.map(
      (place): Choice => ({ ...place, move: moveTo(state, moved, place.target, mover) }),
    );
    return { task: moved, choices: all };
  });
  return (
    <Dialog
      title={task ? strings.move(task.title) : ''}
      closeLabel={strings.close}
      isOpen={task !== null}
      onClose={onClose}
    >
      <p className="mb-3 text-muted">{strings.moveMore}</p>
      <ul className="flex flex-col gap-1">
        {choices.map(({ target, title, move }) => (
          <li key={`${target.by}:${target.key}`}>
            <Place
              title={title}
              move={move}
              onGo={() => {
                onClose();
                if (task) perform(task, move);
              }}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Place({ title, move, onGo }: { title: string; move: Move; onGo: () => void }) {
  const can = move.kind !== 'stay' && move.kind !== 'refused';
  return (
    <button
      type="button"
      aria-disabled={!can}
      onClick={() => can && onGo()}
      className={classNames(
        'flex w-full items-baseline gap-2 rounded-md border border-line px-3 py-2 text-left',
        can ? 'hover:border-alive hover:bg-hover' : 'cursor-not-allowed text-muted',
      )}
    >
      <Icon
        name={can ? 'next' : 'lock'}
        className={can ? 'self-center text-alive' : 'self-center text-faint'}
      />
      <span className="shrink-0 whitespace-nowrap font-medium">{title}</span>
      <span className={`ml-auto text-balance text-right text-xs ${can ? 'text-ink' : 'text-faint'}`}>
        {move.kind === 'stay' ? strings.hereNow : move.kind === 'refused' ? move.because : move.label}
      </span>
    </button>
  );
}
