/** What a person may do with a task: another try, another priority, an end. */
import { useState } from 'react';
import type { Task } from '../../../core/task/task.ts';
import { priorities } from '../../../core/workflow/workflow.ts';
import { strings as shared } from '../../company/strings.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import type { MenuAct } from '../../design/menu.tsx';
import { Menu } from '../../design/menu.tsx';
import { Notice } from '../../design/notice.tsx';
import { toast } from '../../design/toast.tsx';
import { useConnection } from '../../lib/company-context.tsx';
import { asCoordError, useCommand } from '../../lib/use-command.ts';
import { strings } from './strings.ts';

export function TaskActs({ task }: { task: Task }) {
  const connection = useConnection();
  const [cancelling, setCancelling] = useState(false);
  if (task.state === 'done' || task.state === 'cancelled') return null;
  const give = (command: Parameters<typeof connection.coordination.command>[0]) => {
    void (async () => {
      try {
        await connection.coordination.command(command);
      } catch (error) {
        toast('failure', asCoordError(error).message);
      }
    })();
  };
  const acts: MenuAct[] = [
    ...priorities
      .toReversed()
      .filter((priority) => priority !== task.priority)
      .map((priority) => ({
        id: priority,
        label: strings.raise(shared.priorities[priority].toLowerCase()),
        act: () => give({ type: 'task.prioritize', taskId: task.id, priority }),
      })),
    { id: 'cancel', label: `${strings.cancel}…`, danger: true, act: () => setCancelling(true) },
  ];
  return (
    <>
      {task.state === 'failed' && (
        <Button icon="retry" onPress={() => give({ type: 'task.retry', taskId: task.id })}>
          {strings.retry}
        </Button>
      )}
      <Menu label={strings.acts} acts={acts} />
      <CancelDialog task={task} isOpen={cancelling} onClose={() => setCancelling(false)} />
    </>
  );
}

interface CancelDialogProps {
  task: Task;
  isOpen: boolean;
  onClose: () => void;
}

function CancelDialog({ task, isOpen, onClose }: CancelDialogProps) {
  const [reason, setReason] = useState('');
  const { run, pending, refusal } = useCommand();
  const cancel = async () => {
    if (await run({ type: 'task.cancel', taskId: task.id, reason })) onClose();
  };
  return (
    <Dialog title={strings.cancelAsk} closeLabel={strings.cancelKeep} isOpen={isOpen} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <p>{strings.cancelWhat(task.title)}</p>
        <Field label={strings.cancelReason} value={reason} onChange={setReason} autoFocus />
        {refusal && <Notice tone="failure">{refusal.message}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{strings.cancelKeep}</Button>
          <Button
            look="danger"
            isPending={pending}
            isDisabled={reason.trim() === ''}
            onPress={() => void cancel()}
          >
            {strings.cancel}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
