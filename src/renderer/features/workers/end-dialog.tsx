/** Asks why before a worker is ended at once. */
import type { Worker } from '../../../core/worker/worker.ts';
import { ReasonDialog } from '../../lib/reason-dialog.tsx';
import { strings } from './strings.ts';

export function EndDialog({
  worker,
  isOpen,
  onClose,
}: {
  worker: Worker;
  isOpen: boolean;
  onClose: () => void;
}) {
  return (
    <ReasonDialog
      words={{
        title: strings.endAsk,
        what: strings.endWhat,
        reason: strings.endReason,
        keep: strings.endNot,
        act: strings.end,
      }}
      look="danger"
      commandFor={(reason) => ({ type: 'worker.end', workerId: worker.id, outcome: 'stopped', reason })}
      isOpen={isOpen}
      onClose={onClose}
    />
  );
}
