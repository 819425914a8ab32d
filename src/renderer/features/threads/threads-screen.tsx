/** The board: threads at the left, what was said in the one that is open at the right. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { ThreadId } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { SearchBox } from '../../design/search-box.tsx';
import { useActs } from '../../lib/acts.ts';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { ListScreen } from '../../lib/list-screen.tsx';
import { useKeys } from '../../lib/use-keys.ts';
import { InboxList } from './inbox-list.tsx';
import { NewMessageDialog } from './new-message-dialog.tsx';
import { SearchHits } from './search-hits.tsx';
import { strings } from './strings.ts';
import { ThreadDetail } from './thread-detail.tsx';
import type { ThreadKind } from './thread-list.ts';
import { threadsOf, unreadCount } from './thread-list.ts';
import { ThreadRow } from './thread-row.tsx';

const kinds: readonly ThreadKind[] = ['inbox', 'open', 'direct', 'resolved'];

export function ThreadsScreen({ threadId }: { threadId: ThreadId | null }) {
  const self = useSelf();
  const [, navigate] = useLocation();
  // Who has something unread comes for that.
  const hasUnread = useLive((state) => unreadCount(state, self) > 0);
  const [kind, setKind] = useState<ThreadKind>(hasUnread && threadId === null ? 'inbox' : 'open');
  const [writing, setWriting] = useState<'thread' | 'direct' | null>(null);
  const [text, setText] = useState('');
  const { threads, counts, isEmpty } = useLive((state) => ({
    threads: threadsOf(state, self, kind),
    counts: kinds.map((one) => threadsOf(state, self, one).length),
    isEmpty: state.threads.size === 0,
  }));
  useKeys({ n: () => setWriting('thread'), d: () => setWriting('direct') });
  useActs({ 'threads.start': () => setWriting('thread'), 'threads.direct': () => setWriting('direct') });
  const start = (
    <Button look="primary" icon="plus" onPress={() => setWriting('thread')}>
      {strings.start}
    </Button>
  );
  const opened = (id: ThreadId) => {
    setWriting(null);
    navigate(`/threads/${id}`);
  };
  return (
    <>
      <NewMessageDialog kind={writing} onClose={() => setWriting(null)} onSent={opened} />
      <ListScreen
        title={strings.title}
        path="/threads"
        show={strings.show}
        kinds={kinds.map((value, at) => ({ value, label: strings.kinds[value], count: counts[at] ?? 0 }))}
        kind={kind}
        onKind={setKind}
        label={strings.list}
        actions={
          <>
            <Button onPress={() => setWriting('direct')}>{strings.send}</Button>
            {start}
          </>
        }
        list={
          <div className="flex flex-col gap-2">
            <SearchBox label={strings.search} value={text} onChange={setText} />
            {text.trim() !== '' ? (
              <SearchHits text={text} openThread={threadId} />
            ) : kind === 'inbox' ? (
              <InboxList openThread={threadId} />
            ) : (
              <ul className="flex flex-col gap-1">
                {threads.map((thread) => (
                  <li key={thread.id}>
                    <ThreadRow thread={thread} isOpen={thread.id === threadId} />
                  </li>
                ))}
                {threads.length === 0 && <li className="px-2 text-muted">{strings.none}</li>}
              </ul>
            )}
          </div>
        }
        detail={
          threadId ? (
            <ThreadDetail key={threadId} threadId={threadId} />
          ) : (
            <EmptyState title={strings.title}>{strings.choose}</EmptyState>
          )
        }
        isChosen={threadId !== null}
        empty={
          isEmpty && kind !== 'inbox' ? (
            <EmptyState title={strings.empty} action={start}>
              {strings.emptyMore}
            </EmptyState>
          ) : null
        }
      />
    </>
  );
}
