/** Writes the first message of a thread, or a direct message to one member. */
import { useRef, useState } from 'react';
import type { CommandInput } from '../../../core/command.ts';
import type { MemberId, ThreadId } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { MentionOffers } from './mention-offers.tsx';
import { strings } from './strings.ts';

interface NewMessageDialogProps {
  /** Null: closed. */
  kind: 'thread' | 'direct' | null;
  onClose: () => void;
  onSent: (threadId: ThreadId) => void;
}

export function NewMessageDialog({ kind, onClose, onSent }: NewMessageDialogProps) {
  const title = kind === 'direct' ? strings.newMessage : strings.newThread;
  return (
    <Dialog title={title} closeLabel={strings.close} isOpen={kind !== null} onClose={onClose}>
      {kind !== null && <NewMessage kind={kind} onSent={onSent} />}
    </Dialog>
  );
}

function NewMessage({ kind, onSent }: { kind: 'thread' | 'direct'; onSent: (id: ThreadId) => void }) {
  const self = useSelf();
  const members = useLive((state) =>
    [...state.members.values()].filter(({ id }) => id !== self).sort((a, b) => a.name.localeCompare(b.name)),
  );
  const [title, setTitle] = useState('');
  const [to, setTo] = useState<MemberId | undefined>(members[0]?.id);
  const [text, setText] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);
  const { run, pending, refusal } = useCommand();
  const isReady = text.trim() !== '' && (kind === 'direct' ? to !== undefined : title.trim() !== '');
  const send = async () => {
    if (!isReady || pending) return;
    const command: CommandInput =
      kind === 'direct' && to !== undefined
        ? { type: 'message.send', to, text }
        : { type: 'thread.start', title, text };
    const receipt = await run(command);
    for (const { event } of receipt?.events ?? []) {
      if (event.type === 'message.posted') onSent(event.threadId);
    }
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void send();
      }}
    >
      {kind === 'thread' ? (
        <Field label={strings.threadTitle} value={title} onChange={setTitle} autoFocus />
      ) : (
        <Select
          label={strings.to}
          value={(to ?? '') as string}
          onChange={(id) => setTo(members.find((member) => member.id === id)?.id)}
          options={members.map(({ id, name }) => ({ value: id as string, label: name }))}
        />
      )}
      <Field
        label={strings.text}
        help={strings.textHelp}
        lines={6}
        value={text}
        onChange={setText}
        inputRef={box}
      />
      <MentionOffers text={text} onPick={setText} box={box} />
      {refusal && <Notice tone="failure">{refusal.message}</Notice>}
      <Button type="submit" look="primary" className="self-end" isPending={pending} isDisabled={!isReady}>
        {strings.post}
      </Button>
    </form>
  );
}
