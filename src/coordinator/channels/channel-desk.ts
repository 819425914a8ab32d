/** What clients ask of channels: checked, put on record, and led to the channels of the company. */
import type {
  ChannelCarrier,
  ChannelDesk,
  ChannelView,
  PluginView,
  SetChannel,
  StoredChannel,
} from '../../contract/channels.ts';
import type { SettingsProblem } from '../../contract/plugin/settings-schema.ts';
import { checkSettings, isSecret } from '../../contract/plugin/settings-schema.ts';
import { channelRulesSchema } from '../../core/channel/channel-rules.ts';
import { CoordError } from '../../core/error.ts';
import type { CompanyId, MemberId, Seq } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import { consentMissing, wantedBy } from './channel-consent.ts';
import type { CompanyChannels } from './company-channels.ts';
import type { EnvironmentSecrets } from './environment-secrets.ts';
import { problemWords, withoutKept, withReasons } from './missing-settings.ts';
import { createPluginDesk } from './plugin-desk.ts';

export interface DeskParts {
  readonly carrier: ChannelCarrier;
  /** Null: the company is not open (any more). */
  readonly of: (
    id: CompanyId,
  ) => { readonly channels: CompanyChannels; readonly coordinator: CompanyCoordinator } | null;
  /** Of every company that is open. */
  readonly all: () => readonly CompanyChannels[];
}

export function createChannelDesk({ carrier, of, all }: DeskParts): ChannelDesk {
  const at = (id: CompanyId) => {
    const found = of(id);
    if (found) return found;
    throw new CoordError('NOT_FOUND', `The company ${id} is not open on this host`, { companyId: id });
  };
  const record = (id: CompanyId, memberId: MemberId, context: string, reason: string) =>
    at(id).coordinator.execute(
      { kind: 'member', memberId },
      { type: 'decision.log', kind: 'channel', context, reason },
    );

  return {
    ...createPluginDesk({ carrier, all, record }),
    list: async (id, inFull) => {
      const views = await at(id).channels.list();
      return inFull ? views : views.map((view) => ({ ...view, settings: {}, secrets: [], log: [] }));
    },
    set: async (id, call, by) => {
      const { channels, coordinator } = at(id);
      await channels.list();
      const before = channels.get(call.name);
      const plugin = await requirePlugin(carrier, call, before);
      const head = await coordinator.read(({ seq }) => Math.floor(seq) as Seq);
      const environment = (kept: readonly string[]) =>
        channels.environmentOf({ name: call.name, secrets: kept, plugin });
      const { stored, secrets } = merged(call, before, plugin, head, environment);
      await requireValid(carrier, id, stored, { secrets, given: environment(stored.secrets).given });
      for (const [setting, value] of Object.entries(secrets))
        await carrier.keepSecret(id, call.name, setting, value);
      await channels.set(stored);
      const changed = Object.keys(call.settings ?? {});
      const what = changed.length > 0 ? `Settings: ${changed.join(', ')}.` : 'No setting was changed.';
      const agreed = call.consent === true ? ` Agreed to ${agreedTo(stored)}.` : '';
      const did = before ? 'Changed' : 'Set up';
      await record(
        id,
        by,
        `${did} the channel ${call.name}, carried by ${stored.plugin}`,
        `${what}${agreed}`,
      );
      return await viewOf(channels, call.name);
    },
    remove: async (id, name, by) => {
      const { channels } = at(id);
      await viewOf(channels, name);
      const stored = channels.get(name);
      if (!stored) throw new CoordError('BAD_INPUT', `The ${name} is there always and can’t be removed`);
      await channels.remove(name);
      for (const setting of stored.secrets) await carrier.keepSecret(id, name, setting, null);
      await record(id, by, `Removed the channel ${name}`, 'With all that waited for it.');
    },
    test: async (id, name) => {
      await viewOf(at(id).channels, name);
      await at(id).channels.test(name);
    },
    newCode: async (id, name, memberId, by) => {
      const { channels, coordinator } = at(id);
      await viewOf(channels, name);
      if (memberId === by) return channels.newCode(name, memberId);
      const invited = await coordinator.read((state) => invitedBy(state, by, memberId));
      const code = channels.newCode(name, memberId);
      await record(
        id,
        by,
        `Gave out a code by which ${invited} is linked in the channel ${name}`,
        'Whoever sends it there within a quarter of an hour is taken for them.',
      );
      return code;
    },
    unlink: async (id, name, personId, by) => {
      await viewOf(at(id).channels, name);
      at(id).channels.unlink(name, personId);
      await record(
        id,
        by,
        `${personId} in the channel ${name} is nobody here any more`,
        'The link was taken away.',
      );
    },
  };
}

/** @returns the member's name. @throws CoordError `FORBIDDEN`, `NOT_FOUND`, `BAD_INPUT` */
function invitedBy({ company, members }: CompanyState, by: MemberId, memberId: MemberId): string {
  if (company?.ownerId !== by) {
    throw new CoordError(
      'FORBIDDEN',
      'Only the owner may ask for a code for somebody else: ask for your own',
    );
  }
  const member = members.get(memberId);
  if (!member) throw new CoordError('NOT_FOUND', `There is no member ${memberId} to link`, { memberId });
  if (member.kind === 'human') return member.name;
  throw new CoordError(
    'BAD_INPUT',
    `${member.name} is an agent: only people are linked in channels. Agents work through their workers`,
    { memberId },
  );
}

