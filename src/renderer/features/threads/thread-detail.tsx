/** One thread: what was said, live, and the place to answer. What is looked at counts as read. */
import { useEffect, useRef, useState } from 'react';
import type { ThreadPage } from '../../../contract/queries.ts';
import type { Thread } from '../../../core/board/board.ts';
import type { Seq, ThreadId } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { Tag } from '../../design/tag.tsx';
import { useCoordination, useLive, useSelf } from '../../lib/company-context.tsx';
import { useAsked } from '../../lib/use-asked.ts';
import { MessageList } from './message-list.tsx';
import { Reply } from './reply.tsx';
import { strings } from './strings.ts';
import { ThreadActs } from './thread-acts.tsx';
import { isUnread, threadTitle } from './thread-list.ts';

const pageSize = 50;

export function ThreadDetail({ threadId }: { threadId: ThreadId }) {
  const thread = useLive((state) => state.threads.get(threadId));
  const [shown, setShown] = useState(pageSize);
  const { answer: page, refusal } = useAsked('thread', { threadId, limit: shown }, [thread?.last ?? 0]);
  useReading(thread);
  if (refusal !== null) return <EmptyState title={strings.title}>{refusal}</EmptyState>;
  if (!thread || !page) {
    return (
      <div className="p-6">
        <Skeleton label={strings.loading} />
      </div>
    );
  }
  return <Conversation thread={thread} page={page} onEarlier={() => setShown(shown + 4 * pageSize)} />;
}

interface ConversationProps {
  thread: Thread;
  page: ThreadPage;
  onEarlier: () => void;
}

function Conversation({ thread, page, onEarlier }: ConversationProps) {
  const self = useSelf();
  const scroller = useRef<HTMLDivElement>(null);
  const { title, noteBy } = useLive((state) => ({
    title: threadTitle(state, thread, self),
    noteBy: thread.note ? (state.members.get(thread.note.by)?.name ?? thread.note.by) : '',
  }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is what moves the view to the end
  useEffect(() => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [thread.last]);
  return (
    <article aria-label={title} className="flex h-full flex-col">
      <header className="flex items-center gap-2 border-line border-b px-6 py-3">
        <h2 className="min-w-0 flex-1 truncate font-semibold text-lg">{title}</h2>
        <Tag tone={thread.state === 'waiting' ? 'waiting' : 'plain'}>{strings.states[thread.state]}</Tag>
        <ThreadActs thread={thread} />
      </header>
      <div ref={scroller} className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-6 py-4">
        {page.more && (
          <span className="self-center">
            <Button size="small" onPress={onEarlier}>
              {strings.earlier}
            </Button>
          </span>
        )}
        <MessageList messages={page.messages} />
        {thread.note && (
          <Notice tone={thread.state === 'waiting' ? 'waiting' : 'alive'}>
            {thread.state === 'waiting'
              ? strings.waitsBy(noteBy, thread.note.note)
              : strings.resolvedBy(noteBy, thread.note.note)}
          </Notice>
        )}
      </div>
      <Reply thread={thread} title={title} />
    </article>
  );
}

/** Marks it as read up to what is on the screen. */
function useReading(thread: Thread | undefined): void {
  const self = useSelf();
  const coordination = useCoordination();
  const unreadUpTo = thread && isUnread(thread, self) ? thread.last : null;
  const threadId = thread?.id;
  useEffect(() => {
    if (unreadUpTo === null || threadId === undefined || document.visibilityState !== 'visible') return;
    const command = { type: 'board.mark_read', threadId, upTo: unreadUpTo satisfies Seq } as const;
    // Nothing is lost when it fails: the thread stays unread, and is marked the next time.
    coordination()
      .command(command)
      .catch(() => undefined);
  }, [coordination, threadId, unreadUpTo]);
}
