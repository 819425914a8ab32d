/** What a person may do with a worker: let it rest, go on, or end, now or after its task. */
import { useState } from 'react';
import type { Worker } from '../../../core/worker/worker.ts';
import { externalLauncher } from '../../../core/worker/worker.ts';
import { Button } from '../../design/button.tsx';
import { toast } from '../../design/toast.tsx';
import { useActs } from '../../lib/acts.ts';
import { ReasonDialog } from '../../lib/reason-dialog.tsx';
import type { CommandRun } from '../../lib/use-command.ts';
import { EndDialog } from './end-dialog.tsx';
import { strings } from './strings.ts';

interface WorkerActsProps {
  worker: Worker;
  /** Of whoever shows what is refused. */
  command: CommandRun;
}

export function WorkerActs({ worker, command: { run, pending } }: WorkerActsProps) {
  const [pausing, setPausing] = useState(false);
  const [ending, setEnding] = useState(false);
  const canRest = worker.endedAt === null && worker.state !== 'draining' && worker.state !== 'hung';
  const resume = () => void run({ type: 'worker.resume', workerId: worker.id });
  const drain = () => void run({ type: 'worker.drain', workerId: worker.id });
  useActs(
    {
      'worker.pause': canRest && worker.pause === null && (() => setPausing(true)),
      'worker.resume': canRest && worker.pause !== null && resume,
      'worker.drain': canRest && drain,
      'worker.end': worker.endedAt === null && (() => setEnding(true)),
    },
    worker.id,
  );
  if (worker.endedAt !== null) {
    if (worker.launcher === externalLauncher) return null;
    return <StartAgain worker={worker} command={{ run, pending }} />;
  }
  const end = (
    <>
      <Button look="danger" onPress={() => setEnding(true)}>
        {strings.end}
      </Button>
      <EndDialog worker={worker} isOpen={ending} onClose={() => setEnding(false)} />
    </>
  );
  // One that drains may work on for hours, and one that is silent may never end by itself; neither can rest or go on.
  if (!canRest) {
    return (
      <>
        <p className="text-muted text-sm">
          {worker.state === 'draining' ? strings.drainsYet : strings.hangsYet}
        </p>
        {end}
      </>
    );
  }
  return (
    <>
      {worker.pause ? (
        <Button isPending={pending} onPress={resume}>
          {strings.resume}
        </Button>
      ) : (
        <Button onPress={() => setPausing(true)}>{strings.pause}</Button>
      )}
      <Button isPending={pending} onPress={drain}>
        {strings.drain}
      </Button>
      {end}
      <ReasonDialog
        words={{
          title: strings.pauseAsk,
          what: strings.pauseWhat,
          reason: strings.pauseReason,
          keep: strings.pauseNot,
          act: strings.pause,
        }}
        look="primary"
        commandFor={(reason) => ({ type: 'worker.pause', workerId: worker.id, reason })}
        isOpen={pausing}
        onClose={() => setPausing(false)}
      />
    </>
  );
}

/** Another one like it, at once: it asks for no patience with what crashed. */
function StartAgain({ worker, command }: { worker: Worker; command: Pick<CommandRun, 'run' | 'pending'> }) {
  const { memberId, launcher, runner } = worker;
  const start = async () => {
    if (await command.run({ type: 'worker.request', memberId, launcher, runner })) {
      toast('alive', strings.startedAgain);
    }
  };
  useActs({ 'worker.again': () => void start() }, worker.id);
  return (
    <Button icon="retry" isPending={command.pending} onPress={() => void start()}>
      {strings.startAgain}
    </Button>
  );
}
