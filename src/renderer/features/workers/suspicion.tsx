/** Says so when a worker has been silent for suspiciously long, with the act beside it. */
import { useState } from 'react';
import type { EpochMs } from '../../../core/units.ts';
import { suspiciousSilence } from '../../../core/worker/stage.ts';
import type { Worker } from '../../../core/worker/worker.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { formatDuration } from '../../lib/format.ts';
import { useAtNow } from '../../lib/use-now.ts';
import { EndDialog } from './end-dialog.tsx';
import { strings } from './strings.ts';

export function Suspicion({ worker }: { worker: Worker }) {
  const [ending, setEnding] = useState(false);
  const silence = useSuspicion(worker);
  if (silence === null) return null;
  return (
    <>
      <Notice
        tone="waiting"
        title={strings.suspected(silence)}
        action={
          <Button look="danger" size="small" onPress={() => setEnding(true)}>
            {strings.end}
          </Button>
        }
      >
        {strings.suspectedMore}
      </Notice>
      <EndDialog worker={worker} isOpen={ending} onClose={() => setEnding(false)} />
    </>
  );
}

/** For how long it has been silent, in words; null: not for suspiciously long. */
export function useSuspicion(worker: Worker): string | null {
  const policy = useLive((state) => state.company?.policy);
  return useAtNow((now) => {
    const silence = policy ? suspiciousSilence(worker, policy, now as EpochMs) : null;
    return silence === null ? null : formatDuration(silence);
  });
}
