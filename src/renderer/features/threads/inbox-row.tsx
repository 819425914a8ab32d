/** A message that reached this person: who wrote, why it came to them, how it begins, and whether it was read. */
import { Link } from 'wouter';
import type { InboxItem } from '../../../contract/queries.ts';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { classNames } from '../../design/class-names.ts';
import { Ago } from '../../lib/ago.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { strings } from './strings.ts';
import { isUnread } from './thread-list.ts';

export function InboxRow({ item: { message, thread }, isOpen }: { item: InboxItem; isOpen: boolean }) {
  const self = useSelf();
  const { author, unread } = useLive((state) => {
    const now = state.threads.get(thread.thread.id);
    return { author: state.members.get(message.author), unread: now !== undefined && isUnread(now, self) };
  });
  const name = author?.name ?? message.author;
  return (
    <Link
      href={`/threads/${thread.thread.id}`}
      data-item={message.id}
      aria-current={isOpen ? 'true' : undefined}
      className={classNames(
        'relative flex gap-2.5 rounded-md border py-2 pr-3 pl-4',
        isOpen ? 'border-alive bg-raised' : 'border-transparent hover:bg-hover',
      )}
    >
      {unread && <span className="absolute top-4.5 left-1 size-1.5 rounded-full bg-needs" />}
      {author && <MemberAvatar member={author} />}
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className={classNames('min-w-0 flex-1 truncate', unread && 'font-semibold')}>
            {strings.reasons[message.reason](name)}
          </span>
          {unread && <span className="sr-only">{strings.unread}</span>}
          <Ago at={message.at} className="whitespace-nowrap text-faint text-xs" />
        </span>
        {message.reason !== 'direct' && (
          <span className="block truncate text-muted text-xs">{thread.title}</span>
        )}
        <span className={classNames('line-clamp-2 break-words text-xs', unread ? 'text-ink' : 'text-faint')}>
          {plain(message.text)}
        </span>
      </span>
    </Link>
  );
}

const longestSnippet = 200;

/** Without the marks of Markdown, in one line. */
function plain(text: string): string {
  return text
    .slice(0, longestSnippet * 2)
    .replace(/[*_`#>]+/g, '')
    .replace(/\s+/g, ' ')
    .slice(0, longestSnippet)
    .trim();
}
