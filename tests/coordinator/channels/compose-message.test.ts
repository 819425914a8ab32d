/** What a message looks like where its channel can't do everything: said in words, and nothing lost. */
import { expect, it } from 'vitest';
import type { OutboxRow } from '../../../src/contract/channels.ts';
import type { Capability } from '../../../src/contract/plugin/manifest.ts';
import type { Carried } from '../../../src/coordinator/channels/compose-message.ts';
import { composeDigest, composeMessage } from '../../../src/coordinator/channels/compose-message.ts';
import type { Notice } from '../../../src/core/channel/notice.ts';
import type { CompanyId } from '../../../src/core/ids.ts';
import { asking, notice, row } from './carried-outbox.ts';

const button = {
  token: 'a'.repeat(39),
  label: 'Approve as em',
  style: 'primary',
  asksForNote: false,
} as const;
const other = {
  token: 'c'.repeat(39),
  label: 'Request changes as em',
  style: 'danger',
  asksForNote: true,
} as const;
const carried = (capabilities: readonly Capability[], more: Partial<Carried> = {}): Carried => ({
  ...{ companyId: 'company_1' as CompanyId, channel: 'chat', url: 'http://127.0.0.1:4000' },
  ...{ capabilities: ['text', ...capabilities], thread: null, actions: [], to: null, ...more },
});
const rowOf = (said: Notice): OutboxRow => row(7, said);
const answer = notice('Or soup.', { title: 'Lunch' });
const gate = {
  ...asking('It needs em.'),
  title: 'Plan waits',
  path: '/gates/gate_1',
  fields: [{ name: 'Step', value: 'Plan' }],
};

it('quotes what is answered where there are no threads', () => {
  const thread = { id: 'first' };
  expect(composeMessage(rowOf(answer), carried([], { thread }))).toMatchObject({
    text: '> Lunch\nOr soup.',
    thread: null,
  });
  expect(composeMessage(rowOf(answer), carried(['thread'], { thread }))).toMatchObject({
    text: 'Or soup.',
    thread,
  });
  // What begins a thread answers nothing.
  expect(composeMessage(rowOf(answer), carried([])).text).toBe('Or soup.');
});

it('says what to answer, and where it is in the app, where there are no buttons', () => {
  const actions = [button, other];
  const typed = composeMessage(rowOf(gate), carried(['inbound', 'rich'], { actions }));
  expect(typed.actions).toEqual([]);
  expect(typed.text.split('\n').slice(1)).toEqual([
    `Approve as em: answer “approve ${button.token}”`,
    `Request changes as em: answer “changes ${other.token}” and say why`,
    'In the app: http://127.0.0.1:4000/gates/gate_1',
  ]);
  const only = composeMessage(rowOf(gate), carried(['rich'], { actions }));
  expect(only.text.split('\n').slice(1)).toEqual(['In the app: http://127.0.0.1:4000/gates/gate_1']);
  const able = composeMessage(rowOf(gate), carried(['actions', 'inbound', 'rich'], { actions }));
  expect(able).toMatchObject({ text: 'It needs em.', actions });
});

it('says fields in the text where there is only text, and cuts what no channel takes', () => {
  expect(composeMessage(rowOf(gate), carried([])).text).toContain('\nStep: Plan');
  expect(composeMessage(rowOf(gate), carried(['rich']))).toMatchObject({ fields: gate.fields });
  const long = composeMessage(rowOf(notice('x'.repeat(50_000))), carried([]));
  expect(long.text.length).toBeLessThan(40_000);
  expect(long.text.endsWith('…')).toBe(true);
});

it('gathers a digest under the key of its last message, and asks for nothing in it', () => {
  const rows = [row(7, notice('One.')), row(9, notice('Two.\nlines', { title: 'Title', authorName: 'Ada' }))];
  expect(composeDigest(rows, carried(['actions'], { actions: [button] }))).toMatchObject({
    ...{ key: 'company_1:9:chat:digest', title: '2 messages', actions: [], thread: null },
    text: '- STATUS: One.\n- STATUS Ada: Title: Two. lines',
  });
});
