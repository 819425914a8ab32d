/** The manifest that people paste into Slack, in docs/slack.md, asks for what the channel uses, and no more. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { neededScopes } from '../../../plugins/slack/scopes.ts';
import { pluginGuide } from '../../../src/serve/installation.ts';

it('has the scopes, events and switches that the channel counts on', async () => {
  const guide = await readFile(join(pluginGuide, '..', 'slack.md'), 'utf8');
  const manifest = JSON.parse(/```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? '');
  expect(manifest.oauth_config.scopes.bot).toEqual(neededScopes);
  expect(manifest.settings).toMatchObject({
    event_subscriptions: { bot_events: ['app_mention', 'message.channels', 'message.groups', 'message.im'] },
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
    token_rotation_enabled: false,
  });
  expect(manifest.features.app_home.messages_tab_enabled).toBe(true);
  expect(manifest.features.slash_commands).toMatchObject([{ command: '/agentcoord' }]);
  for (const scope of neededScopes) expect(guide.split(`\`${scope}\``).length).toBeGreaterThan(1);
});
