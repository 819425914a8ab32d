/** Sets a gate aside for a time, with the reason that the others see. */
import { useState } from 'react';
import type { Gate } from '../../../core/gate/gate.ts';
import type { DurationMs } from '../../../core/units.ts';
import { minutes } from '../../../core/units.ts';
import { RefusalNotice } from '../../company/refusal-notice.tsx';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { DialogActs } from '../../design/dialog-acts.tsx';
import { Field } from '../../design/field.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { toast } from '../../design/toast.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { strings } from './strings.ts';

const lengths = {
  hour: minutes(60),
  halfDay: minutes(4 * 60),
  day: minutes(24 * 60),
  week: minutes(7 * 24 * 60),
} as const satisfies Record<string, DurationMs>;

type Length = keyof typeof lengths;

export interface AsideProps {
  gate: Gate;
  onClose: () => void;
}

export function AsideDialog({ gate, onClose }: AsideProps) {
  return (
    <Dialog title={strings.asideTitle(gate.name)} closeLabel={strings.close} isOpen onClose={onClose}>
      <AsideForm gate={gate} onClose={onClose} />
    </Dialog>
  );
}

function AsideForm({ gate, onClose }: AsideProps) {
  const [length, setLength] = useState<Length>('hour');
  const [reason, setReason] = useState('');
  const { run, pending, refusal } = useCommand();
  const setAside = async () => {
    const lasting = lengths[length];
    if (!(await run({ type: 'gate.set_aside', gateId: gate.id, lasting, reason }))) return;
    toast('alive', strings.asideDone(gate.name));
    onClose();
  };
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{strings.asideHelp}</p>
      <Segmented
        label={strings.asideFor}
        value={length}
        onChange={setLength}
        segments={(Object.keys(lengths) as Length[]).map((value) => ({
          value,
          label: strings.asideLengths[value],
        }))}
      />
      <Field label={strings.asideReason} value={reason} onChange={setReason} autoFocus />
      <RefusalNotice refusal={refusal} />
      <DialogActs leave={strings.close} onLeave={onClose}>
        <Button
          look="primary"
          isPending={pending}
          isDisabled={reason.trim() === ''}
          onPress={() => void setAside()}
        >
          {strings.asideDo}
        </Button>
      </DialogActs>
    </div>
  );
}
