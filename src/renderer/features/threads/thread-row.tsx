/** A thread in the list: what it is about, who wrote last, whether that was read. */
import { Link } from 'wouter';
import type { Thread } from '../../../core/board/board.ts';
import { PrioritySign } from '../../company/priority-sign.tsx';
import { classNames } from '../../design/class-names.ts';
import { StatusDot } from '../../design/status-dot.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { strings } from './strings.ts';
import { isUnread, threadTitle } from './thread-list.ts';

export function ThreadRow({ thread, isOpen }: { thread: Thread; isOpen: boolean }) {
  const self = useSelf();
  const { title, lastBy } = useLive((state) => ({
    title: threadTitle(state, thread, self),
    lastBy: thread.lastBy === self ? strings.you : (state.members.get(thread.lastBy)?.name ?? thread.lastBy),
  }));
  const unread = isUnread(thread, self);
  return (
    <Link
      href={`/threads/${thread.id}`}
      data-item={thread.id}
      aria-current={isOpen ? 'true' : undefined}
      className={classNames(
        'flex flex-col gap-0.5 rounded-md border px-3 py-2',
        isOpen ? 'border-alive bg-raised' : 'border-transparent hover:bg-hover',
      )}
    >
      <span className="flex items-center gap-2">
        {unread && <StatusDot status="needs" />}
        <span className={classNames('min-w-0 flex-1 truncate', unread && 'font-semibold')}>{title}</span>
        {unread && <span className="sr-only">{strings.unread}</span>}
        <PrioritySign priority={thread.priority} />
      </span>
      <span className="flex items-center gap-1.5 text-faint text-xs">
        <span className="truncate">{lastBy}</span>·<Ago at={thread.lastAt} className="whitespace-nowrap" />
        <span className="ml-auto whitespace-nowrap">{strings.messages(thread.messages)}</span>
      </span>
    </Link>
  );
}
