/** What can be done with all selected cards at once; what is refused says so, and the rest is done. */
import { useState } from 'react';
import type { CommandInput } from '../../../core/command.ts';
import type { TaskId } from '../../../core/ids.ts';
import type { Task } from '../../../core/task/task.ts';
import { priorities } from '../../../core/workflow/workflow.ts';
import { strings as shared } from '../../company/strings.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { DialogActs } from '../../design/dialog-acts.tsx';
import { Field } from '../../design/field.tsx';
import { Select } from '../../design/select.tsx';
import { toast } from '../../design/toast.tsx';
import { useConnection, useLive } from '../../lib/company-context.tsx';
import { asCoordError } from '../../lib/use-command.ts';
import { useHands } from './board-hands.tsx';
import { strings } from './strings.ts';

const none = '';
const nothing: ReadonlySet<TaskId> = new Set();

export function SelectionBar() {
  const connection = useConnection();
  const { selected, select } = useHands();
  const [cancelling, setCancelling] = useState(false);
  const { tasks, members } = useLive((state) => ({
    tasks: [...selected].flatMap((id) => state.tasks.get(id) ?? []),
    members: [...state.members.values()].sort((a, b) => a.name.localeCompare(b.name)),
  }));
  if (tasks.length === 0) return null;
  const all = async (commandFor: (task: Task) => CommandInput) => {
    const given = await Promise.allSettled(
      tasks.map((task) => connection.coordination.command(commandFor(task))),
    );
    const refused = given.filter((one) => one.status === 'rejected');
    if (refused.length < given.length) toast('alive', strings.bulkDone(given.length - refused.length));
    const [first] = refused;
    if (first) toast('failure', strings.bulkRefused(refused.length, asCoordError(first.reason).message));
    select(nothing);
  };
  return (
    <section
      aria-label={strings.selected(tasks.length)}
      className="absolute inset-x-0 bottom-5 z-30 mx-auto flex w-max max-w-[calc(100%-2rem)] animate-enter flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-raised px-3 py-2 shadow-raised"
    >
      <span className="font-medium">{strings.selected(tasks.length)}</span>
      <Select
        label={strings.bulkPriority}
        hideLabel
        value={none}
        className="w-32"
        onChange={(value) => {
          const priority = priorities.find((one) => one === value);
          if (priority) void all(({ id }) => ({ type: 'task.prioritize', taskId: id, priority }));
        }}
        options={[
          { value: none as string, label: strings.bulkPriority },
          ...priorities.toReversed().map((value) => ({
            value: value as string,
            label: shared.priorities[value],
          })),
        ]}
      />
      <Select
        label={strings.bulkAssign}
        hideLabel
        value={none}
        className="w-36"
        onChange={(value) => {
          const memberId = members.find(({ id }) => id === value)?.id;
          if (memberId) void all(({ id }) => ({ type: 'task.assign', taskId: id, memberId }));
        }}
        options={[
          { value: none as string, label: strings.bulkAssign },
          ...members.map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
      />
      {tasks.some(({ state }) => state === 'failed') && (
        <Button icon="retry" onPress={() => void all(({ id }) => ({ type: 'task.retry', taskId: id }))}>
          {strings.bulkRetry}
        </Button>
      )}
      <Button look="danger" onPress={() => setCancelling(true)}>
        {strings.bulkCancel}
      </Button>
      <Button look="quiet" icon="cross" aria-label={strings.selectClear} onPress={() => select(nothing)} />
      <Dialog
        title={strings.bulkCancelAsk(tasks.length)}
        closeLabel={strings.cancelKeep}
        isOpen={cancelling}
        onClose={() => setCancelling(false)}
      >
        <CancelForm
          onKeep={() => setCancelling(false)}
          onCancel={(reason) => {
            setCancelling(false);
            void all(({ id }) => ({ type: 'task.cancel', taskId: id, reason }));
          }}
        />
      </Dialog>
    </section>
  );
}

function CancelForm({ onKeep, onCancel }: { onKeep: () => void; onCancel: (reason: string) => void }) {
  const [reason, setReason] = useState('');
  return (
    <div className="flex flex-col gap-4">
      <p>{strings.bulkCancelWhat}</p>
      <Field label={strings.cancelReason} value={reason} onChange={setReason} autoFocus />
      <DialogActs leave={strings.cancelKeep} onLeave={onKeep}>
        <Button look="danger" isDisabled={reason.trim() === ''} onPress={() => onCancel(reason)}>
          {strings.bulkCancel.replace('…', '')}
        </Button>
      </DialogActs>
    </div>
  );
}
