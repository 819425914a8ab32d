/** Which threads a person sees, what is unread for them, and a mention while it is typed. */
import { describe, expect, it } from 'vitest';
import type { InboxItem } from '../../src/contract/queries.ts';
import { beginOfMention, withMention } from '../../src/renderer/features/threads/mention-typing.ts';
import { newestOfThreads } from '../../src/renderer/features/threads/newest-of-threads.ts';
import type { ThreadKind } from '../../src/renderer/features/threads/thread-list.ts';
import { threadsOf, threadTitle, unreadCount } from '../../src/renderer/features/threads/thread-list.ts';
import { company } from '../core/companies.ts';
import type { World } from '../core/kit.ts';

function world(): World {
  const made = company();
  made.do('ann', { type: 'thread.start', title: 'Which port?', text: '@emma or @owner, which one?' });
  made.do('ann', { type: 'message.send', to: made.member('bob').id, text: 'Lunch?' });
  made.do('owner', { type: 'thread.start', title: 'Kickoff', text: 'We begin.' });
  return made;
}

function titles(made: World, who: string, kind: ThreadKind): string[] {
  const self = made.member(who).id;
  return threadsOf(made.state, self, kind).map((thread) => threadTitle(made.state, thread, self));
}

describe('the board as one member sees it', () => {
  it('has the newest first, and nobody else’s direct messages', () => {
    const made = world();
    expect(titles(made, 'emma', 'open')).toEqual(['Kickoff', 'Which port?']);
    expect(titles(made, 'emma', 'direct')).toEqual([]);
    expect(titles(made, 'bob', 'direct')).toEqual(['ann']);
    expect(titles(made, 'owner', 'direct')).toEqual(['ann, bob']);
  });

  it('counts as unread what reached them until they have read it', () => {
    const made = world();
    expect(titles(made, 'emma', 'inbox')).toEqual(['Which port?']);
    expect(unreadCount(made.state, made.member('ann').id)).toBe(0);
    made.do('emma', { type: 'board.mark_read' });
    expect(titles(made, 'emma', 'inbox')).toEqual([]);
  });

  it('keeps what is resolved apart', () => {
    const made = world();
    const [thread] = threadsOf(made.state, made.member('owner').id, 'open');
    if (!thread) throw new Error('there is one');
    made.do('owner', { type: 'thread.resolve', threadId: thread.id });
    expect(titles(made, 'owner', 'open')).toEqual(['Which port?']);
    expect(titles(made, 'owner', 'resolved')).toEqual(['Kickoff']);
  });
});

it('has one entry in the inbox for each thread: its newest message', () => {
  const item = (id: string, threadId: string) => ({ message: { id, threadId } }) as unknown as InboxItem;
  const found = newestOfThreads([item('m4', 'a'), item('m3', 'b'), item('m2', 'a'), item('m1', 'b')]);
  expect(found.map(({ message }) => message.id)).toEqual(['m4', 'm3']);
});

describe('a mention that is typed', () => {
  it.each([
    ['Hello @em', 'em'],
    ['@', ''],
    ['(@an', 'an'],
    ['mail@example', null],
    ['Hello @emma and', null],
  ])('in %j begins with %j', (text, begin) => expect(beginOfMention(text)).toBe(begin));

  it('is written out', () => expect(withMention('Ask @em', 'emma')).toBe('Ask @emma '));
});
