/** The ruling on a veto: lift it, or send the work back. */
import { useRef, useState } from 'react';
import type { Gate } from '../../../core/gate/gate.ts';
import { gatedEpic } from '../../../core/gate/gated-work.ts';
import { DecisionBar } from '../../company/decision-bar.tsx';
import { RefusalNotice } from '../../company/refusal-notice.tsx';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { toast } from '../../design/toast.tsx';
import { useActs } from '../../lib/acts.ts';
import { useLive } from '../../lib/company-context.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { strings } from './strings.ts';

export function ArbitrationPanel({ gate }: { gate: Gate }) {
  const reason = useLive((state) => gatedEpic(state, gate)?.reason ?? gate.refusal?.note ?? null);
  const [note, setNote] = useState('');
  const { run, pending, refusal } = useCommand();
  const field = useRef<HTMLTextAreaElement>(null);
  useActs({ 'gate.arbitrate': () => field.current?.focus() }, gate.id);
  const rule = async (ruling: 'resume' | 'rework') => {
    if (await run({ type: 'gate.arbitrate', gateId: gate.id, ruling, note })) toast('alive', strings.ruled);
  };
  const isDisabled = note.trim() === '' || pending;
  return (
    <DecisionBar title={strings.vetoNote} tone="failure">
      {reason && <p>{reason}</p>}
      <p className="text-muted">{strings.arbitrateHelp}</p>
      <Field label={strings.note} value={note} onChange={setNote} lines={2} inputRef={field} />
      <RefusalNotice refusal={refusal} />
      <div className="flex gap-2">
        <Button isDisabled={isDisabled} onPress={() => void rule('resume')}>
          {strings.resume}
        </Button>
        <Button icon="reply" isDisabled={isDisabled} onPress={() => void rule('rework')}>
          {gate.request ? strings.reject : strings.rework}
        </Button>
      </div>
    </DecisionBar>
  );
}
