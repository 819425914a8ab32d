/** Reads from the command line how a channel is to be, and asks for secrets where nobody sees them. */
import type { Command } from 'commander';
import type { z } from 'zod';
import type { PluginView, setChannelSchema } from '../../contract/channels.ts';
import type { Setting } from '../../contract/plugin/settings-schema.ts';
import { CoordError } from '../../core/error.ts';
import { askSecrets } from '../ask-secret.ts';
import { calledAs } from '../called-as.ts';
import { withCompany } from '../company-session.ts';
import { channelDocument } from '../documents/channel-document.ts';
import { readNames } from '../documents/names.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { channelTable } from './list-channels.ts';
import type { RuleOptions } from './read-rules.ts';
import { readRules } from './read-rules.ts';

export interface SetOptions extends RuleOptions {
  readonly plugin?: string;
  readonly set: readonly string[];
  readonly unset: readonly string[];
  readonly secret: readonly string[];
  readonly consent?: boolean;
  readonly enable?: boolean;
  readonly disable?: boolean;
}

type Values = NonNullable<z.input<typeof setChannelSchema>['settings']>;

export async function setChannel(name: string, options: SetOptions, command: Command): Promise<void> {
  const global = globalOptions(command);
  const output = openOutput(global.json);
  await withCompany(global, async ({ coordination }) => {
    const [channels, { plugins }] = await Promise.all([coordination.channels(), coordination.plugins()]);
    const before = channels.find((one) => one.name === name);
    const id = options.plugin ?? before?.plugin;
    const settings = await settingsIn(
      options,
      plugins.find(({ manifest }) => manifest.id === id),
    );
    const rules = readRules(options, before?.rules);
    const view = await coordination.setChannel({
      name,
      settings,
      ...(options.plugin !== undefined && { plugin: options.plugin }),
      ...(rules && { rules }),
      ...(options.consent && { consent: true }),
      ...((options.enable || options.disable) && { enabled: options.disable !== true }),
    });
    const channel = channelDocument(view, await readNames(coordination));
    output.answer({ channel }, () => channelTable([channel], output));
    if (view.asksFor) {
      const [hosts, can] = [view.asksFor.hosts.join(', '), view.asksFor.capabilities.join(', ')];
      output.note(
        `Its plugin asks for ${[hosts && `these hosts: ${hosts}`, can && `these abilities: ${can}`].filter(Boolean).join('; and for ')}.`,
      );
      output.note(`If you agree: ${calledAs()} channels set ${name} --consent`);
    }
  });
}

async function settingsIn(
  { set, unset, secret }: SetOptions,
  plugin: PluginView | undefined,
): Promise<Values> {
  const values: Values = {};
  for (const setting of unset) values[setting] = null;
  for (const said of set) {
    const [, setting, text] = /^([^=]+)=(.*)$/s.exec(said) ?? [];
    if (setting === undefined || text === undefined)
      throw bad(`--set ${said}`, 'write a setting as name=value');
    const known = plugin?.manifest.configSchema.properties[setting];
    if (known?.type === 'string' && known.format === 'secret') {
      // The list of processes and the history of the shell show it.
      throw bad(`--set ${setting}`, `it is a secret: use --secret ${setting}, which asks for it`);
    }
    values[setting] = valueIn(text, known);
  }
  if (secret.length > 0) {
    const given = await askSecrets(secret.map((setting) => `${setting}: `));
    for (const [n, setting] of secret.entries()) values[setting] = given[n] ?? '';
  }
  return values;
}

function valueIn(text: string, setting: Setting | undefined): Values[string] {
  switch (setting?.type) {
    case 'number':
    case 'integer':
      return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'array':
      return text === '' ? [] : text.split(',').map((part) => part.trim());
    default:
      return text;
  }
}

const bad = (what: string, why: string): CoordError =>
  new CoordError('BAD_INPUT', `${what} was refused: ${why}`);
