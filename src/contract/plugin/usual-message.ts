/** A message of which nothing is special, for the suites and tests of plugins: what is given differs from it. */
import type { OutboundMessage } from './messages.ts';

export function usualMessage(
  fields: Partial<OutboundMessage> & Pick<OutboundMessage, 'key'>,
): OutboundMessage {
  return {
    text: 'The tests pass.',
    title: '',
    priority: 'NORMAL',
    type: 'STATUS',
    category: 'message',
    author: 'Ada',
    at: '2026-11-30T12:00:00.000Z',
    thread: null,
    fields: [],
    actions: [],
    to: null,
    link: null,
    ...fields,
  };
}
