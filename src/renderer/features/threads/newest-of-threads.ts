/** An inbox with one entry for each thread: its newest message that reached somebody, in the order given. Pure. */
import type { InboxItem } from '../../../contract/queries.ts';

/** @param messages the newest first */
export function newestOfThreads(messages: readonly InboxItem[]): InboxItem[] {
  const seen = new Set<string>();
  return messages.filter(({ message }) => {
    if (seen.has(message.threadId)) return false;
    seen.add(message.threadId);
    return true;
  });
}
