/** What is said of a channel beside its process: why what waits does not go out now, on a real outbox. */
import { expect, it } from 'vitest';
import type { PluginView, StoredChannel } from '../../../src/contract/channels.ts';
import { manifestSchema } from '../../../src/contract/plugin/manifest.ts';
import type { LiveChannel, Moment } from '../../../src/coordinator/channels/channel-view.ts';
import { channelView } from '../../../src/coordinator/channels/channel-view.ts';
import type { ChannelRules } from '../../../src/core/channel/channel-rules.ts';
import { channelRulesSchema } from '../../../src/core/channel/channel-rules.ts';
import type { Seq } from '../../../src/core/ids.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import { notice, openStore, page, row } from './carried-outbox.ts';

const at = (time: string) => Date.parse(`2026-11-30T${time}:00Z`) as EpochMs;
const ready = { state: 'ready', reason: '' } as const;

function channel(rules: Partial<ChannelRules>): LiveChannel {
  const manifest = manifestSchema.parse({
    ...{ id: 'chat', version: '1.0.0', apiVersion: '^1.0.0', displayName: 'Chat', kind: 'channel' },
    capabilities: ['text'],
  });
  const plugin: PluginView = { manifest, isBuiltIn: true };
  const stored: StoredChannel = {
    ...{ name: 'chat', plugin: 'chat', enabled: true, settings: {}, secrets: [], consent: null },
    rules: { ...channelRulesSchema.parse({}), ...rules },
    since: 0 as Seq,
  };
  const never = () => Promise.reject(new Error('it is only looked at'));
  const line = { condition: ready, log: [], ready: never, send: never, edit: never, stop: never };
  return { stored, plugin, missing: [], line, delivery: null };
}

const berlin = { from: '22:00', to: '07:00', zone: 'Europe/Berlin' };
const hourly = { upTo: 'NORMAL', everyMinutes: 60 } as const;

it.each<[string, Partial<ChannelRules>, Partial<Moment>, string]>([
  [
    'in quiet hours',
    { quiet: berlin },
    { now: at('22:30') },
    'it is quiet until 07:00 (Europe/Berlin): only what is URGENT is sent before',
  ],
  ['outside of them', { quiet: berlin }, { now: at('12:00') }, ''],
  [
    'while it gathers',
    { digest: hourly },
    { now: at('12:10') },
    'it gathers messages: the next are sent at 13:00 UTC',
  ],
  ['when what was gathered is due', { digest: hourly }, { now: at('13:00') }, ''],
  [
    'without a host',
    {},
    { now: at('12:10'), carries: false },
    'no host runs that carries it: start agentcoord serve',
  ],
])('says %s why what waits is not sent', async (_when, rules, moment, reason) => {
  const store = await openStore();
  store.fold(page([row(1, notice('a'), { due: at('13:00'), inDigest: true })], 1));
  const view = channelView(channel(rules), store, { carries: true, now: at('12:00'), ...moment });
  expect(view).toMatchObject({ reason, outbox: 1, state: moment.carries === false ? 'configured' : 'ready' });
});
