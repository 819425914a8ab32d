/** What was said in a thread, the oldest first; messages of one author that follow each other stand together. */
import type { BoardMessage } from '../../../contract/board-store.ts';
import type { MessageKind } from '../../../core/board/board.ts';
import { MarkdownView } from '../../company/markdown-view.tsx';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import type { Tone } from '../../design/tag.tsx';
import { Tag } from '../../design/tag.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { strings } from './strings.ts';

const tones: Record<MessageKind, Tone> = {
  STATUS: 'plain',
  ERROR: 'failure',
  SUCCESS: 'alive',
  QUESTION: 'needs',
  ANNOUNCEMENT: 'waiting',
};

const togetherMs = 5 * 60_000;

export function MessageList({ messages }: { messages: readonly BoardMessage[] }) {
  const authors = useLive(
    (state) => new Map(messages.map(({ author }) => [author, state.members.get(author)])),
  );
  return (
    <ol className="flex flex-col">
      {messages.map((message, at) => {
        const author = authors.get(message.author);
        const before = messages[at - 1];
        const goesOn =
          before?.author === message.author &&
          before.kind === message.kind &&
          message.at - before.at < togetherMs;
        return (
          <li key={message.id} className={`flex gap-3 ${goesOn ? 'pt-1' : 'pt-4'}`}>
            <span className="w-7 shrink-0">{!goesOn && author && <MemberAvatar member={author} />}</span>
            <div className="min-w-0 flex-1">
              {!goesOn && (
                <p className="flex items-baseline gap-2">
                  <span className="font-semibold">{author?.name ?? message.author}</span>
                  {message.kind !== 'STATUS' && (
                    <Tag tone={tones[message.kind]}>{strings.messageKinds[message.kind]}</Tag>
                  )}
                  <Ago at={message.at} className="text-faint text-xs" />
                </p>
              )}
              <MarkdownView text={message.text} isTight />
            </div>
          </li>
        );
      })}
    </ol>
  );
}
