/** The channels of every company that is open on a host, or is opened later. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { ChannelDesk } from '../../contract/channels.ts';
import { createChannelDesk } from '../../coordinator/channels/channel-desk.ts';
import { CompanyChannels } from '../../coordinator/channels/company-channels.ts';
import type { Companies } from '../../coordinator/companies.ts';
import type { OpenCompany } from '../../coordinator/open-company.ts';
import { realWorld } from '../../coordinator/world.ts';
import type { CompanyId } from '../../core/ids.ts';
import { openSqliteChannelStore } from '../../log/sqlite/channels/sqlite-channel-store.ts';
import type { PluginPlaces } from '../../plugin-host/find-plugins.ts';
import type { HostTerminal } from '../../plugin-host/plugin-process.ts';
import { pluginProgram, pluginsFolder, sqliteOptions } from '../installation.ts';
import { systemKeychain } from '../keychain.ts';
import { privateDocument } from '../private-document.ts';
import { channelDocument } from './channel-document.ts';
import type { CarrierParts } from './plugin-carrier.ts';
import { createPluginCarrier } from './plugin-carrier.ts';

export interface HostChannelsOptions {
  readonly dataDir: string;
  readonly companies: Companies;
  /** It listens: so it carries messages. One that was opened for a single command only looks. */
  readonly carries: boolean;
  readonly url: () => string | null;
  readonly onFault: (error: unknown) => void;
  /** What tests set otherwise. */
  readonly carrier?: Partial<
    Pick<CarrierParts, 'limits' | 'breaker' | 'places' | 'keychain' | 'env' | 'terminal'>
  >;
}

export interface HostChannels {
  readonly desk: ChannelDesk;
  close(): Promise<void>;
}

const keychain = systemKeychain(
  'give the host the secret in its environment, as AGENTCOORD_CHANNEL_<CHANNEL>_<SETTING>',
);

/** Where the plugins of a person lie. */
export const ownPluginsFolder = (dataDir: string): string => join(dataDir, 'plugins');

export const pluginPlaces = (dataDir: string): PluginPlaces => ({
  builtIn: pluginsFolder,
  own: ownPluginsFolder(dataDir),
});

export async function openHostChannels(options: HostChannelsOptions): Promise<HostChannels> {
  const { dataDir, companies, carries, url, onFault } = options;
  const open = new Map<CompanyId, { readonly channels: CompanyChannels; readonly company: OpenCompany }>();
  const carrier = createPluginCarrier({
    places: pluginPlaces(dataDir),
    program: pluginProgram,
    keychain,
    env: process.env,
    key: await signingKey(dataDir),
    url,
    now: realWorld.now,
    folderOf: (id) => open.get(id)?.company.folder ?? join(dataDir, 'companies', id),
    terminal: ourTerminal(),
    ...options.carrier,
  });
  const stopListening = companies.onOpen((company) => {
    const { id, folder, coordinator } = company;
    const document = channelDocument(dataDir, folder);
    const openStore = () => openSqliteChannelStore(join(folder, 'channels.sqlite'), sqliteOptions);
    const channels = new CompanyChannels({
      companyId: id,
      coordinator,
      openStore,
      document,
      carrier,
      carries,
      onFault,
    });
    open.set(id, { channels, company });
  });
  return {
    desk: createChannelDesk({
      carrier,
      of: (id) => {
        const found = open.get(id);
        return found ? { channels: found.channels, coordinator: found.company.coordinator } : null;
      },
      all: () => [...open.values()].map(({ channels }) => channels),
    }),
    close: async () => {
      stopListening();
      await Promise.all([...open.values()].map(({ channels }) => channels.close()));
    },
  };
}

/** Whoever had it could make buttons that sign. */
async function signingKey(dataDir: string): Promise<Uint8Array> {
  const schema = z.strictObject({ key: z.string().regex(/^[0-9a-f]{64}$/) });
  const document = privateDocument(dataDir, join(dataDir, 'channel-key.json'), schema);
  const known = await document.read();
  if (known) return Buffer.from(known.key, 'hex');
  const key = randomBytes(32);
  await document.write({ key: key.toString('hex') });
  return key;
}

function ourTerminal(): HostTerminal {
  // What is not a terminal may be a file of answers, to be read by programs.
  const [fd, stream] = process.stdout.isTTY ? [1, process.stdout] : [2, process.stderr];
  const { env } = process;
  const isInteractive = stream.isTTY === true;
  const hasColor = isInteractive && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return { fd, isInteractive, hasColor, columns: (isInteractive && stream.columns) || 80 };
}
