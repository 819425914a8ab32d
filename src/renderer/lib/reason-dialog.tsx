/** Asks why before something is done to others' work: nothing happens without a reason, and a refusal is shown where it was asked. */
import { useState } from 'react';
import type { CommandInput } from '../../core/command.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { DialogActs } from '../design/dialog-acts.tsx';
import { Field } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { useCommand } from './use-command.ts';

interface ReasonDialogProps {
  words: {
    readonly title: string;
    /** What will happen. */
    readonly what: string;
    readonly reason: string;
    /** The button that leaves things as they are. */
    readonly keep: string;
    readonly act: string;
  };
  look: 'primary' | 'danger';
  commandFor: (reason: string) => CommandInput;
  onClose: () => void;
}

export function ReasonDialog({ isOpen, ...asked }: ReasonDialogProps & { isOpen: boolean }) {
  const { words, onClose } = asked;
  return (
    <Dialog title={words.title} closeLabel={words.keep} isOpen={isOpen} onClose={onClose}>
      <ReasonForm {...asked} />
    </Dialog>
  );
}

/** Lives while the dialog is open: what was written and refused is gone with it, however it is closed. */
function ReasonForm({ words, look, commandFor, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const { run, pending, refusal } = useCommand();
  const act = async () => {
    if (await run(commandFor(reason))) onClose();
  };
  return (
    <div className="flex flex-col gap-4">
      <p>{words.what}</p>
      <Field label={words.reason} value={reason} onChange={setReason} autoFocus />
      {refusal && <Notice tone="failure">{refusal.message}</Notice>}
      <DialogActs leave={words.keep} onLeave={onClose}>
        <Button look={look} isPending={pending} isDisabled={reason.trim() === ''} onPress={() => void act()}>
          {words.act}
        </Button>
      </DialogActs>
    </div>
  );
}
