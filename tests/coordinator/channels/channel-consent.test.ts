/** A new version of a plugin that wants more than was agreed to asks again, and for that alone. */
import { expect, it } from 'vitest';
import { manifestSchema } from '../../../src/contract/plugin/manifest.ts';
import { consentMissing } from '../../../src/coordinator/channels/channel-consent.ts';

const plugin = (hosts: string[], capabilities: string[], isBuiltIn = false) => ({
  manifest: manifestSchema.parse({
    ...{ id: 'chat', version: '2.0.0', apiVersion: '^1.0.0', displayName: 'Chat', kind: 'channel' },
    ...{ hosts, capabilities },
  }),
  isBuiltIn,
});
const agreed = { consent: { hosts: ['chat.example'], capabilities: ['text', 'thread'] } };

it.each([
  [
    'another host',
    plugin(['chat.example', 'ads.example'], ['text']),
    { hosts: ['ads.example'], capabilities: [] },
  ],
  [
    'all hosts below one',
    plugin(['*.chat.example'], ['text']),
    { hosts: ['*.chat.example'], capabilities: [] },
  ],
  [
    'another port',
    plugin(['chat.example:8443'], ['text']),
    { hosts: ['chat.example:8443'], capabilities: [] },
  ],
  ['another capability', plugin([], ['text', 'inbound']), { hosts: [], capabilities: ['inbound'] }],
  [
    'one of ours that reaches a host',
    plugin(['x.example'], ['text'], true),
    { hosts: ['x.example'], capabilities: [] },
  ],
])('asks for %s', (_what, wants, missing) => {
  expect(consentMissing(wants, agreed)).toEqual(missing);
});

it.each([
  ['the same', plugin(['chat.example'], ['text', 'thread'])],
  ['less', plugin([], ['text'])],
])('asks for nothing when it wants %s', (_what, wants) => {
  expect(consentMissing(wants, agreed)).toBeNull();
});

it('asks for all of it the first time; ours that reach no host never ask', () => {
  expect(consentMissing(plugin(['chat.example'], ['text']), { consent: null })).toEqual({
    hosts: ['chat.example'],
    capabilities: ['text'],
  });
  expect(consentMissing(plugin([], ['text', 'terminal'], true), { consent: null })).toBeNull();
});
