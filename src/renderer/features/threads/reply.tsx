/** Answers in a thread: a text, what kind of message it is, and the members that @ offers. */
import { useRef, useState } from 'react';
import type { MessageKind, Thread } from '../../../core/board/board.ts';
import { messageKinds } from '../../../core/board/board.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { useActs } from '../../lib/acts.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { MentionOffers } from './mention-offers.tsx';
import { strings } from './strings.ts';

export function Reply({ thread, title }: { thread: Thread; title: string }) {
  const [text, setText] = useDraft(`thread:${thread.id}`);
  const [kind, setKind] = useState<MessageKind>('STATUS');
  const { run, pending, refusal } = useCommand();
  const box = useRef<HTMLTextAreaElement>(null);
  useActs({ 'thread.reply': () => box.current?.focus() }, thread.id);
  const isEmpty = text.trim() === '';
  const post = async () => {
    if (isEmpty) return;
    if (await run({ type: 'message.post', threadId: thread.id, text, kind })) setText('');
  };
  return (
    <form
      aria-label={strings.replyTo(title)}
      className="flex flex-col gap-2 border-line border-t px-6 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        void post();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void post();
      }}
    >
      {refusal && <Notice tone="failure">{refusal.message}</Notice>}
      <MentionOffers text={text} onPick={setText} box={box} />
      <Field
        label={strings.text}
        help={strings.textHelp}
        lines={3}
        value={text}
        onChange={setText}
        inputRef={box}
      />
      <div className="flex items-center justify-end gap-2">
        <Select
          label={strings.kind}
          hideLabel
          value={kind}
          onChange={setKind}
          className="w-40"
          options={messageKinds.map((value) => ({ value, label: strings.messageKinds[value] }))}
        />
        <Button type="submit" look="primary" isPending={pending} isDisabled={isEmpty}>
          {strings.reply}
        </Button>
      </div>
    </form>
  );
}
