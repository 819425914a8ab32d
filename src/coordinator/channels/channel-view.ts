/** A channel as people see it: how it is, why, and what waits for it. */
import type {
  ChannelLine,
  ChannelStore,
  ChannelView,
  PluginView,
  StoredChannel,
} from '../../contract/channels.ts';
import type { SettingsProblem } from '../../contract/plugin/settings-schema.ts';
import type { ChannelRules } from '../../core/channel/channel-rules.ts';
import { afterQuiet, channelRulesSchema } from '../../core/channel/channel-rules.ts';
import { dashboardChannel } from '../../core/org/channel-file.ts';
import type { EpochMs } from '../../core/units.ts';
import { consentMissing } from './channel-consent.ts';
import type { Delivery } from './delivery.ts';
import { problemWords } from './missing-settings.ts';

export interface LiveChannel {
  readonly stored: StoredChannel;
  /** Null: there is no such plugin (any more). */
  readonly plugin: PluginView | null;
  /** What it lacks of its settings: it is not opened before it has that. */
  readonly missing: readonly SettingsProblem[];
  readonly line: ChannelLine | null;
  readonly delivery: Delivery | null;
}

/** Whether nothing is left to be said by a person before it may be opened. */
export function mayOpen({ stored, plugin, missing }: LiveChannel): boolean {
  return plugin !== null && stored.enabled && consentMissing(plugin, stored) === null && missing.length === 0;
}

export interface Moment {
  /** Some host is there that carries it; else this one only looks. */
  readonly carries: boolean;
  readonly now: EpochMs;
}

export function channelView(
  channel: LiveChannel,
  store: Pick<ChannelStore, 'depth' | 'nextDue' | 'linked'>,
  moment: Moment,
): ChannelView {
  const { stored, plugin, line, delivery } = channel;
  const { waiting, since, setAside } = store.depth(stored.name);
  return {
    ...conditionOf(channel, moment, store.nextDue(stored.name)),
    name: stored.name,
    plugin: stored.plugin,
    displayName: plugin?.manifest.displayName ?? stored.plugin,
    capabilities: plugin?.manifest.capabilities ?? [],
    enabled: stored.enabled,
    settings: stored.settings,
    secrets: stored.secrets,
    rules: stored.rules,
    outbox: waiting,
    waitingSince: since,
    setAside,
    lastSentAt: delivery?.lastSentAt ?? null,
    linked: store.linked(stored.name),
    log: line?.log ?? [],
    asksFor: plugin && consentMissing(plugin, stored),
  };
}

function conditionOf(
  { stored, plugin, missing, line, delivery }: LiveChannel,
  { carries, now }: Moment,
  due: EpochMs | null,
): Pick<ChannelView, 'state' | 'reason'> {
  if (!plugin) return { state: 'failed', reason: `there is no plugin ${stored.plugin}: install it` };
  if (!stored.enabled) return { state: 'disabled', reason: 'it is switched off' };
  const asks = consentMissing(plugin, stored) ? ['somebody must agree to what its plugin asks for'] : [];
  const lacks = missing.length > 0 ? [`it lacks settings: ${problemWords(missing)}`] : [];
  if (asks.length + lacks.length > 0) return { state: 'installed', reason: [...asks, ...lacks].join('; ') };
  if (!carries)
    return { state: 'configured', reason: 'no host runs that carries it: start agentcoord serve' };
  const condition = line?.condition ?? { state: 'configured', reason: '' };
  if (condition.state !== 'ready') return condition;
  // Its process is well; what it talks to is not.
  if (delivery?.trouble) return { state: 'degraded', reason: `it tries again: ${delivery.trouble}` };
  return { ...condition, reason: condition.reason || heldBack(stored.rules, now, due) };
}

/** Why what waits does not go out now; empty: nothing is held back. */
function heldBack({ quiet, digest }: ChannelRules, now: EpochMs, due: EpochMs | null): string {
  if (quiet !== null && afterQuiet(quiet, now) !== now)
    return `it is quiet until ${quiet.to} (${quiet.zone}): only what is URGENT is sent before`;
  if (digest === null || due === null || due <= now) return '';
  return `it gathers messages: the next are sent at ${new Date(due).toISOString().slice(11, 16)} UTC`;
}

export const dashboardView: ChannelView = {
  state: 'ready',
  reason: '',
  name: dashboardChannel,
  plugin: null,
  displayName: 'Dashboard',
  capabilities: ['text', 'thread', 'rich', 'actions', 'dm', 'inbound'],
  enabled: true,
  settings: {},
  secrets: [],
  rules: channelRulesSchema.parse({}),
  outbox: 0,
  waitingSince: null,
  setAside: 0,
  lastSentAt: null,
  linked: [],
  log: [],
  asksFor: null,
};
