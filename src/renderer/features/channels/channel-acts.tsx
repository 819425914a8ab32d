/** What is done to a channel as a whole: tried, switched off, removed. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { ChannelView } from '../../../contract/channels.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { DialogActs } from '../../design/dialog-acts.tsx';
import { toast } from '../../design/toast.tsx';
import { useActs } from '../../lib/acts.ts';
import { strings } from './strings.ts';
import type { ChannelAct } from './use-channels.ts';

export function ChannelActs({ channel, act }: { channel: ChannelView; act: ChannelAct }) {
  const { name, enabled, outbox, asksFor } = channel;
  const [isRemoving, setRemoving] = useState(false);
  const [, navigate] = useLocation();
  const test = async () => {
    if (await act.run((host) => host.testChannel({ name }))) toast('alive', strings.tested(name));
  };
  const turn = () => void act.run((host) => host.setChannel({ name, enabled: !enabled }));
  const canTest = enabled && asksFor === null;
  useActs({
    'channel.test': canTest && (() => void test()),
    'channel.turn': turn,
    'channel.remove': () => setRemoving(true),
  });
  const remove = async () => {
    setRemoving(false);
    if (await act.run((host) => host.removeChannel({ name }))) navigate('/channels');
  };
  return (
    <span className="flex flex-wrap gap-2">
      <Button isDisabled={!canTest} isPending={act.pending} onPress={() => void test()}>
        {strings.test}
      </Button>
      <Button onPress={turn}>{enabled ? strings.turnOff : strings.turnOn}</Button>
      <Button look="danger" onPress={() => setRemoving(true)}>
        {strings.remove}
      </Button>
      <Dialog
        title={strings.removeTitle(name)}
        closeLabel={strings.cancel}
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
      >
        <div className="flex flex-col gap-4">
          <p>{strings.removeMore(outbox)}</p>
          <DialogActs leave={strings.cancel} onLeave={() => setRemoving(false)}>
            <Button look="danger" onPress={() => void remove()}>
              {strings.remove}
            </Button>
          </DialogActs>
        </div>
      </Dialog>
    </span>
  );
}
