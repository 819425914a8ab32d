/** What a person may do with a worker: let it rest, go on, or end after its task. */
import { useState } from 'react';
import type { Worker } from '../../../core/worker/worker.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { toast } from '../../design/toast.tsx';
import type { CommandRun } from '../../lib/use-command.ts';
import { useCommand } from '../../lib/use-command.ts';
import { strings } from './strings.ts';

interface WorkerActsProps {
  worker: Worker;
  /** Of whoever shows what is refused. */
  command: CommandRun;
}

export function WorkerActs({ worker, command: { run, pending } }: WorkerActsProps) {
  const [pausing, setPausing] = useState(false);
  if (worker.state !== 'ready' && worker.state !== 'starting') return null;
  const drain = async () => {
    if (await run({ type: 'worker.drain', workerId: worker.id })) toast('alive', strings.drainDone);
  };
  return (
    <>
      {worker.pause ? (
        <Button isPending={pending} onPress={() => void run({ type: 'worker.resume', workerId: worker.id })}>
          {strings.resume}
        </Button>
      ) : (
        <Button onPress={() => setPausing(true)}>{strings.pause}</Button>
      )}
      <Button isPending={pending} onPress={() => void drain()}>
        {strings.drain}
      </Button>
      <PauseDialog worker={worker} isOpen={pausing} onClose={() => setPausing(false)} />
    </>
  );
}

interface PauseDialogProps {
  worker: Worker;
  isOpen: boolean;
  onClose: () => void;
}

function PauseDialog({ worker, isOpen, onClose }: PauseDialogProps) {
  const [reason, setReason] = useState('');
  const { run, pending, refusal } = useCommand();
  const pause = async () => {
    if (!(await run({ type: 'worker.pause', workerId: worker.id, reason }))) return;
    setReason('');
    onClose();
  };
  return (
    <Dialog title={strings.pauseAsk} closeLabel={strings.pauseNot} isOpen={isOpen} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <p>{strings.pauseWhat}</p>
        <Field label={strings.pauseReason} value={reason} onChange={setReason} autoFocus />
        {refusal && <Notice tone="failure">{refusal.message}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{strings.pauseNot}</Button>
          <Button
            look="primary"
            isPending={pending}
            isDisabled={reason.trim() === ''}
            onPress={() => void pause()}
          >
            {strings.pause}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
