/** The gate that waits for the person, with what they sign in sight: one look, one signature. */
import { Link } from 'wouter';
import { slotsNeeding } from '../../../core/gate/asked-slots.ts';
import type { Gate } from '../../../core/gate/gate.ts';
import { ArtifactTabs } from '../../company/artifact-tabs.tsx';
import { gateSlots } from '../../company/gate-slots.ts';
import { SlotRow } from '../../company/slot-row.tsx';
import { Button } from '../../design/button.tsx';
import { Card } from '../../design/card.tsx';
import { Notice } from '../../design/notice.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { signedArtifacts } from './demo-state.ts';
import { strings } from './strings.ts';

export function DemoGate({ gate }: { gate: Gate }) {
  const self = useSelf();
  const { slots, artifacts } = useLive((state) => ({
    slots: gateSlots(state, gate),
    artifacts: signedArtifacts(state, gate),
  }));
  const { run, pending, refusal } = useCommand();
  const yours = slotsNeeding(gate, slots, self);
  const [mine] = yours;
  const sign = async () => {
    const { id, artifactHash } = gate;
    if (!artifactHash || !mine) return;
    await run({
      ...{ type: 'gate.sign', gateId: id, roleId: mine.roleId, decision: 'approve', note: '', artifactHash },
    });
  };
  return (
    <Card tone="needs" className="flex flex-col gap-4 p-5">
      <div>
        <h2 className="font-semibold text-lg text-needs">{strings.yourTurn}</h2>
        <p className="max-w-[70ch] text-muted">{strings.yourTurnMore(gate.name)}</p>
      </div>
      <SlotRow slots={slots} yours={yours} />
      {artifacts.length > 0 && (
        <section aria-label={strings.whatYouSign} className="flex flex-col gap-2">
          <h3 className="font-semibold">{strings.whatYouSign}</h3>
          <div className="max-h-[34vh] overflow-y-auto rounded-lg">
            <ArtifactTabs artifacts={artifacts} />
          </div>
        </section>
      )}
      {refusal && (
        <Notice tone="failure" title={strings.notSigned}>
          {refusal.message}
        </Notice>
      )}
      <div className="sticky bottom-0 -mx-5 -mb-5 flex flex-wrap items-center gap-3 rounded-b-lg border-line border-t bg-surface px-5 py-3.5">
        <Button look="primary" icon="check" isPending={pending} onPress={() => void sign()}>
          {strings.sign}
          {mine && <span className="font-mono font-normal text-xs">{mine.roleId}</span>}
        </Button>
        <Link href={`/gates/${gate.id}`} className="text-muted underline underline-offset-2 hover:text-ink">
          {strings.otherwise}
        </Link>
      </div>
    </Card>
  );
}
