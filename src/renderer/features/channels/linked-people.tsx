/** Whose accounts in a channel belong to members of the company, and the code by which one's own is linked. */
import { useState } from 'react';
import type { ChannelView, LinkCode } from '../../../contract/channels.ts';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { Button } from '../../design/button.tsx';
import { CopyButton } from '../../design/copy-button.tsx';
import { Notice } from '../../design/notice.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { strings } from './strings.ts';
import { useChannelAct } from './use-channels.ts';

export function LinkedPeople({ channel: { name, linked } }: { channel: ChannelView }) {
  const [code, setCode] = useState<LinkCode | null>(null);
  const { run, pending, refusal } = useChannelAct();
  const members = useLive((state) => linked.map(({ memberId }) => state.members.get(memberId)));
  const link = async () => {
    const made = await run((host) => host.linkChannel({ name }));
    if (made) setCode(made.done);
  };
  return (
    <div className="flex flex-col gap-3">
      {linked.length === 0 && <p className="text-muted">{strings.nobody}</p>}
      <ul className="flex flex-col gap-1.5">
        {linked.map(({ person, memberId }, n) => {
          const member = members[n];
          return (
            <li key={person.id} className="flex items-center gap-2">
              {member && <MemberAvatar member={member} />}
              <span className="font-medium">{person.name || person.id}</span>
              <span className="font-mono text-faint text-xs">{person.id}</span>
              <span className="text-muted">
                {strings.is} {member?.name ?? memberId}
              </span>
              <span className="flex-1" />
              <Button
                size="small"
                onPress={() => void run((host) => host.unlinkChannel({ name, person: person.id }))}
              >
                {strings.unlink}
              </Button>
            </li>
          );
        })}
      </ul>
      {code ? (
        <Notice
          tone="needs"
          action={
            <CopyButton text={() => `link ${code.code}`} label={strings.copy} copiedLabel={strings.copied} />
          }
        >
          <p className="font-mono text-lg">link {code.code}</p>
          <p>{strings.linkMore(name)}</p>
        </Notice>
      ) : (
        <div>
          <Button icon="person" isPending={pending} onPress={() => void link()}>
            {strings.link}
          </Button>
        </div>
      )}
      {refusal && <Notice tone="failure">{refusal.message}</Notice>}
    </div>
  );
}
