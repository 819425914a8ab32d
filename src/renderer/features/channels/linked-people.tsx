/** Whose accounts in a channel belong to members of the company, and the code by which one's own is linked. */
import { useState } from 'react';
import type { ChannelView, LinkCode } from '../../../contract/channels.ts';
import type { MemberId } from '../../../core/ids.ts';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { Button } from '../../design/button.tsx';
import { CopyButton } from '../../design/copy-button.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { useActs } from '../../lib/acts.ts';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { strings } from './strings.ts';
import { useChannelAct } from './use-channels.ts';

const oneself = '';

export function LinkedPeople({ channel: { name, linked } }: { channel: ChannelView }) {
  const [code, setCode] = useState<LinkCode | null>(null);
  const { run, pending, refusal } = useChannelAct();
  const members = useLive((state) => linked.map(({ memberId }) => state.members.get(memberId)));
  const self = useSelf();
  const humans = useLive((state) =>
    [...state.members.values()]
      .filter(({ id, kind }) => kind === 'human' && id !== self)
      .map((member) => ({ value: member.id as string, label: member.name })),
  );
  const isOwner = useLive(({ company }) => company?.ownerId === self);
  const [whom, setWhom] = useState<string>(oneself);
  const link = async () => {
    const call = whom === oneself ? { name } : { name, memberId: whom as MemberId };
    const made = await run((host) => host.linkChannel(call));
    if (made) setCode(made.done);
  };
  useActs({ 'channel.link': () => void link() });
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
          <code className="block font-mono text-lg">link {code.code}</code>
          <p>{strings.linkMore(name, humans.find(({ value }) => value === whom)?.label ?? null)}</p>
        </Notice>
      ) : (
        <div className="flex items-end gap-2">
          {isOwner && humans.length > 0 && (
            <Select
              label={strings.linkWhom}
              options={[{ value: oneself, label: strings.linkSelf }, ...humans]}
              value={whom}
              onChange={setWhom}
              className="w-48"
            />
          )}
          <Button icon="person" isPending={pending} onPress={() => void link()}>
            {whom === oneself ? strings.link : strings.linkOther}
          </Button>
        </div>
      )}
      {refusal && <Notice tone="failure">{refusal.message}</Notice>}
    </div>
  );
}
