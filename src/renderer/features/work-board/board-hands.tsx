/** What hands do on the board: carry a card, drop it, select several; and the questions that a move asks first. */
import type { ReactNode } from 'react';
import { createContext, use, useCallback, useMemo, useState } from 'react';
import type { CommandInput } from '../../../core/command.ts';
import type { TaskId } from '../../../core/ids.ts';
import type { Task } from '../../../core/task/task.ts';
import { toast } from '../../design/toast.tsx';
import { useConnection } from '../../lib/company-context.tsx';
import { ReasonDialog } from '../../lib/reason-dialog.tsx';
import { asCoordError } from '../../lib/use-command.ts';
import { HandInDialog } from './hand-in-dialog.tsx';
import type { Move } from './moves.ts';
import { strings } from './strings.ts';

export interface BoardHands {
  /** The card that is carried. */
  readonly carried: Task | null;
  readonly carry: (task: Task | null) => void;
  /** Does what a move means; what needs words asks for them. */
  readonly perform: (task: Task, move: Move) => void;
  readonly selected: ReadonlySet<TaskId>;
  readonly select: (tasks: ReadonlySet<TaskId>) => void;
}

const HandsContext = createContext<BoardHands | null>(null);

export function useHands(): BoardHands {
  const hands = use(HandsContext);
  if (!hands) throw new Error('useHands is called outside of a HandsProvider');
  return hands;
}

interface Asked {
  readonly task: Task;
  readonly move: Extract<Move, { kind: 'ask' | 'hand-in' }>;
}

const nothingSelected: ReadonlySet<TaskId> = new Set();

export function HandsProvider({ children }: { children: ReactNode }) {
  const connection = useConnection();
  const [carried, carry] = useState<Task | null>(null);
  const [selected, select] = useState(nothingSelected);
  const [asked, setAsked] = useState<Asked | null>(null);
  const give = useCallback(
    async (command: CommandInput, done: string) => {
      try {
        await connection.coordination.command(command);
        toast('alive', done);
      } catch (error) {
        toast('failure', asCoordError(error).message);
      }
    },
    [connection],
  );
  const perform = useCallback(
    (task: Task, move: Move) => {
      switch (move.kind) {
        case 'stay':
          return;
        case 'refused':
          return toast('failure', move.because);
        case 'give':
          return void give(move.command, move.done);
        case 'ask':
        case 'hand-in':
          return setAsked({ task, move });
      }
    },
    [give],
  );
  const hands = useMemo(() => ({ carried, carry, perform, selected, select }), [carried, perform, selected]);
  const close = () => setAsked(null);
  return (
    <HandsContext value={hands}>
      {children}
      {asked?.move.kind === 'ask' && (
        <ReasonDialog
          words={{
            title: asked.move.label.replace('…', ''),
            what: asked.move.what,
            reason: strings.why,
            keep: strings.leave,
            act: asked.move.label.replace('…', ''),
          }}
          look="primary"
          commandFor={asked.move.commandFor}
          isOpen
          onClose={close}
        />
      )}
      {asked?.move.kind === 'hand-in' && <HandInDialog task={asked.task} onClose={close} />}
    </HandsContext>
  );
}
