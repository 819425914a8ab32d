/** What a plugin asks for before anything of it runs. */
import type { ChannelView } from '../../../contract/channels.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { useActs } from '../../lib/acts.ts';
import { formatList } from '../../lib/format.ts';
import { strings } from './strings.ts';
import { useChannelAct } from './use-channels.ts';

interface ConsentProps {
  channel: ChannelView;
  asksFor: NonNullable<ChannelView['asksFor']>;
}

export function Consent({ channel: { name }, asksFor }: ConsentProps) {
  const { run, pending, refusal } = useChannelAct();
  const agree = () => run((host) => host.setChannel({ name, consent: true }));
  useActs({ 'channel.agree': () => void agree() });
  return (
    <>
      <Notice
        tone="needs"
        title={strings.consentTitle}
        action={
          <Button look="primary" isPending={pending} onPress={() => void agree()}>
            {strings.agree}
          </Button>
        }
      >
        <p>{asksFor.hosts.length > 0 ? strings.consentHosts(formatList(asksFor.hosts)) : strings.noHosts}</p>
        <p>{strings.consentCan(formatList(asksFor.capabilities))}</p>
      </Notice>
      {refusal && <Notice tone="failure">{refusal.message}</Notice>}
    </>
  );
}
