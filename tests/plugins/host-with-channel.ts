/** A host in a process of its own with one channel of ours, whose plugin runs as it is shipped: what tests of sign-offs from there ask of it. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ChannelView } from '../../src/contract/channels.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { GateId } from '../../src/core/ids.ts';
import type { ClientConnection } from '../../src/rpc/client.ts';
import { connectClient } from '../../src/rpc/client.ts';
import { openSocketChannel } from '../../src/rpc/socket-channel.ts';
import { readHostFile } from '../../src/serve/host-file.ts';
import { serveWith } from '../cli/serving-host.ts';
import { smallCompany } from '../real-company.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface ChannelOfHost {
  readonly plugin: string;
  readonly settings: Readonly<Record<string, string>>;
  /** By the names that the environment of a host has for them: `AGENTCOORD_CHANNEL_CHAT_TOKEN`. */
  readonly secrets: Readonly<Record<string, string>>;
}

export interface HostWithChannel {
  /** The owner's session. */
  readonly owner: ClientConnection;
  readonly dataDir: string;
  channel(): Promise<ChannelView>;
  /** A code by which an account there becomes the owner's. */
  linkCode(): Promise<string>;
  /** Asks for a sign-off of the owner's. */
  askForApproval(title: string): Promise<GateId>;
  /** What was refused, each in one text. */
  refusals(): Promise<readonly string[]>;
}

/** The channel is called `chat`. It ends with the test. */
export async function openHostWithChannel(channel: ChannelOfHost): Promise<HostWithChannel> {
  const dataDir = join(await temporaryFolder(), 'data');
  const host = await serveWith(channel.secrets, dataDir, '--workers', '0', '--no-http');
  onTestFinished(async () => {
    await host.end();
  });
  const file = await readHostFile(dataDir);
  if (!file) throw new Error('the host has left no word of itself');
  const owner = connectClient(await openSocketChannel(file.socket));
  onTestFinished(() => owner.close());
  await owner.hello({ version: rpcVersion, token: file.token, company: null, client: 'test' });
  await owner.createCompany({ from: { file: smallCompany() } });
  const { plugin, settings } = channel;
  await owner.setChannel({ name: 'chat', plugin, settings, consent: true });
  return {
    owner,
    dataDir,
    channel: async () => {
      const found = (await owner.channels()).find(({ name }) => name === 'chat');
      if (!found) throw new Error('there is no channel chat');
      return found;
    },
    linkCode: async () => (await owner.linkChannel({ name: 'chat' })).code,
    askForApproval: async (title) => {
      const { events } = await owner.command({
        ...{ type: 'approval.request', title, context: `May ${title} go on?`, roles: { em: 1 } },
        selfApproval: 'allowed',
      });
      for (const { event } of events) if (event.type === 'gate.asked') return event.gateId;
      throw new Error('no gate was asked');
    },
    refusals: async () => {
      const { entries } = await owner.query('audit', { types: ['command.refused'], limit: 100 });
      return entries.map((entry) => JSON.stringify(entry));
    },
  };
}
