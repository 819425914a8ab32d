/** Which threads a person sees, and in which order. Pure. */
import type { Thread } from '../../../core/board/board.ts';
import { isForMember, readUpTo } from '../../../core/board/board.ts';
import type { MemberId } from '../../../core/ids.ts';
import { isOwner } from '../../../core/org/membership.ts';
import type { CompanyState } from '../../../core/state.ts';

export type ThreadKind = 'inbox' | 'open' | 'resolved' | 'direct';

/** Something in it reached the member after they read it last. */
export function isUnread(thread: Thread, self: MemberId | null): boolean {
  return (
    self !== null &&
    thread.participants.includes(self) &&
    thread.lastBy !== self &&
    thread.last > readUpTo(thread, self)
  );
}

/** Those with the newest message first. */
export function threadsOf(state: CompanyState, self: MemberId | null, kind: ThreadKind): Thread[] {
  return visible(state, self)
    .filter((thread) => isOfKind(thread, self, kind))
    .sort((a, b) => b.last - a.last);
}

export function unreadCount(state: CompanyState, self: MemberId | null): number {
  return visible(state, self).filter((thread) => isUnread(thread, self)).length;
}

/** Direct messages have no title: they are known by whom they are with. */
export function threadTitle(state: CompanyState, { title, between }: Thread, self: MemberId | null): string {
  if (between === null) return title;
  const others = between.filter((id) => id !== self);
  return others.map((id) => state.members.get(id)?.name ?? id).join(', ');
}

function visible(state: CompanyState, self: MemberId | null): Thread[] {
  if (self === null) return [];
  const all = [...state.threads.values()];
  return isOwner(state, { id: self }) ? all : all.filter((thread) => isForMember(thread, self));
}

function isOfKind(thread: Thread, self: MemberId | null, kind: ThreadKind): boolean {
  switch (kind) {
    case 'inbox':
      return isUnread(thread, self);
    case 'open':
      return thread.between === null && thread.state !== 'resolved';
    case 'resolved':
      return thread.between === null && thread.state === 'resolved';
    case 'direct':
      return thread.between !== null;
  }
}
