/** Stops everything that the company does, at once; once it rests, who had it so, when and why, and the way back. */
import { useState } from 'react';
import { strings as shared } from '../../company/strings.ts';
import { Button } from '../../design/button.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { ReasonDialog } from '../../lib/reason-dialog.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { strings } from './strings.ts';

export function StopSwitch() {
  const { pause, by } = useLive(({ company, members }) => ({
    pause: company?.pause ?? null,
    by: company?.pause?.by ? (members.get(company.pause.by)?.name ?? company.pause.by) : strings.theHost,
  }));
  const [isAsking, setAsking] = useState(false);
  const { run, pending, refusal } = useCommand();
  return (
    <div className="flex max-w-sm flex-wrap items-center justify-end gap-x-3 gap-y-1">
      {pause && (
        <p className="text-sm text-waiting">
          {strings.stopped[pause.kind](by)} <Ago at={pause.at} />
          <span className="block text-muted text-xs">{pause.reason}</span>
        </p>
      )}
      {pause && (
        <Button size="small" isPending={pending} onPress={() => void run({ type: 'company.resume' })}>
          {strings.goOn}
        </Button>
      )}
      {pause?.kind !== 'stopped' && (
        <Button look="danger" size="small" icon="stop" onPress={() => setAsking(true)}>
          {shared.switches.stop.menu}
        </Button>
      )}
      {refusal && <p className="text-failure text-xs">{refusal.message}</p>}
      <ReasonDialog
        words={shared.switches.stop}
        look="danger"
        commandFor={(reason) => ({ type: 'company.stop', reason })}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
