/** What a person may do with a task: another try, another priority, an end. */
import { useState } from 'react';
import type { Task } from '../../../core/task/task.ts';
import type { Priority } from '../../../core/workflow/workflow.ts';
import { priorities } from '../../../core/workflow/workflow.ts';
import { strings as shared } from '../../company/strings.ts';
import { Button } from '../../design/button.tsx';
import type { MenuAct } from '../../design/menu.tsx';
import { Menu } from '../../design/menu.tsx';
import { toast } from '../../design/toast.tsx';
import { useActs } from '../../lib/acts.ts';
import { useConnection } from '../../lib/company-context.tsx';
import { ReasonDialog } from '../../lib/reason-dialog.tsx';
import { asCoordError } from '../../lib/use-command.ts';
import { strings } from './strings.ts';

export function TaskActs({ task }: { task: Task }) {
  const connection = useConnection();
  const [cancelling, setCancelling] = useState(false);
  const hasEnded = task.state === 'done' || task.state === 'cancelled';
  const give = (command: Parameters<typeof connection.coordination.command>[0]) => {
    void (async () => {
      try {
        await connection.coordination.command(command);
      } catch (error) {
        toast('failure', asCoordError(error).message);
      }
    })();
  };
  const prioritize = (priority: Priority) => () =>
    give({ type: 'task.prioritize', taskId: task.id, priority });
  const retry = () => give({ type: 'task.retry', taskId: task.id });
  const toOffer = {
    'task.urgent': prioritize('URGENT'),
    'task.high': prioritize('HIGH'),
    'task.normal': prioritize('NORMAL'),
    'task.low': prioritize('LOW'),
    'task.retry': task.state === 'failed' && retry,
    'task.cancel': () => setCancelling(true),
  };
  useActs(hasEnded ? {} : toOffer, task.id);
  if (hasEnded) return null;
  const acts: MenuAct[] = [
    ...priorities
      .toReversed()
      .filter((priority) => priority !== task.priority)
      .map((priority) => ({
        id: priority,
        label: strings.raise(shared.priorities[priority].toLowerCase()),
        act: prioritize(priority),
      })),
    { id: 'cancel', label: `${strings.cancel}…`, danger: true, act: () => setCancelling(true) },
  ];
  return (
    <>
      {task.state === 'failed' && (
        <Button icon="retry" onPress={retry}>
          {strings.retry}
        </Button>
      )}
      <Menu label={strings.acts} acts={acts} />
      <ReasonDialog
        words={{
          title: strings.cancelAsk,
          what: strings.cancelWhat(task.title),
          reason: strings.cancelReason,
          keep: strings.cancelKeep,
          act: strings.cancel,
        }}
        look="danger"
        commandFor={(reason) => ({ type: 'task.cancel', taskId: task.id, reason })}
        isOpen={cancelling}
        onClose={() => setCancelling(false)}
      />
    </>
  );
}
