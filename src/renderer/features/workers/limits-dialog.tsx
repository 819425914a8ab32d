/** Asks how many workers and calls to models there may be at once, and says what becomes of those that are over. */
import { useState } from 'react';
import type { Staffing } from '../../../contract/staffing.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { DialogActs } from '../../design/dialog-acts.tsx';
import { Field } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { strings } from './strings.ts';
import { useLimits } from './use-staffing.ts';

interface LimitsDialogProps {
  staffing: Staffing;
  isOpen: boolean;
  onClose: () => void;
}

export function LimitsDialog({ staffing, isOpen, onClose }: LimitsDialogProps) {
  return (
    <Dialog title={strings.limits} closeLabel={strings.leaveLimits} isOpen={isOpen} onClose={onClose}>
      <LimitsForm staffing={staffing} onClose={onClose} />
    </Dialog>
  );
}

function LimitsForm({ staffing: { workers, llmCalls }, onClose }: Omit<LimitsDialogProps, 'isOpen'>) {
  const [workersText, setWorkers] = useState(String(workers.atMost));
  const [callsText, setCalls] = useState(String(llmCalls.atMost));
  const { set, pending, refusal } = useLimits();
  const most = { workers: countIn(workersText, 1_000), llmCalls: countIn(callsText, 10_000) };
  const startsNone = workers.atMost === 0;
  const isReady = most.llmCalls !== null && (startsNone || most.workers !== null);
  const save = async () => {
    if (most.llmCalls === null) return;
    const limits = { llmCalls: most.llmCalls, ...(most.workers !== null && { workers: most.workers }) };
    if (await set(limits)) onClose();
  };
  const over = most.workers === null ? 0 : workers.live - most.workers;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void save();
      }}
      className="flex flex-col gap-4"
    >
      <p className="text-muted">{strings.limitsWhat}</p>
      {startsNone ? (
        <Notice tone="waiting">{strings.startsNone}</Notice>
      ) : (
        <Field
          label={strings.workersAtOnce}
          value={workersText}
          onChange={setWorkers}
          inputMode="numeric"
          help={over > 0 ? strings.workersOver(over) : strings.ofAllCompanies}
          error={most.workers === null ? strings.countFrom(1_000) : null}
          autoFocus
        />
      )}
      <Field
        label={strings.callsAtOnce}
        value={callsText}
        onChange={setCalls}
        inputMode="numeric"
        help={strings.callsHelp}
        error={most.llmCalls === null ? strings.countFrom(10_000) : null}
      />
      {refusal && <Notice tone="failure">{refusal}</Notice>}
      <DialogActs leave={strings.leaveLimits} onLeave={onClose}>
        <Button look="primary" type="submit" isPending={pending} isDisabled={!isReady}>
          {strings.setLimits}
        </Button>
      </DialogActs>
    </form>
  );
}

/** Null: it is no whole number from 1 up to the most. */
export function countIn(text: string, most: number): number | null {
  const count = Number(text);
  return /^\d+$/.test(text.trim()) && count >= 1 && count <= most ? count : null;
}
