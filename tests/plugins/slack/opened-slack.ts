/** The Slack channel in this process, on a workspace of this machine; both end with the test. */
import { onTestFinished } from 'vitest';
import slack from '../../../plugins/slack/index.ts';
import type { FakeHost, FakeHostOptions } from '../../../src/contract/plugin/fake-host.ts';
import { openFakeHost } from '../../../src/contract/plugin/fake-host.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { SlackWorkspace } from './slack-workspace.ts';

export interface OpenedSlack {
  readonly workspace: SlackWorkspace;
  readonly host: FakeHost;
  /** Ends the channel, and opens it anew as after a restart of its process. */
  reopen(): Promise<FakeHost>;
}

export async function openSlack(options: Pick<FakeHostOptions, 'answer'> = {}): Promise<OpenedSlack> {
  const workspace = await SlackWorkspace.open();
  onTestFinished(() => workspace.close());
  const folder = await temporaryFolder();
  const open = () => openFakeHost(slack, { settings: workspace.settings, folder, ...options });
  let host = await open();
  onTestFinished(() => host.close());
  return {
    workspace,
    host,
    reopen: async () => {
      await host.close();
      host = await open();
      return host;
    },
  };
}
