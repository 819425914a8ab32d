/** What the full-text search of the board found, with the words that were looked for. */
import { useDeferredValue } from 'react';
import { Link } from 'wouter';
import type { ThreadId } from '../../../core/ids.ts';
import { Notice } from '../../design/notice.tsx';
import { useAsked } from '../../lib/use-asked.ts';
import { strings } from './strings.ts';

const shownHits = 30;

export function SearchHits({ text, openThread }: { text: string; openThread: ThreadId | null }) {
  const { answer: hits, refusal } = useAsked('searchBoard', {
    text: useDeferredValue(text),
    limit: shownHits,
  });
  if (refusal !== null) return <Notice tone="failure">{refusal}</Notice>;
  if (hits?.length === 0) return <p className="px-2 text-muted">{strings.searchNone}</p>;
  return (
    <ul className="flex flex-col gap-1">
      {hits?.map(({ message, thread, snippet }) => (
        <li key={message.id}>
          <Link
            href={`/threads/${thread.thread.id}`}
            data-item={message.id}
            aria-current={thread.thread.id === openThread ? 'true' : undefined}
            className="flex flex-col gap-0.5 rounded-md px-3 py-2 hover:bg-hover"
          >
            <span className="truncate font-medium">{thread.title}</span>
            <span className="line-clamp-3 text-muted text-xs">
              {snippet.map((piece, at) =>
                piece.hit ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no name and never move
                  <mark key={at} className="rounded-sm bg-needs-soft text-ink">
                    {piece.text}
                  </mark>
                ) : (
                  piece.text
                ),
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
