/** What people outside are told: of messages, gates and failures, in words and with what they need to act. */
import { expect, it } from 'vitest';
import { noticeOf } from '../../../src/core/channel/notice-of.ts';
import type { EventType } from '../../../src/core/event.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { only } from '../kit.ts';

function told(world: World, events: ReturnType<World['do']>, type: EventType) {
  const stored = events.find((event) => event.type === type);
  if (!stored) throw new Error(`no ${type} happened`);
  return noticeOf(world.state, { event: stored, actor: null });
}

it('says who wrote what in which thread', () => {
  const world = company();
  const events = world.do('ann', {
    type: 'channel.post',
    channels: ['log'],
    title: 'Out',
    text: 'It is out',
    kind: 'SUCCESS',
    priority: 'HIGH',
  });
  expect(events.map(({ type }) => type)).toEqual(['thread.started', 'thread.addressed', 'message.posted']);
  expect(told(world, events, 'message.posted')).toMatchObject({
    ...{
      category: 'message',
      kind: 'SUCCESS',
      priority: 'HIGH',
      title: 'Out',
      text: 'It is out',
      authorName: 'ann',
      to: null,
    },
  });
  const { threadId } = only(events, 'thread.addressed');
  expect(
    told(world, world.do('bob', { type: 'message.post', threadId, text: 'Good' }), 'message.posted'),
  ).toMatchObject({
    thread: threadId,
    priority: 'HIGH',
  });
});

it('says for whom a direct message is, and refuses to address one to channels', () => {
  const world = company();
  const events = world.do('ann', { type: 'message.send', to: world.member('bob').id, text: 'psst' });
  expect(told(world, events, 'message.posted')).toMatchObject({
    category: 'direct',
    to: world.member('bob').id,
  });
  const { thread } = only(events, 'thread.started');
  expect(() =>
    world.do('ann', { type: 'channel.post', channels: null, threadId: thread.id, text: 'all' }),
  ).toThrow('goes to no channel');
});

it('says of what is nobody else’s business nothing', () => {
  const world = company();
  const events = world.do('ann', { type: 'decision.log', kind: 'x', context: 'y', reason: 'z' });
  expect(told(world, events, 'decision.logged')).toBeNull();
});