async function viewOf(channels: CompanyChannels, name: string): Promise<ChannelView> {
  const view = (await channels.list()).find((one) => one.name === name);
  if (view) return view;
  throw new CoordError('NOT_FOUND', `There is no channel ${name}. There are: ${channels.names.join(', ')}`, {
    name,
  });
}

async function requirePlugin(
  carrier: ChannelCarrier,
  { name, plugin: wanted }: SetChannel,
  before: StoredChannel | null,
): Promise<PluginView> {
  if (before && wanted !== undefined && wanted !== before.plugin) {
    throw new CoordError(
      'BAD_INPUT',
      `The channel ${name} is carried by ${before.plugin}: make another one for ${wanted}`,
    );
  }
  const id = before?.plugin ?? wanted;
  if (id === undefined)
    throw new CoordError('BAD_INPUT', `Say which plugin is to carry the new channel ${name}`);
  const plugin = await carrier.manifest(id);
  if (plugin) return plugin;
  const { plugins } = await carrier.plugins();
  const known = plugins.map(({ manifest }) => manifest.id).join(', ');
  throw new CoordError('NOT_FOUND', `There is no plugin ${id}. There are: ${known}`, { plugin: id });
}

/** Secrets apart: they are never written where the rest is. */
function merged(
  call: SetChannel,
  before: StoredChannel | null,
  plugin: PluginView,
  head: Seq,
  environmentWith: (kept: readonly string[]) => EnvironmentSecrets,
): { readonly stored: StoredChannel; readonly secrets: Readonly<Record<string, string | null>> } {
  const { configSchema } = plugin.manifest;
  const isSecretOne = (setting: string) => isSecret(configSchema.properties[setting]);
  const given = Object.entries(call.settings ?? {});
  const plain = {
    ...before?.settings,
    ...Object.fromEntries(given.filter(([setting]) => !isSecretOne(setting))),
  };
  const secrets = Object.fromEntries(
    given.flatMap(([setting, value]) =>
      isSecretOne(setting) ? [[setting, value === null ? null : String(value)]] : [],
    ),
  );
  const kept = new Set(before?.secrets);
  for (const [setting, value] of Object.entries(secrets)) {
    if (value === null) kept.delete(setting);
    else kept.add(setting);
  }
  const environment = environmentWith([...kept]);
  const isThere = (setting: string) =>
    !Object.hasOwn(secrets, setting) && (kept.has(setting) || environment.given.includes(setting));
  const { settings, problems } = checkSettings(withoutKept(configSchema, isThere), { ...plain, ...secrets });
  refuseProblems(call.name, withReasons(problems, environment));
  const stored: StoredChannel = {
    name: call.name,
    plugin: plugin.manifest.id,
    enabled: call.enabled ?? before?.enabled ?? true,
    settings: Object.fromEntries(
      Object.entries(settings).flatMap(([setting, value]) =>
        isSecretOne(setting) ? [] : [[setting, typeof value === 'object' ? [...value] : value]],
      ),
    ),
    secrets: [...kept].sort(),
    rules: call.rules ?? before?.rules ?? channelRulesSchema.parse({}),
    consent: call.consent === true ? wantedBy(plugin) : (before?.consent ?? null),
    since: before?.since ?? head,
  };
  return { stored, secrets };
}

/** A plugin that can't be asked now says so when the channel is opened. */
async function requireValid(
  carrier: ChannelCarrier,
  id: CompanyId,
  stored: StoredChannel,
  {
    secrets,
    given,
  }: { readonly secrets: Readonly<Record<string, string | null>>; readonly given: readonly string[] },
): Promise<void> {
  const plugin = await carrier.manifest(stored.plugin);
  // Nothing of a plugin is run that wants more than was agreed to, not even to ask it.
  if (!stored.enabled || plugin === null || consentMissing(plugin, stored) !== null) return;
  const fresh = Object.fromEntries(
    Object.entries(secrets).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
  const problems = await carrier.validate(id, stored, given, fresh).catch((error: unknown) => {
    if (error instanceof CoordError && error.code === 'PLUGIN_FAILED') return [];
    throw error;
  });
  refuseProblems(stored.name, problems);
}

function refuseProblems(name: string, problems: readonly SettingsProblem[]): void {
  if (problems.length === 0) return;
  throw new CoordError(
    'BAD_INPUT',
    `The settings of the channel ${name} were refused: ${problemWords(problems)}`,
    {
      faults: problems.map(({ field, message }) => ({ field, message })),
    },
  );
}

function agreedTo({ consent }: StoredChannel): string {
  const hosts = consent?.hosts.length ? consent.hosts.join(', ') : 'no host';
  return `${hosts}; ${consent?.capabilities.join(', ') ?? ''}`;
}
