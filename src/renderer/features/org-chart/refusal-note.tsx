/** Why something can't be done, where it was asked for; with the way out where there is one. */
import { useState } from 'react';
import type { CoordError } from '../../../core/error.ts';
import type { WorkerId } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { strings } from './strings.ts';

export function RefusalNote({ refusal, onDrained }: { refusal: CoordError; onDrained?: () => void }) {
  const { run, pending, refusal: further } = useCommand();
  const [isDrained, setDrained] = useState(false);
  const workers = workersIn(refusal);
  const drain = async () => {
    for (const workerId of workers) if (!(await run({ type: 'worker.drain', workerId }))) return;
    setDrained(true);
    onDrained?.();
  };
  return (
    <Notice
      tone="failure"
      title={strings.refused}
      action={
        workers.length > 0 &&
        !isDrained && (
          <Button size="small" isPending={pending} onPress={() => void drain()}>
            {strings.drain}
          </Button>
        )
      }
    >
      {isDrained ? strings.drained : (further ?? refusal).message}
    </Notice>
  );
}

function workersIn({ code, details }: CoordError): WorkerId[] {
  const { workers } = details;
  return code === 'IN_USE' && Array.isArray(workers) ? (workers as WorkerId[]) : [];
}
